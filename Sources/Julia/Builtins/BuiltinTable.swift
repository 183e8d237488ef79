/// A function written in Swift: the machine, its arguments and their number. The prelude calls it by its `__` name.
typealias Native = @Sendable (Machine, UnsafeMutablePointer<Value>, Int) throws(Unwind) -> Value

/// One native function.
struct Builtin: Sendable {
    let name: String
    let function: Native

    init(_ name: String, _ function: @escaping Native) {
        self.name = name
        self.function = function
    }
}

/// All native functions, numbered in a fixed order.
struct BuiltinTable: Sendable {
    let list: [Builtin]
    let indices: [String: Int]

    static let standard = BuiltinTable(
        typeFunctions + declarationFunctions + coreFunctions + arrayFunctions + arrayEdits + stringFunctions
            + textFunctions + numberFunctions + floatFunctions + hashFunctions
            + regexFunctions + rangeFunctions)

    init(_ list: [Builtin]) {
        self.list = list
        indices = Dictionary(list.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension Machine {
    /// An argument that must be an `Int64`.
    @inline(__always)
    func int(_ value: Value) throws(Unwind) -> Int {
        guard value.isInt else { throw typeError("intrinsic", expected: Core.int64, got: value) }
        return value.int
    }

    func string(_ value: Value) throws(Unwind) -> ObjectPointer {
        guard value.isString else { throw typeError("intrinsic", expected: Core.string, got: value) }
        return value.object
    }

    @inline(__always)
    func array(_ value: Value) throws(Unwind) -> ArrayPointer {
        guard value.isHeap, value.object.pointee.kind == .array else {
            throw typeError("intrinsic", expected: types.names[types.array].wrapper, got: value)
        }
        return value.object.array
    }

    func typeOperand(_ value: Value) throws(Unwind) -> TypeID {
        guard value.isType else {
            throw typeError("intrinsic", expected: types.names[types.typeOfTypes].wrapper, got: value)
        }
        return TypeID(value.bits)
    }

    func text(_ value: Value) throws(Unwind) -> String {
        let object = try string(value)
        return String(decoding: UnsafeBufferPointer(start: object.bytes, count: object.pointee.count), as: UTF8.self)
    }

    func bytes(_ value: Value) throws(Unwind) -> UnsafeBufferPointer<UInt8> {
        let object = try string(value)
        return UnsafeBufferPointer(start: object.bytes, count: object.pointee.count)
    }
}
