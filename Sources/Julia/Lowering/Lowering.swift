/// Turns expressions into `IR`: expands macros, removes sugar, resolves names.
final class Lowering {
    let machine: Machine
    let module: Int
    let file: Int
    var scope: LoweringScope
    var location: SourceLocation
    /// Labels that `break` and `continue` mean, innermost loop last.
    var loops: [(leave: Int, next: Int)] = []
    /// Receiver of `end` and `begin` inside brackets: its name, the dimension (nil for the only index).
    var indexed: [(array: Expression, dimension: Int?)] = []
    /// Inside a struct's inner constructor.
    var isConstructor = false
    var constructorName = ""
    /// Variables that hold the declared type of a variable.
    var declaredTypes: [ObjectIdentifier: Variable] = [:]
    /// Declared return types by function.
    var returnTypes: [ObjectIdentifier: Expression] = [:]
    private(set) var depth = 0

    static let depthMax = 400

    init(machine: Machine, module: Int, file: Int, function: FunctionIR, isTop: Bool) {
        self.machine = machine
        self.module = module
        self.file = file
        scope = LoweringScope(parent: nil, function: function, isTop: isTop)
        location = function.location
    }

    /// Lowers one expression at the top level of a module into a function without arguments.
    static func topLevel(
        _ expression: Expression, machine: Machine, module: Int, file: Int, location: SourceLocation
    ) throws(LoweringError) -> FunctionIR {
        let function = FunctionIR(name: "top-level scope", parent: nil, location: location)
        let lowering = Lowering(machine: machine, module: module, file: file, function: function, isTop: true)
        function.parameters = [lowering.declare("#self#", isArgument: true)]
        function.body = .giveBack(try lowering.lower(expression))
        return function
    }

    /// Lowers a method of a global function.
    static func method(
        _ source: LambdaSource, machine: Machine, module: Int, file: Int
    ) throws(LoweringError) -> FunctionIR {
        let function = FunctionIR(name: source.name, parent: nil, location: source.location)
        let lowering = Lowering(machine: machine, module: module, file: file, function: function, isTop: false)
        try lowering.lowerBody(source, into: function)
        return function
    }

    func unsupported(_ what: String) -> LoweringError {
        LoweringError(kind: .unsupported, message: what, location: location)
    }

    func syntax(_ message: String) -> LoweringError {
        LoweringError(kind: .syntax, message: message, location: location)
    }

    @discardableResult
    func declare(_ name: String, isArgument: Bool = false) -> Variable {
        let variable = Variable(name, owner: scope.function, isArgument: isArgument, loopDepth: scope.loopDepth)
        scope.names[name] = variable
        scope.function.variables.append(variable)
        return variable
    }

    /// A variable that no program can name.
    func temporary(_ name: String) -> Variable {
        let variable = Variable("#" + name, owner: scope.function, loopDepth: scope.loopDepth)
        scope.function.variables.append(variable)
        return variable
    }

    func assign(_ variable: Variable, _ value: IR) -> IR {
        noteAssignment(variable)
        return .assign(variable, value)
    }

    func noteAssignment(_ variable: Variable) {
        variable.assignments += 1
        if variable.isCaptured || scope.function !== variable.owner || scope.loopDepth != variable.loopDepth {
            variable.changesAfterCapture = true
        }
    }

    /// Notes that the current function reads a variable of an enclosing one.
    func noteUse(_ variable: Variable) {
        var function: FunctionIR? = scope.function
        guard variable.owner !== function else { return }
        while let current = function, current !== variable.owner {
            if let closure = current.closure {
                if closure.selfVariable === variable { return }
                _ = closure.captureIndex(variable)
            }
            function = current.parent
        }
        if variable.assignments == 0 && !variable.isArgument && variable.staticIndex < 0 {
            variable.changesAfterCapture = true
        }
        variable.isCaptured = true
    }

    /// Runs `body` in a new scope of the same function.
    func inScope<T>(
        loop: Bool = false, _ body: () throws(LoweringError) -> T
    ) throws(LoweringError) -> T {
        let outer = scope
        scope = LoweringScope(parent: outer, function: outer.function, loopDepth: outer.loopDepth + (loop ? 1 : 0))
        defer { scope = outer }
        return try body()
    }

    func lower(_ expression: Expression) throws(LoweringError) -> IR {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.depthMax else { throw unsupported("expression nested deeper than \(Self.depthMax)") }
        switch expression {
        case .symbol(let name): return try lowerName(name)
        case .literal(let literal): return .constant(machine.literal(literal))
        case .line(let place):
            location = place
            return .constant(.nothing)
        case .quoted(let inner): return try lowerQuoted(inner)
        case .node(let node):
            if node.location != .unknown { location = node.location }
            let place = location
            let result = try lowerNode(node)
            return .located(place, result)
        }
    }

    func lowerQuoted(_ inner: Expression) throws(LoweringError) -> IR {
        switch inner {
        case .symbol(let name): return .constant(machine.symbols.value(name))
        case .literal, .quoted: return try lower(inner)
        default: throw unsupported("quoted expressions (only symbols can be quoted)")
        }
    }

    func lowerName(_ name: String) throws(LoweringError) -> IR {
        if let variable = scope.find(name) {
            noteUse(variable)
            return .local(variable)
        }
        switch name {
        case "true": return .constant(.true)
        case "false": return .constant(.false)
        case "nothing" where module == 0 || machine.resolvesToBase(name, module): return .constant(.nothing)
        case "end", "begin": return try lowerIndexEnd(name)
        default: return .global(machine.resolve(name, in: module))
        }
    }

    private func lowerIndexEnd(_ name: String) throws(LoweringError) -> IR {
        guard let (array, dimension) = indexed.last else { throw syntax("\"\(name)\" outside of an index") }
        let function = name == "end" ? "lastindex" : "firstindex"
        let extra: [Expression] = dimension.map { [.int($0)] } ?? []
        let callee = IR.global(machine.resolve(function, in: 0))
        var arguments = [try lower(array)]
        for expression in extra { arguments.append(try lower(expression)) }
        return .call(callee, arguments)
    }

    func lowerAll(_ list: some Sequence<Expression>) throws(LoweringError) -> [IR] {
        var result: [IR] = []
        for expression in list { result.append(try lower(expression)) }
        return result
    }

    func base(_ name: String) -> IR { .global(machine.resolve(name, in: 0)) }
}
