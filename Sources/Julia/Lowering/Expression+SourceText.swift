extension Expression {
    /// The expression as source text, for `@show`, `@assert` and `@test`.
    var sourceText: String {
        switch self {
        case .symbol(let name): name
        case .line: ""
        case .quoted(let inner): ":" + inner.sourceText
        case .literal(let literal): literal.sourceText
        case .node(let node): node.sourceText
        }
    }
}

extension Literal {
    fileprivate var sourceText: String {
        switch self {
        case .bool(let value): "\(value)"
        case .int64(let value): "\(value)"
        case .int128(let value): "\(value)"
        case .bigInt(let digits): digits
        case .uint8(let value): "0x" + String(value, radix: 16)
        case .uint16(let value): "0x" + String(value, radix: 16)
        case .uint32(let value): "0x" + String(value, radix: 16)
        case .uint64(let value): "0x" + String(value, radix: 16)
        case .uint128(let value): "0x" + String(value, radix: 16)
        case .float32(let value): FloatText.shown(value)
        case .float64(let value): FloatText.text(value)
        case .char(let value): String(decoding: QuotedText.character(value), as: UTF8.self)
        case .string(let bytes): String(decoding: QuotedText.string(bytes), as: UTF8.self)
        case .nothing: "nothing"
        }
    }
}

extension Expression.Node {
    fileprivate var sourceText: String {
        func list(_ parts: some Sequence<Expression>) -> String { parts.map { $0.sourceText }.joined(separator: ", ") }
        switch head {
        case "call": return callText
        case "comparison", "&&", "||":
            let separator = head == "comparison" ? " " : " \(head) "
            return arguments.map { $0.sourceText }.joined(separator: separator)
        case "tuple": return arguments.count == 1 ? "(" + list(arguments) + ",)" : "(" + list(arguments) + ")"
        case "vect": return "[" + list(arguments) + "]"
        case "ref": return (arguments.first?.sourceText ?? "") + "[" + list(arguments.dropFirst()) + "]"
        case "curly": return (arguments.first?.sourceText ?? "") + "{" + list(arguments.dropFirst()) + "}"
        case "." where arguments.count == 2:
            if case .quoted(.symbol(let name)) = arguments[1] { return arguments[0].sourceText + "." + name }
            return arguments[0].sourceText + "." + arguments[1].sourceText
        case "=", "kw", "->", "::", "<:":
            return arguments.map { $0.sourceText }.joined(
                separator: head == "::" ? "::" : head == "->" ? "->" : " \(head == "kw" ? "=" : head) ")
        case "parameters": return "; " + list(arguments)
        case "...": return list(arguments) + "..."
        case "string":
            return "\""
                + arguments.map {
                    if case .literal(.string(let bytes)) = $0 {
                        String(decoding: bytes, as: UTF8.self)
                    } else {
                        "$(" + $0.sourceText + ")"
                    }
                }.joined() + "\""
        case "if" where arguments.count == 3:
            return "if \(arguments[0].sourceText); \(arguments[1].sourceText) else \(arguments[2].sourceText) end"
        case "block": return arguments.filter { !$0.isLine }.map { $0.sourceText }.joined(separator: "; ")
        case "generator" where arguments.count == 2: return arguments[0].sourceText + " for " + arguments[1].sourceText
        default: return head + "(" + list(arguments) + ")"
        }
    }

    private var callText: String {
        guard let callee = arguments.first else { return "" }
        let rest = Array(arguments.dropFirst())
        let name = callee.symbolName ?? callee.sourceText
        let isOperator =
            name.unicodeScalars.first.map { !$0.properties.isAlphabetic && $0 != "_" && $0 != "#" && $0 != "(" }
            ?? false
        if isOperator, rest.count >= 2 {
            let separator = name == ":" ? ":" : " \(name) "
            let isComparison = ["==", "!=", "<", ">", "<=", ">=", "===", "in", "∈", "isa", "≈"].contains(name)
            return rest.map { $0.isOperatorCall && !isComparison ? "(" + $0.sourceText + ")" : $0.sourceText }.joined(
                separator: separator)
        }
        if isOperator, rest.count == 1 { return name + rest[0].sourceText }
        return name + "(" + rest.map { $0.sourceText }.joined(separator: ", ") + ")"
    }
}

extension Expression {
    fileprivate var isOperatorCall: Bool {
        guard let node = node("call"), node.arguments.count > 2, let name = node.arguments[0].symbolName else {
            return false
        }
        return name.unicodeScalars.first.map { !$0.properties.isAlphabetic && $0 != "_" } ?? false
    }
}
