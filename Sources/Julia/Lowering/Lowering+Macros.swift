/// The macros of Base that programs use, expanded natively; a program's own macros are not supported yet.
extension Lowering {
    func expandMacro(_ node: Expression.Node) throws(LoweringError) -> Expression {
        guard let callee = node.arguments.first else { throw syntax("malformed macro call") }
        let name = callee.symbolName ?? callee.calleeName
        let arguments = node.arguments.dropFirst().filter { !$0.isLine }
        switch name {
        case "@inbounds", "@inline", "@noinline", "@simd", "@propagate_inbounds", "@pure", "@nospecialize",
            "@specialize", "@fastmath", "@static", "@assume_effects", "@constprop", "@boundscheck":
            return arguments.last ?? .literal(.nothing)
        case "@views":
            let body = arguments.last ?? .literal(.nothing)
            guard !body.contains(head: "ref") else { throw unsupported("@views around an index (use @view)") }
            return body
        case "@assert": return assertion(Array(arguments))
        case "@show": return shown(Array(arguments))
        case "@.", "@__dot__": return dotted(arguments.last ?? .literal(.nothing))
        case "@isdefined": throw unsupported("@isdefined")
        case "@enum": return try enumeration(Array(arguments))
        case "@kwdef": return try keywordStruct(arguments.last ?? .literal(.nothing))
        case "@doc", "@core_doc", "@doc_str": return arguments.last ?? .literal(.nothing)
        case "@goto", "@label": throw unsupported("@goto and @label")
        case "@sprintf": return .call("__sprintf", Array(arguments))
        case "@printf": return .call("__printf", Array(arguments))
        case "@int128_str", "@uint128_str", "@big_str": return try bigLiteral(name, Array(arguments))
        case "@r_str": return .call("Regex", Array(arguments))
        case "@raw_str": return arguments.first ?? .literal(.nothing)
        case "@b_str": return .call("__bytes_literal", Array(arguments))
        case "@v_str": return .call("VersionNumber", Array(arguments))
        case "@s_str": return .call("SubstitutionString", Array(arguments))
        case "@__MODULE__":
            guard module == 1 else { throw unsupported("@__MODULE__ outside Main") }
            return .symbol("Main")
        case "@__LINE__": return .int(Int(location.line))
        case "@__FILE__": return .string(machine.files[file])
        case "@something": return firstThat("something", isAbsent: "isnothing", arguments[...])
        case "@coalesce": return firstThat("coalesce", isAbsent: "ismissing", arguments[...])
        case "@debug": return .literal(.nothing)
        case "@warn", "@info", "@error": return logged(Array(arguments))
        case "@NamedTuple": return namedTupleType(arguments.last ?? .literal(.nothing))
        default: return try expandTestMacro(name, Array(arguments))
        }
    }

    private func bigLiteral(_ name: String, _ arguments: [Expression]) throws(LoweringError) -> Expression {
        guard case .literal(.string(let bytes))? = arguments.first else { throw syntax("invalid number literal") }
        let text = Expression.string(String(decoding: bytes, as: UTF8.self))
        switch name {
        case "@int128_str": return .call("parse", [.symbol("Int128"), text])
        case "@uint128_str": return .call("parse", [.symbol("UInt128"), text])
        default: return .call("parse", [.symbol("BigInt"), text])
        }
    }

    private func expandTestMacro(_ name: String, _ arguments: [Expression]) throws(LoweringError) -> Expression {
        let unit = Expression.make("tuple", [])
        switch name {
        case "@test":
            return try tested(arguments.first ?? .literal(.bool(true)), arguments.dropFirst())
        case "@test_throws":
            let text = Expression.string(arguments.map { $0.sourceText }.joined(separator: " "))
            return .call(
                "__test_throws",
                [arguments.first ?? .literal(.nothing), .make("->", [unit, arguments.last ?? unit]), text])
        case "@test_skip": return .literal(.nothing)
        case "@testset":
            let body = arguments.last ?? .literal(.nothing)
            var title: Expression = .string("test set")
            for argument in arguments.dropLast() {
                if case .literal(.string) = argument { title = argument }
                if argument.head == "string" { title = argument }
            }
            if let loop = body.node("for") {
                return .make(
                    "for", [loop.arguments[0], .call("__testset", [.make("->", [unit, loop.arguments[1]]), title])])
            }
            return .call("__testset", [.make("->", [unit, body]), title])
        default: throw unsupported("macro \(name)")
        }
    }

    private func assertion(_ arguments: [Expression]) -> Expression {
        let condition = arguments.first ?? .literal(.bool(true))
        let message = arguments.count > 1 ? arguments[1] : .string(condition.sourceText)
        let raise = Expression.call("throw", [.call("AssertionError", [.call("string", [message])])])
        return .make("if", [condition, .literal(.nothing), raise])
    }

    private func shown(_ arguments: [Expression]) -> Expression {
        var statements: [Expression] = []
        for argument in arguments {
            let value = Expression.symbol("#shown#")
            let text = Expression.string(argument.sourceText + " = ")
            statements.append(
                .make(
                    "let",
                    [
                        .make("=", [value, argument]),
                        .make("block", [.call("println", [text, .call("repr", [value])]), value]),
                    ]))
        }
        return .make("block", statements)
    }

