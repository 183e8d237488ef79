/// A variable of a function: argument, local or static parameter.
final class Variable {
    let name: String
    unowned let owner: FunctionIR
    let isArgument: Bool
    /// Place among the function's static parameters; −1 for other variables.
    var staticIndex = -1
    /// Depth of loops around the declaration: a variable assigned deeper is assigned many times.
    let loopDepth: Int
    var assignments = 0
    var isCaptured = false
    /// Captured where it may still change, so that function and closure share a box.
    var changesAfterCapture = false
    var register = -1
    /// Set for a local function: all its methods share one closure.
    var closure: ClosureIR?

    init(_ name: String, owner: FunctionIR, isArgument: Bool = false, loopDepth: Int = 0) {
        self.name = name
        self.owner = owner
        self.isArgument = isArgument
        self.loopDepth = loopDepth
    }

    var needsBox: Bool {
        guard isCaptured, staticIndex < 0 else { return false }
        if closure != nil { return changesAfterCapture || assignments > 1 }
        return changesAfterCapture || assignments > (isArgument ? 0 : 1)
    }
}

/// A lowered function.
final class FunctionIR {
    let name: String
    let parent: FunctionIR?
    /// Argument 0 is the callee itself.
    var parameters: [Variable] = []
    var isVararg = false
    var staticParameters: [Variable] = []
    var variables: [Variable] = []
    /// Variables of enclosing functions that this one reads from its closure object, in order of its fields.
    var closure: ClosureIR?
    var body: IR = .block([])
    var location: SourceLocation

    init(name: String, parent: FunctionIR?, location: SourceLocation) {
        self.name = name
        self.parent = parent
        self.location = location
    }
}

/// A closure expression: its methods and what they capture.
final class ClosureIR {
    let name: String
    var captures: [Variable] = []
    var methods: [ClosureMethod] = []
    /// The variable that names a local function; reading it inside the function gives the closure itself.
    var selfVariable: Variable?
    /// Type made when the code was generated.
    var typeIndex = -1

    init(name: String) {
        self.name = name
    }

    func captureIndex(_ variable: Variable) -> Int {
        if let known = captures.firstIndex(where: { $0 === variable }) { return known }
        captures.append(variable)
        return captures.count - 1
    }
}

/// One method of a closure: its code and, unless every argument is `Any`, how to make its signature.
struct ClosureMethod {
    var function: FunctionIR
    var isKeyword: Bool
    /// Evaluates to (tuple of types, tuple of variables); nil when untyped.
    var signature: IR?
}

/// `try`: the parts that are there.
final class TryIR {
    var body: IR
    var handler: IR?
    var variable: Variable?
    var elseBody: IR?
    var finally: IR?

    init(body: IR, handler: IR?, variable: Variable?, elseBody: IR?, finally: IR?) {
        self.body = body
        self.handler = handler
        self.variable = variable
        self.elseBody = elseBody
        self.finally = finally
    }
}

/// What lowering gives to the code generator: Julia without sugar, names resolved.
indirect enum IR {
    case constant(Value)
    case local(Variable)
    case global(Int)
    case assign(Variable, IR)
    case assignGlobal(Int, IR)
    /// A fresh, undefined variable at this point.
    case declare(Variable)
    case call(IR, [IR])
    case splatCall(IR, [(value: IR, isSplat: Bool)])
    /// Callee, named tuple of keywords, positional arguments.
    case keywordCall(IR, IR, [(value: IR, isSplat: Bool)])
    case builtin(Int, [IR])
    /// An instruction for two operands with a call of the generic function behind it.
    case operation(Opcode, IR, IR)
    case getField(IR, Int)
    case setField(IR, Int, IR)
    case index(IR, [IR])
    case setIndex(IR, [IR], IR)
    case new(IR, [IR])
    case tuple([IR])
    case block([IR])
    case conditional(IR, IR, IR)
    case whileLoop(label: Int, condition: IR, body: IR)
    /// Runs `body` with `value` as each element; a range is given as its two ends.
    case forLoop(label: Int, value: Variable, collection: IR, rangeEnd: IR?, body: IR)
    case leave(label: Int)
    case next(label: Int)
    case giveBack(IR)
    case attempt(TryIR)
    case closure(ClosureIR)
    /// Defines a method of a global function or type: callee, signature, template, keyword flag.
    case method(callee: IR, signature: IR, template: Int, isKeyword: Bool)
    case located(SourceLocation, IR)
}
