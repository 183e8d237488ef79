extension Lowering {
    private struct Header {
        var name: String
        var statics: [StaticParameter] = []
        var parent: Expression?
    }

    private func header(_ expression: Expression) throws(LoweringError) -> Header {
        if let node = expression.node("<:"), node.arguments.count == 2 {
            var inner = try header(node.arguments[0])
            inner.parent = node.arguments[1]
            return inner
        }
        if let curly = expression.node("curly"), let name = curly.arguments.first?.symbolName {
            var statics: [StaticParameter] = []
            for argument in curly.arguments.dropFirst() { statics += try Self.staticParameters(argument, self) }
            return Header(name: name, statics: statics)
        }
        guard let name = expression.symbolName else { throw syntax("invalid type name") }
        return Header(name: name)
    }

    func lowerAbstract(_ arguments: [Expression]) throws(LoweringError) -> IR {
        let header = try header(arguments[0])
        let slot = machine.resolveForAssignment(header.name, in: module)
        return try withTypeVariables(header.statics) { variables throws(LoweringError) in
            let parent =
                try header.parent.map { type throws(LoweringError) in try lower(type) }
                ?? .constant(Value(type: Core.any))
            return .builtin(
                machine.builtin("__abstract"),
                [
                    .constant(Value(slot)), .constant(machine.symbols.value(header.name)),
                    .tuple(variables.map { .local($0) }), parent,
                ])
        }
    }

    func lowerStruct(_ node: Expression.Node) throws(LoweringError) -> IR {
        guard node.arguments.count == 3 else { throw syntax("malformed struct") }
        guard scope.isTop || scope.parent != nil, scope.function.parent == nil else {
            throw syntax("\"struct\" expression not at top level")
        }
        let header = try header(node.arguments[1])
        var fields: [(name: String, type: Expression?)] = []
        var constructors: [Expression] = []
        for statement in node.arguments[2].arguments { try sort(statement, &fields, &constructors) }
        let slot = machine.resolveForAssignment(header.name, in: module)
        let begin = try withTypeVariables(header.statics) { variables throws(LoweringError) in
            try lowerStructBody(header, fields, isMutable: !node.arguments[0].isFalse, slot, variables)
        }
        var statements = [begin]
        if constructors.isEmpty {
            statements += try defaultConstructors(header, fields)
        } else {
            for constructor in constructors { statements.append(try innerConstructor(constructor, header)) }
        }
        return .block(statements + [.constant(.nothing)])
    }

    private func sort(
        _ statement: Expression, _ fields: inout [(name: String, type: Expression?)], _ constructors: inout [Expression]
    ) throws(LoweringError) {
        switch statement {
        case .symbol(let name): fields.append((name, nil))
        case .line(let place): location = place
        case .literal: break
        case .quoted: throw syntax("invalid struct field")
        case .node(let inner):
            switch inner.head {
            case "::": fields.append((inner.arguments[0].symbolName ?? "_", inner.arguments[1]))
            case "const": try sort(inner.arguments[0], &fields, &constructors)
            case "block": for part in inner.arguments { try sort(part, &fields, &constructors) }
            case "macrocall": try sort(try expandMacro(inner), &fields, &constructors)
            case "function", "=": constructors.append(statement)
            default: throw unsupported("\"\(inner.head)\" in a struct")
            }
        }
    }

    private func lowerStructBody(
        _ header: Header, _ fields: [(name: String, type: Expression?)], isMutable: Bool, _ slot: Int,
        _ variables: [Variable]
    ) throws(LoweringError) -> IR {
        let parent =
            try header.parent.map { type throws(LoweringError) in try lower(type) } ?? .constant(Value(type: Core.any))
        let names = IR.tuple(fields.map { .constant(machine.symbols.value($0.name)) })
        let begin = IR.builtin(
            machine.builtin("__struct"),
            [
                .constant(Value(slot)), .constant(machine.symbols.value(header.name)),
                .tuple(variables.map { .local($0) }),
                parent, names, .constant(Value(isMutable)),
            ])
        var types: [IR] = []
        for field in fields {
            types.append(
                try field.type.map { type throws(LoweringError) in try lower(type) } ?? .constant(Value(type: Core.any))
            )
        }
        return .block([begin, .builtin(machine.builtin("__fields"), [.constant(Value(slot)), .tuple(types)])])
    }

    private func innerConstructor(_ constructor: Expression, _ header: Header) throws(LoweringError) -> IR {
        let saved = (isConstructor, constructorName)
        isConstructor = true
        constructorName = header.name
        defer { (isConstructor, constructorName) = saved }
        return try lower(constructor)
    }

    private func defaultConstructors(
        _ header: Header, _ fields: [(name: String, type: Expression?)]
    ) throws(LoweringError) -> [IR] {
        let names = fields.map { Expression.symbol($0.name) }
        let own = Expression.symbol(header.name)
        var result: [IR] = []
        func define(_ signature: Expression, _ body: Expression) throws(LoweringError) {
            result.append(try innerConstructor(.make("=", [signature, body], at: location), header))
        }
        if header.statics.isEmpty {
            try define(.make("call", [own] + names), .call("new", names))
            return result
        }
        let statics = header.statics.map { $0.expression }
        let applied = Expression.make("curly", [own] + header.statics.map { .symbol($0.name) })
        let make = Expression.make(
            "call", [.make("curly", [.symbol("new")] + header.statics.map { .symbol($0.name) })] + names)
        try define(.make("where", [.make("call", [applied] + names)] + statics), make)
        let covered = header.statics.allSatisfy { parameter in
            fields.contains { $0.type.map { $0.mentions(parameter.name) } ?? false }
        }
        guard covered else { return result }
        let typed = zip(names, fields).map { name, field in field.type.map { .make("::", [name, $0]) } ?? name }
        try define(.make("where", [.make("call", [own] + typed)] + statics), make)
        return result
    }

    // MARK: modules

    func lowerImport(_ node: Expression.Node) throws(LoweringError) -> IR {
        for argument in node.arguments {
            if let list = argument.node(":") {
                let path = list.arguments[0].arguments.compactMap { $0.symbolName }
                for name in list.arguments.dropFirst() { try importName(path, name) }
            } else if let alias = argument.node("as") {
                let path = alias.arguments[0].arguments.compactMap { $0.symbolName }
                try importModule(path, as: alias.arguments[1].symbolName)
            } else {
                let path = argument.arguments.compactMap { $0.symbolName }
                if node.head == "import" {
                    try importModule(path, as: nil)
                } else {
                    try machine.use(path, in: module).map { message throws(LoweringError) in throw unsupported(message)
                    }
                }
            }
        }
        return .constant(.nothing)
    }

    private func importName(_ path: [String], _ name: Expression) throws(LoweringError) {
        var source = name
        var target: String?
        if let alias = name.node("as") {
            source = alias.arguments[0]
            target = alias.arguments[1].symbolName
        }
        guard let text = source.symbolName ?? source.arguments.last?.symbolName else { throw syntax("invalid import") }
        if let message = machine.importName(path, text, as: target ?? text, in: module) { throw unsupported(message) }
    }

    private func importModule(_ path: [String], as alias: String?) throws(LoweringError) {
        if let message = machine.importModule(path, as: alias, in: module) { throw unsupported(message) }
    }
}
