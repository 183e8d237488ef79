extension Lowering {
    typealias Argument = (value: IR, isSplat: Bool)

    /// Natives that expansions in a program's own code call, with the arguments each needs.
    private static let openNatives = [
        "__kwhas": 2, "__kwget": 2, "__kwcheck": 2, "__sprintf": 1, "__printf": 1, "__enum": 3, "__enum_value": 2,
    ]

    func lowerCall(_ node: Expression.Node) throws(LoweringError) -> IR {
        guard let callee = node.arguments.first else { throw syntax("empty call") }
        var positional: [Expression] = []
        var keywords: [Expression] = []
        for argument in node.arguments.dropFirst() {
            if let parameters = argument.node("parameters") {
                keywords += parameters.arguments
            } else if argument.head == "kw" {
                keywords.append(argument)
            } else {
                positional.append(argument)
            }
        }
        if let name = callee.symbolName {
            if name.hasPrefix("."), name.count > 1, name != "...", name != "..", scope.find(name) == nil {
                return try lowerBroadcast(.node(node))
            }
            if keywords.isEmpty, let product = try lowerAdjoints(name, positional) { return product }
            if keywords.isEmpty, let special = try lowerNamedCall(name, positional) { return special }
        }
        if isConstructor, let curly = callee.node("curly"), curly.arguments.first == .symbol("new") {
            return try lowerNew(try lowerCurly(curly.arguments), positional)
        }
        let function = try lower(callee)
        let arguments = try lowerArguments(positional)
        if !keywords.isEmpty { return .keywordCall(function, try lowerKeywords(keywords), arguments) }
        if arguments.contains(where: { $0.isSplat }) { return .splatCall(function, arguments) }
        return .call(function, arguments.map { $0.value })
    }

    private func lowerArguments(_ list: [Expression]) throws(LoweringError) -> [Argument] {
        var result: [Argument] = []
        for argument in list {
            if let splat = argument.node("...") {
                result.append((try lowerSplat(splat.arguments[0]), true))
            } else {
                result.append((try lower(argument), false))
            }
        }
        return result
    }

    /// Whatever is splatted becomes a tuple first.
    func lowerSplat(_ expression: Expression) throws(LoweringError) -> IR {
        .call(base("__splat"), [try lower(expression)])
    }

    /// Calls that have an instruction or a native function of their own, when the name means Base's.
    private func lowerNamedCall(_ name: String, _ arguments: [Expression]) throws(LoweringError) -> IR? {
        if name == "new", isConstructor { return try lowerNew(nil, arguments) }
        guard scope.find(name) == nil else { return nil }
        let isPlain = !arguments.contains { $0.head == "..." || $0.head == "parameters" }
        if name.hasPrefix("__"), let builtin = machine.builtins.indices[name], isPlain {
            // Native functions trust the prelude; programs reach only those that macros and keywords expand to.
            guard file == 0 || arguments.count >= Self.openNatives[name] ?? Int.max else {
                throw unsupported("native function \(name)")
            }
            return .builtin(builtin, try lowerAll(arguments))
        }
        guard isPlain, machine.resolvesToBase(name, module) else { return nil }
        if let operation = Opcode.operators[name] {
            return try lowerOperator(name, operation, arguments)
        }
        switch (name, arguments.count) {
        case ("tuple", _): return .tuple(try lowerAll(arguments))
        case ("typeof", 1), ("throw", 1), ("isa", 2), ("===", 2), ("!==", 2):
            guard let builtin = machine.builtins.indices["__" + name] else { return nil }
            return .builtin(builtin, try lowerAll(arguments))
        case ("getindex", 2...): return .index(try lower(arguments[0]), try lowerAll(arguments.dropFirst()))
        default: return nil
        }
    }

    private func lowerOperator(
        _ name: String, _ operation: Opcode, _ arguments: [Expression]
    ) throws(LoweringError) -> IR? {
        if arguments.count == 2 {
            return .operation(operation, try lower(arguments[0]), try lower(arguments[1]))
        }
        guard arguments.count > 2, name == "+" || name == "*" else { return nil }
        var result = try lower(arguments[0])
        for argument in arguments.dropFirst() { result = .operation(operation, result, try lower(argument)) }
        return result
    }

    func lowerKeywords(_ keywords: [Expression]) throws(LoweringError) -> IR {
        var names: [IR] = []
        var values: [IR] = []
        var merged: IR?
        func flush() {
            guard !names.isEmpty else { return }
            let part = IR.builtin(machine.builtin("__namedtuple"), [.tuple(names), .tuple(values)])
            merged = merged.map { .call(base("merge"), [$0, part]) } ?? part
            names = []
            values = []
        }
        for keyword in keywords {
            if let splat = keyword.node("...") {
                if splat.arguments[0] == .symbol("#none#") { continue }
                flush()
                let part = IR.call(base("__keywords"), [try lower(splat.arguments[0])])
                merged = merged.map { .call(base("merge"), [$0, part]) } ?? part
                continue
            }
            let (name, value) = try keywordParts(keyword)
            names.append(.constant(machine.symbols.value(name)))
            values.append(try lower(value))
        }
        flush()
        return merged ?? .builtin(machine.builtin("__namedtuple"), [.tuple([]), .tuple([])])
    }

    private func keywordParts(_ keyword: Expression) throws(LoweringError) -> (String, Expression) {
        if keyword.head == "kw" || keyword.head == "=", let name = keyword.arguments[0].symbolName {
            return (name, keyword.arguments[1])
        }
        if let name = keyword.symbolName { return (name, keyword) }
        if keyword.head == ".", case .quoted(.symbol(let name)) = keyword.arguments[1] { return (name, keyword) }
        throw unsupported("computed keyword names")
    }

    func lowerNew(_ type: IR?, _ arguments: [Expression]) throws(LoweringError) -> IR {
        let own = type ?? (scope.find("#self#").map { .local($0) } ?? .constant(.nothing))
        if arguments.contains(where: { $0.head == "..." }) {
            var all: [Argument] = [(own, false)]
            all += try lowerArguments(arguments)
            return .splatCall(base("__new_splat"), all)
        }
        return .new(own, try lowerAll(arguments))
    }

    func lowerDo(_ node: Expression.Node) throws(LoweringError) -> IR {
        guard node.arguments.count == 2, case .node(var call) = node.arguments[0] else { throw syntax("malformed do") }
        let place = call.arguments.count > 1 && call.arguments[1].head == "parameters" ? 2 : 1
        call.arguments.insert(node.arguments[1], at: min(place, call.arguments.count))
        return try lower(.node(call))
    }

    func lowerDot(_ node: Expression.Node) throws(LoweringError) -> IR {
        guard node.arguments.count == 2 else { throw unsupported("operator as a broadcast function") }
        if node.arguments[1].head == "tuple" { return try lowerBroadcast(.node(node)) }
        switch node.arguments[1] {
        case .quoted(.symbol(let name)):
            if let owner = node.arguments[0].symbolName, scope.find(owner) == nil,
                let slot = machine.qualified(owner, name, from: module)
            {
                return .global(slot)
            }
            return .getField(try lower(node.arguments[0]), machine.symbols.intern(name))
        default: return .call(base("getproperty"), try lowerAll(node.arguments))
        }
    }

    func lowerComparison(_ parts: [Expression]) throws(LoweringError) -> IR {
        guard parts.count >= 3 else { throw syntax("malformed comparison") }
        if parts.count == 3 { return try lower(.make("call", [parts[1], parts[0], parts[2]], at: location)) }
        return try inScope { () throws(LoweringError) in
            var statements: [IR] = []
            var left = parts[0]
            var result: Expression?
            for index in stride(from: 1, to: parts.count - 1, by: 2) {
                var right = parts[index + 1]
                if index + 2 < parts.count, !right.isSimple {
                    let held = declare("#middle\(machine.freshLabel())")
                    held.assignments = 1
                    // Evaluated early only when the first comparison needs it anyway.
                    statements.append(.assign(held, try lower(right)))
                    right = .symbol(held.name)
                }
                let test = Expression.make("call", [parts[index], left, right], at: location)
                let isDotted = parts[index].symbolName?.hasPrefix(".") ?? false
                result = result.map { isDotted ? .call(".&", [$0, test]) : .make("&&", [$0, test]) } ?? test
                left = right
            }
            statements.append(try lower(result ?? parts[0]))
            return .block(statements)
        }
    }

    func lowerShortCircuit(_ head: String, _ arguments: [Expression]) throws(LoweringError) -> IR {
        guard arguments.count >= 2 else { throw syntax("malformed \(head)") }
        let rest = arguments.count == 2 ? arguments[1] : .make(head, Array(arguments.dropFirst()))
        let first = try lower(arguments[0])
        let second = try lower(rest)
        return head == "&&"
            ? .conditional(first, second, .constant(.false)) : .conditional(first, .constant(.true), second)
    }

    // MARK: indexing

    func lowerIndex(_ arguments: [Expression]) throws(LoweringError) -> IR {
        let hasSplat = arguments.dropFirst().contains { $0.head == "..." }
        if hasSplat {
            return .splatCall(base("getindex"), try lowerArguments(arguments))
        }
        return try withIndex(arguments) { array, indices in .index(array, indices) }
    }

    /// Lowers receiver and indices, with `end` and `begin` meaning the receiver's.
    func withIndex(
        _ arguments: [Expression], _ make: (IR, [IR]) throws(LoweringError) -> IR
    ) throws(LoweringError) -> IR {
        guard let array = arguments.first else { throw syntax("malformed index") }
        let indices = Array(arguments.dropFirst())
        guard indices.contains(where: { containsEnd($0) }) else {
            return try make(try lower(array), try lowerAll(indices))
        }
        return try inScope { () throws(LoweringError) in
            var statements: [IR] = []
            var receiver = array
            if array.symbolName == nil {
                let held = declare("#indexed\(machine.freshLabel())")
                held.assignments = 1
                statements.append(.assign(held, try lower(array)))
                receiver = .symbol(held.name)
            }
            var lowered: [IR] = []
            for (place, index) in indices.enumerated() {
                indexed.append((receiver, indices.count == 1 ? nil : place + 1))
                defer { indexed.removeLast() }
                lowered.append(try lower(index))
            }
            return .block(statements + [try make(try lower(receiver), lowered)])
        }
    }

    // MARK: types

    func lowerCurly(_ arguments: [Expression]) throws(LoweringError) -> IR {
        guard let first = arguments.first else { throw syntax("empty curly") }
        if first == .symbol("new"), isConstructor {
            return try lowerCurly([.symbol(constructorName)] + arguments.dropFirst())
        }
        // `Vector{<:Real}` is `Vector{T} where T<:Real`.
        if let place = arguments.firstIndex(where: { ($0.head == "<:" || $0.head == ">:") && $0.arguments.count == 1 })
        {
            let name = Expression.symbol("#T\(machine.freshLabel())")
            var replaced = arguments
            let bound = arguments[place]
            replaced[place] = name
            return try lower(
                .make("where", [.make("curly", replaced), .make(bound.head ?? "", [name] + bound.arguments)]))
        }
        if arguments.dropFirst().contains(where: { $0.head == "..." }) {
            return .splatCall(base("__applytype"), try lowerArguments(arguments))
        }
        return .builtin(machine.builtin("__apply"), try lowerAll(arguments))
    }

    func lowerWhere(_ node: Expression.Node) throws(LoweringError) -> IR {
        guard let body = node.arguments.first else { throw syntax("malformed where") }
        var statics: [StaticParameter] = []
        for argument in node.arguments.dropFirst() { statics += try Self.staticParameters(argument, self) }
        return try withTypeVariables(statics) { variables throws(LoweringError) in
            let inner = try lower(body)
            return variables.reversed().reduce(inner) { result, variable in
                .builtin(machine.builtin("__unionall"), [.local(variable), result])
            }
        }
    }

    /// Binds the names of `where` to type variables while `body` is lowered.
    func withTypeVariables(
        _ statics: [StaticParameter], _ body: ([Variable]) throws(LoweringError) -> IR
    ) throws(LoweringError) -> IR {
        try inScope { () throws(LoweringError) in
            var statements: [IR] = []
            var variables: [Variable] = []
            for parameter in statics {
                let lower = try parameter.lower.map { bound throws(LoweringError) in try self.lower(bound) }
                let upper = try parameter.upper.map { bound throws(LoweringError) in try self.lower(bound) }
                let variable = declare(parameter.name)
                variable.assignments = 1
                variables.append(variable)
                statements.append(
                    .assign(
                        variable,
                        .builtin(
                            machine.builtin("__typevar"),
                            [
                                .constant(machine.symbols.value(parameter.name)),
                                lower ?? .constant(Value(type: Core.bottom)), upper ?? .constant(Value(type: Core.any)),
                            ])))
            }
            let inner = try body(variables)
            return .block(statements + [inner])
        }
    }

    static func staticParameters(_ expression: Expression, _ lowering: Lowering) throws(LoweringError)
        -> [StaticParameter]
    {
        switch expression {
        case .symbol(let name): return [StaticParameter(name: name)]
        case .node(let node):
            let arguments = node.arguments
            switch node.head {
            case "braces", "bracescat":
                var all: [StaticParameter] = []
                for argument in arguments { all += try staticParameters(argument, lowering) }
                return all
            case "<:" where arguments.count == 2:
                return [StaticParameter(name: arguments[0].symbolName ?? "_", upper: arguments[1])]
            case ">:" where arguments.count == 2:
                return [StaticParameter(name: arguments[0].symbolName ?? "_", lower: arguments[1])]
            case "comparison" where arguments.count == 5:
                return [StaticParameter(name: arguments[2].symbolName ?? "_", lower: arguments[0], upper: arguments[4])]
            default: throw lowering.syntax("invalid type parameter")
            }
        default: throw lowering.syntax("invalid type parameter")
        }
    }

    func lowerTyped(_ node: Expression.Node) throws(LoweringError) -> IR {
        guard node.arguments.count == 2 else { throw syntax("misplaced \"::\"") }
        return .builtin(machine.builtin("__typeassert"), try lowerAll(node.arguments))
    }
}
