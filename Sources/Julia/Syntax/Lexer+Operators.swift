extension Lexer {
    /// Reads an operator or one of `.`, `:`, `::`, `->`, `...`, `$`.
    func scanOperator(_ token: inout Token) throws(SyntaxError) {
        if scanSyntax(&token) { return }
        var start = token.start
        if bytes[start] == UInt8(ascii: "."), byte(start + 1) != UInt8(ascii: ".") {
            start += 1
            token.dotted = true
        }
        if let name = longestASCIIOperator(start) {
            token.symbol = name
            token.end = start + name.utf8.count
            token.precedence = OperatorTable.ascii[name] ?? .none
        } else if let (value, length) = scalar(at: start), let precedence = OperatorTable.unicode[value] {
            token.symbol = Self.normalized(text(start, start + length))
            token.end = start + length
            token.precedence = precedence
            if byte(token.end) == UInt8(ascii: "="), value == 0xF7 || value == 0x22BB || value == 0x2212 {
                token.symbol += "="
                token.end += 1
                token.precedence = .assignment
            }
        } else if token.dotted {
            token.kind = .dot
            token.dotted = false
            token.end = token.start + 1
            return
        } else {
            throw unknownCharacter(token.start)
        }
        token.kind = .op
        scanSuffix(&token)
    }

    private func unknownCharacter(_ position: Int) -> SyntaxError {
        guard let (value, _) = scalar(at: position) else { return error("invalid UTF-8 in source", at: position) }
        let digits = String(value, radix: 16)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        return error("invalid character U+\(padding)\(digits)", at: position)
    }

    /// `$=` is an operator, `$` alone is not; the rest has no precedence of its own.
    private func scanSyntax(_ token: inout Token) -> Bool {
        let next = byte(token.start + 1)
        func found(_ kind: TokenKind, _ length: Int, _ name: String) -> Bool {
            token.kind = kind
            token.end = token.start + length
            token.symbol = name
            return true
        }
        switch bytes[token.start] {
        case UInt8(ascii: ":"):
            if next == UInt8(ascii: ":") { return found(.doubleColon, 2, "::") }
            return next == UInt8(ascii: "=") ? false : found(.colon, 1, ":")
        case UInt8(ascii: "$"): return next == UInt8(ascii: "=") ? false : found(.dollar, 1, "$")
        case UInt8(ascii: "-"): return next == UInt8(ascii: ">") ? found(.arrow, 2, "->") : false
        case UInt8(ascii: ".") where next == UInt8(ascii: ".") && byte(token.start + 2) == UInt8(ascii: "."):
            return found(.splat, 3, "...")
        case UInt8(ascii: ".") where next == UInt8(ascii: ":") || next == UInt8(ascii: "$"):
            return found(.dot, 1, ".")
        case UInt8(ascii: ".") where next == UInt8(ascii: "-") && byte(token.start + 2) == UInt8(ascii: ">"):
            return found(.dot, 1, ".")
        default: return false
        }
    }

    private func longestASCIIOperator(_ start: Int) -> String? {
        var length = min(4, bytes.count - start)
        while length > 0 {
            let candidate = bytes[start..<start + length]
            if candidate.allSatisfy({ $0 < 0x80 }) {
                let name = String(decoding: candidate, as: UTF8.self)
                if OperatorTable.ascii[name] != nil { return name }
            }
            length -= 1
        }
        return nil
    }

    private func scanSuffix(_ token: inout Token) {
        guard token.precedence > .conditional, !["&&", "||", "<:", ">:", "-->", ".."].contains(token.symbol) else {
            return
        }
        let start = token.end
        while let (value, length) = scalar(at: token.end), OperatorTable.isSuffix(value) { token.end += length }
        if token.end > start { token.symbol += text(start, token.end) }
    }
}
