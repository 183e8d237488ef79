/// One instruction.
struct Instruction {
    var operation: Opcode
    var a: UInt16 = 0
    var b: UInt16 = 0
    var c: UInt16 = 0
    var immediate: Int32 = 0
    var cost0: UInt16 = 0
    var cost1: UInt16 = 0
}

/// Memory of the last dispatch at a call.
struct CallCache {
    /// Tags of callee and arguments.
    var tags: UnsafeMutablePointer<UInt64>?
    var invocation: UnsafeMutablePointer<Invocation>?
    var epoch: UInt64 = 0
}

/// Memory of the last field access.
struct FieldCache {
    var tag: UInt64 = 0
    var index = 0
}

/// Runnable code of one function.
struct Code {
    var instructions: UnsafeMutablePointer<Instruction>
    var count: Int
    var constants: UnsafeMutablePointer<Value>
    var constantCount: Int
    var calls: UnsafeMutablePointer<CallCache>
    var callCount: Int
    var fields: UnsafeMutablePointer<FieldCache>
    var locations: UnsafeMutablePointer<SourceLocation>
    var registers: Int
    var argumentCount: Int
    var entryCost: UInt16
    var isVararg: Bool
    var name: Int
    var file: Int
}

/// A method chosen for argument types: its code and the values of its static parameters.
struct Invocation {
    var code: UnsafeMutablePointer<Code>?
    var statics: UnsafeMutablePointer<Value>?
    var template: Int
    var argumentCount: Int
    var isVararg: Bool
}
