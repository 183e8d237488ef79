extension Lowering {
    /// Whether the left side of `=` is the head of a short function definition.
    static func isFunctionSignature(_ expression: Expression) -> Bool {
        switch expression.head {
        case "call": true
        case "where": expression.arguments.first.map { isFunctionSignature($0) } ?? false
        case "::": expression.arguments.count == 2 && isFunctionSignature(expression.arguments[0])
        default: false
        }
    }

    /// `+` for `+=`; nil where a head is no updating assignment.
    static func updateOperator(_ head: String) -> String? {
        guard head.count > 1, head.last == "=", head != "==", head != "!=", head != "<=", head != ">=", head != "===",
            head != "!==", head != ".=", head != ":="
        else { return nil }
        return String(head.dropLast())
    }

    func lowerAssignment(_ node: Expression.Node) throws(LoweringError) -> IR {
        guard node.arguments.count == 2 else { throw syntax("malformed assignment") }
        let target = node.arguments[0]
        if Self.isFunctionSignature(target) {
            return try lowerMethod(signature: target, body: node.arguments[1], location: location)
        }
        if target.head == "curly" { return try lowerAlias(target, node.arguments[1]) }
        if let name = target.symbolName {
            return try assignName(name, try lower(node.arguments[1]))
        }
        if target.head == "tuple", let pairs = try parallelAssignment(target, node.arguments[1]) { return pairs }
        let held = temporary("value")
        held.assignments = 1
        let value = try lower(node.arguments[1])
        return .block([.assign(held, value), try assign(target, value: .local(held)), .local(held)])
    }

    /// `Name{T} = …`: a type with parameters.
    private func lowerAlias(_ target: Expression, _ value: Expression) throws(LoweringError) -> IR {
        guard let name = target.arguments.first?.symbolName else { throw syntax("invalid type alias") }
        let whole = Expression.make("where", [value] + target.arguments.dropFirst())
        return try assignName(name, try lower(whole), isConstant: true)
    }

    /// `a, b = x, y` without making a tuple, when no side effect can tell.
    private func parallelAssignment(_ target: Expression, _ value: Expression) throws(LoweringError) -> IR? {
        guard let right = value.node("tuple"), right.arguments.count == target.arguments.count,
            !right.arguments.contains(where: { ["...", "=", "parameters"].contains($0.head) }),
            !target.arguments.contains(where: { ["...", "parameters"].contains($0.head) })
        else { return nil }
        var statements: [IR] = []
        var held: [Variable] = []
        for argument in right.arguments {
            let variable = temporary("part")
            variable.assignments = 1
            statements.append(.assign(variable, try lower(argument)))
            held.append(variable)
        }
        for (part, variable) in zip(target.arguments, held) {
            statements.append(try assign(part, value: .local(variable)))
        }
        return .block(statements + [.tuple(held.map { .local($0) })])
    }

    func assignName(_ name: String, _ value: IR, isConstant: Bool = false) throws(LoweringError) -> IR {
        if let variable = scope.find(name) {
            if scope.function !== variable.owner { noteUse(variable) }
            return assign(variable, typed(variable, value))
        }
        let slot = machine.resolveForAssignment(name, in: module)
        if isConstant { return .builtin(machine.builtin("__setconst"), [.constant(Value(slot)), value]) }
        return .assignGlobal(slot, value)
    }

    /// Values of a variable declared with a type are converted to it.
    private func typed(_ variable: Variable, _ value: IR) -> IR {
        guard let type = declaredTypes[ObjectIdentifier(variable)] else { return value }
        return .call(base("__convert_to"), [.local(type), value])
    }

    /// Assigns an already evaluated value to any target.
    func assign(_ target: Expression, value: IR) throws(LoweringError) -> IR {
        switch target {
        case .symbol(let name): return try assignName(name, value)
        case .node(let node): return try assign(node, value: value)
        default: throw syntax("invalid assignment target")
        }
    }

    private func assign(_ node: Expression.Node, value: IR) throws(LoweringError) -> IR {
        let arguments = node.arguments
        switch node.head {
        case "tuple": return try destructure(arguments, value)
        case "::":
            guard arguments.count == 2 else { throw syntax("invalid assignment target") }
            return try assignTyped(arguments[0], arguments[1], value)
        case "ref":
            return try withIndex(arguments) { array, indices in .setIndex(array, indices, value) }
        case ".":
            guard arguments.count == 2, case .quoted(.symbol(let name)) = arguments[1] else {
                throw unsupported("assignment to a computed property")
            }
            return .setField(try lower(arguments[0]), machine.symbols.intern(name), value)
        case "local", "global", "const":
            let prefix = try lower(.make(node.head, node.arguments))
            return .block([prefix, try assign(arguments[0], value: value)])
        default: throw syntax("invalid assignment target \"\(node.head)\"")
        }
    }

    private func assignTyped(_ target: Expression, _ type: Expression, _ value: IR) throws(LoweringError) -> IR {
        guard let name = target.symbolName, let variable = scope.find(name) else {
            return try assign(target, value: .call(base("__convert_to"), [try lower(type), value]))
        }
        let held = temporary("type")
        held.assignments = 1
        let set = IR.assign(held, try lower(type))
        declaredTypes[ObjectIdentifier(variable)] = held
        return .block([set, try assignName(name, value)])
    }

    private func destructure(_ targets: [Expression], _ value: IR) throws(LoweringError) -> IR {
        if let named = targets.first?.node("parameters") {
            let parts = try named.arguments.map { part throws(LoweringError) -> IR in
                let name = AssignedNames.targets(of: part).first ?? ""
                return try assign(part, value: .getField(value, machine.symbols.intern(name)))
            }
            return .block(parts)
        }
        let rest = targets.firstIndex { $0.head == "..." }
        let parts = temporary("parts")
        parts.assignments = 1
        let function = rest == nil ? "__destructure" : "__destructure_rest"
        let count = targets.count
        var arguments: [IR] = [value, .constant(Value(count))]
        if let rest { arguments.append(.constant(Value(rest + 1))) }
        var statements: [IR] = [.assign(parts, .call(base(function), arguments))]
        for (index, target) in targets.enumerated() where target != .symbol("_") {
            let element = IR.builtin(machine.builtin("__tuple_get"), [.local(parts), .constant(Value(index + 1))])
            let inner = target.node("...")?.arguments.first ?? target
            statements.append(try assign(inner, value: element))
        }
        return .block(statements)
    }

    /// `a[i] += v` and the like: receiver and indices are evaluated once.
    func lowerUpdate(_ node: Expression.Node) throws(LoweringError) -> IR? {
        guard let name = Self.updateOperator(node.head), node.arguments.count == 2 else { return nil }
        let target = node.arguments[0]
        if name.hasPrefix(".") && name.count > 1 {
            let combined = Expression.call(name, [target, node.arguments[1]])
            return try lower(.make(".=", [target, combined], at: node.location))
        }
        switch target.head {
        case nil: return try lower(.make("=", [target, combine(name, target, node.arguments[1])]))
        case "::": return try lower(.make("=", [target, combine(name, target.arguments[0], node.arguments[1])]))
        case "ref", ".": return try updatePlace(name, target, node.arguments[1])
        default: throw syntax("invalid assignment target")
        }
    }

    private func updatePlace(
        _ name: String, _ target: Expression, _ value: Expression
    ) throws(LoweringError) -> IR {
        try inScope { () throws(LoweringError) -> IR in
            var statements: [IR] = []
            var parts: [Expression] = []
            let literalProperty = target.head == "."
            for (index, part) in target.arguments.enumerated() {
                if (literalProperty && index == 1) || part.isSimple || containsEnd(part) {
                    parts.append(part)
                    continue
                }
                let held = declare("#once\(machine.freshLabel())")
                held.assignments = 1
                statements.append(.assign(held, try lower(part)))
                parts.append(.symbol(held.name))
            }
            let place = Expression.make(target.head ?? "", parts)
            statements.append(try lower(.make("=", [place, combine(name, place, value)])))
            return .block(statements)
        }
    }

    private func combine(_ name: String, _ target: Expression, _ value: Expression) -> Expression {
        name == "&&" || name == "||" ? .make(name, [target, value]) : .call(name, [target, value], at: location)
    }

    func containsEnd(_ expression: Expression) -> Bool {
        switch expression {
        case .symbol(let name): name == "end" || name == "begin"
        case .node(let node): node.head != "ref" && node.arguments.contains { containsEnd($0) }
        default: false
        }
    }

    func lowerLocal(_ arguments: [Expression]) throws(LoweringError) -> IR {
        var statements: [IR] = []
        for argument in arguments {
            if argument.head == "=" || argument.head == "function" {
                statements.append(try lower(argument))
            } else if let node = argument.node("::"), node.arguments.count == 2,
                let name = node.arguments[0].symbolName,
                let variable = scope.find(name)
            {
                let held = temporary("type")
                held.assignments = 1
                statements.append(.assign(held, try lower(node.arguments[1])))
                declaredTypes[ObjectIdentifier(variable)] = held
            } else if let name = argument.symbolName, let variable = scope.find(name) {
                statements.append(.declare(variable))
            }
        }
        return .block(statements + (statements.isEmpty ? [.constant(.nothing)] : []))
    }

    func lowerGlobal(_ arguments: [Expression]) throws(LoweringError) -> IR {
        var statements: [IR] = []
        for argument in arguments {
            var names = AssignedNames()
            names.collect(.make("global", [argument]))
            scope.globals.formUnion(names.globals)
            if argument.head != nil && argument.head != "::" { statements.append(try lower(argument)) }
            for name in names.globals { _ = machine.resolveForAssignment(name, in: module) }
        }
        return .block(statements.isEmpty ? [.constant(.nothing)] : statements)
    }

    func lowerConst(_ arguments: [Expression]) throws(LoweringError) -> IR {
        guard let inner = arguments.first else { throw syntax("malformed const") }
        if inner.head == "global" { return try lowerConst(inner.arguments) }
        guard let node = inner.node("="), node.arguments.count == 2 else {
            throw syntax("expected assignment after const")
        }
        let target = node.arguments[0].node("::")?.arguments.first ?? node.arguments[0]
        guard let name = target.symbolName, scope.find(name) == nil else { return try lower(inner) }
        return try assignName(name, try lower(node.arguments[1]), isConstant: true)
    }
}

extension Expression {
    /// Evaluating it twice is the same as once.
    var isSimple: Bool {
        switch self {
        case .symbol, .literal, .quoted: true
        default: false
        }
    }
}