    /// `@.`: every call and operator gets its dot.
    private func dotted(_ expression: Expression) -> Expression {
        guard case .node(let node) = expression else { return expression }
        let arguments = node.arguments.map { dotted($0) }
        switch node.head {
        case "call":
            guard let name = node.arguments.first?.symbolName else { return expression }
            let isOperator = name.first.map { !$0.isLetter && $0 != "_" && $0 != "@" } ?? false
            if name.hasPrefix(".") { return .make("call", arguments, at: node.location) }
            if isOperator { return .make("call", [.symbol("." + name)] + arguments.dropFirst(), at: node.location) }
            return .make(".", [arguments[0], .make("tuple", Array(arguments.dropFirst()))], at: node.location)
        case "=": return .make(".=", arguments, at: node.location)
        case "&&", "||": return .make("." + node.head, arguments, at: node.location)
        case "comparison":
            return .make(
                "comparison",
                arguments.enumerated().map { index, part in
                    index % 2 == 1 ? .symbol("." + (part.symbolName ?? "")) : part
                })
        case ".", "ref", "->", "macrocall", "let": return expression
        default:
            if Self.updateOperator(node.head) != nil, !node.head.hasPrefix(".") {
                return .make("." + node.head, arguments, at: node.location)
            }
            return .make(node.head, arguments, at: node.location)
        }
    }

    private func namedTupleType(_ expression: Expression) -> Expression {
        let fields = expression.arguments.filter { !$0.isLine }
        let names = fields.map {
            Expression.symbolLiteral($0.node("::")?.arguments[0].symbolName ?? $0.symbolName ?? "_")
        }
        let types = fields.map { $0.node("::")?.arguments[1] ?? .symbol("Any") }
        return .make(
            "curly", [.symbol("NamedTuple"), .make("tuple", names), .make("curly", [.symbol("Tuple")] + types)])
    }

    private func enumeration(_ arguments: [Expression]) throws(LoweringError) -> Expression {
        guard let first = arguments.first else { throw syntax("malformed @enum") }
        let name = first.node("::")?.arguments[0] ?? first
        var members = Array(arguments.dropFirst())
        if members.count == 1, let block = members[0].node("block") { members = block.arguments.filter { !$0.isLine } }
        var statements: [Expression] = []
        var names: [Expression] = []
        var values: [Expression] = []
        for member in members {
            let text = member.node("=")?.arguments[0] ?? member
            names.append(.symbolLiteral(text.symbolName ?? "_"))
            values.append(member.node("=")?.arguments[1] ?? values.last.map { .call("+", [$0, .int(1)]) } ?? .int(0))
        }
        let declaration = Expression.call(
            "__enum", [.symbolLiteral(name.symbolName ?? "_"), .make("tuple", names), .make("tuple", values)])
        statements.append(.make("const", [.make("=", [name, declaration])]))
        for (index, text) in names.enumerated() {
            guard case .quoted(let symbol) = text else { continue }
            let value = Expression.call("__enum_value", [name, .int(index + 1)])
            statements.append(.make("const", [.make("=", [symbol, value])]))
        }
        return .make("block", statements + [.literal(.nothing)])
    }

    private func keywordStruct(_ expression: Expression) throws(LoweringError) -> Expression {
        guard case .node(var node) = expression, node.head == "struct", node.arguments.count == 3 else {
            throw syntax("@kwdef needs a struct")
        }
        var plain: [Expression] = []
        var keywords: [Expression] = []
        var names: [Expression] = []
        for field in node.arguments[2].arguments {
            let isField =
                field.head == nil || field.head == "::"
                || (field.head == "=" && !Self.isFunctionSignature(field.arguments[0]))
            guard isField, !field.isLine else {
                plain.append(field)
                continue
            }
            let target = field.node("=")?.arguments[0] ?? field
            guard let name = AssignedNames.targets(of: target).first else { continue }
            plain.append(target)
            names.append(.symbol(name))
            keywords.append(field.node("=").map { .make("kw", [.symbol(name), $0.arguments[1]]) } ?? .symbol(name))
        }
        node.arguments[2] = .make("block", plain)
        let header = node.arguments[1].node("<:")?.arguments[0] ?? node.arguments[1]
        let own = header.node("curly")?.arguments[0] ?? header
        let parameters = Expression.make("parameters", keywords)
        var statements = [Expression.node(node)]
        statements.append(.make("=", [.make("call", [own, parameters]), .make("call", [own] + names)]))
        if let curly = header.node("curly") {
            let statics = Array(curly.arguments.dropFirst())
            let applied = Expression.make("curly", [own] + statics.map { $0.node("<:")?.arguments[0] ?? $0 })
            let signature = Expression.make("where", [.make("call", [applied, parameters])] + statics)
            statements.append(.make("=", [signature, .make("call", [applied] + names)]))
        }
        return .make("block", statements + [.literal(.nothing)])
    }
}
