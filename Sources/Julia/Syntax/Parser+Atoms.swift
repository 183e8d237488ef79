extension Parser {
    /// A name, literal, quoted symbol, parenthesis, array, string or an operator as a name.
    mutating func parseAtom() throws(SyntaxError) -> Expression {
        switch kind {
        case .identifier: return try parseName()
        case .boolean, .integer, .binary, .octal, .hexadecimal, .float, .float32, .hexFloat:
            return try parseLiteral()
        case .quote: return try parseStringLiteral()
        case .backtick: return try parseCommand()
        case .prime: return try parseCharacter()
        case .leftParenthesis: return try parseParenthesis()
        case .leftBracket: return try parseBrackets()
        case .leftBrace: return try parseBraces()
        case .at: return try parseMacroCall(nil, token.start)
        case .colon: return try parseQuote()
        case .dollar: return try parseInterpolated()
        case .op, .doubleColon, .arrow, .splat, .dot: return try parseOperatorName()
        case .keyword: return try parseKeywordAtom()
        default: throw unexpected("expected an expression")
        }
    }

    private mutating func parseLiteral() throws(SyntaxError) -> Expression {
        let literal =
            try token.kind == .boolean
            ? .literal(.bool(token.symbol == "true")) : numberLiteral(token, negative: false)
        try advance()
        return literal
    }

    private mutating func parseCommand() throws(SyntaxError) -> Expression {
        let start = token.start
        let raw = try parseRawString()
        return node("macrocall", [Self.coreName("@cmd"), line(start), .literal(.string(raw))], at: start)
    }

    private mutating func parseBrackets() throws(SyntaxError) -> Expression {
        let start = token.start
        let array = try parseArray(endIsSymbol: false, keywords: false)
        return node(array.head, array.arguments, at: start)
    }

    /// `$x`, `$(x)`.
    private mutating func parseInterpolated() throws(SyntaxError) -> Expression {
        let outer = try enter()
        let start = token.start
        try advance()
        let inner = try parseAtom()
        try leave(outer)
        return node("$", [inner], at: start)
    }

    /// `Core.name` as the parser writes names that a program cannot shadow.
    static func coreName(_ name: String) -> Expression {
        .node(Expression.Node(".", [.symbol("Core"), .quoted(.symbol(name))]))
    }

    private mutating func parseName() throws(SyntaxError) -> Expression {
        let name = token.symbol
        if name == "var", lexer.byte(token.end) == UInt8(ascii: "\"") {
            try advance()
            let raw = try parseRawString()
            return .symbol(String(decoding: raw, as: UTF8.self))
        }
        try advance()
        return .symbol(name)
    }

    private mutating func parseKeywordAtom() throws(SyntaxError) -> Expression {
        let name = token.symbol
        if context.endIsSymbol, name == "end" || name == "begin" {
            token.kind = .identifier
            try advance()
            return .symbol(name)
        }
        guard startsBlockForm else { throw unexpected() }
        return try parseBlockForm()
    }

    /// An operator where a value is expected is its name: `(+)`, `map(-, xs)`, `+` in a signature.
    private mutating func parseOperatorName() throws(SyntaxError) -> Expression {
        let op = token
        let isSyntax = op.kind != .op || op.precedence == .assignment && op.symbol != "~"
        let next = try second()
        if isSyntax, next.kind != .rightParenthesis || previous.kind != .leftParenthesis {
            throw unexpected("expected an expression")
        }
        token.kind = .identifier
        try advance()
        if op.dotted, op.precedence != .assignment, !(kind == .leftParenthesis && !token.spaceBefore) {
            return node(".", [.symbol(op.symbol)], at: op.start)
        }
        return .symbol(op.kind == .dot ? "." : op.operatorName)
    }

    private mutating func parseParenthesis() throws(SyntaxError) -> Expression {
        let outer = try enter()
        let list = try parseDelimited()
        try leave(outer)
        return parenthesised(list)
    }

    private mutating func parseBraces() throws(SyntaxError) -> Expression {
        let start = token.start
        let array = try parseArray(endIsSymbol: false, keywords: false)
        switch array.head {
        case "vect": return node("braces", array.arguments, at: start)
        case "hcat": return node("bracescat", [node("row", array.arguments, at: start)], at: start)
        default: return node("bracescat", array.arguments, at: start)
        }
    }

    // MARK: Quoting

    /// `:name`, `:(…)`, `:+`; or `:` alone as in `a[:]`.
    private mutating func parseQuote() throws(SyntaxError) -> Expression {
        let start = token.start
        let next = try second()
        let spaced = next.spaceBefore || next.newlineBefore
        let closes = isClosing(next) && (next.kind != .keyword || spaced)
        if closes || next.newlineBefore || next.isOperator("=") && spaced {
            token.kind = .identifier
            try advance()
            return .symbol(":")
        }
        try advance()
        guard !spaced else { throw error("white space after the `:` of a quoted expression") }
        let outer = try enter()
        let inner = try parseQuotable()
        try leave(outer)
        guard case .node = inner else { return .quoted(inner) }
        return node("quote", [inner], at: start)
    }

    /// What may stand behind a quoting `:`: an atom, any keyword or any operator.
    mutating func parseQuotable() throws(SyntaxError) -> Expression {
        switch token.kind {
        case .keyword where token.symbol != "end" || !isClosing(token) || previous.kind == .colon:
            let name = token.symbol
            token.kind = .identifier
            try advance()
            return .symbol(name)
        case .op, .doubleColon, .arrow, .splat:
            let name = token.operatorName
            token.kind = .identifier
            try advance()
            return .symbol(name)
        default: return try parseAtom()
        }
    }

    // MARK: Numbers

    func numberLiteral(_ token: Token, negative: Bool) throws(SyntaxError) -> Expression {
        let digits = lexer.text(token.start, token.end).filter { $0 != "_" }
        let sign = negative ? "-" : ""
        switch token.kind {
        case .float:
            guard let value = Double(sign + digits) else { break }
            guard value.isFinite else { throw lexer.error("number too large for Float64", at: token.start) }
            return .literal(.float64(value))
        case .float32:
            let text = String(digits.map { $0 == "f" ? "e" : $0 })
            guard let value = Float(sign + text) else { break }
            guard value.isFinite else { throw lexer.error("number too large for Float32", at: token.start) }
            return .literal(.float32(value))
        case .hexFloat:
            guard let value = Double(digits) else { break }
            return .literal(.float64(value))
        case .integer: return .literal(Self.decimal(sign + digits))
        default:
            guard let value = Self.unsigned(String(digits.dropFirst(2)), token.kind) else { break }
            return .literal(value)
        }
        throw lexer.error("invalid number", at: token.start)
    }

    private static func decimal(_ digits: String) -> Literal {
        if let value = Int64(digits) { return .int64(value) }
        if let value = Int128(digits) { return .int128(value) }
        let isNegative = digits.hasPrefix("-")
        let magnitude = digits.drop { $0 == "-" || $0 == "0" }
        return .bigInt((isNegative ? "-" : "") + magnitude)
    }

    /// The smallest unsigned type that holds as many digits as were written.
    private static func unsigned(_ digits: String, _ kind: TokenKind) -> Literal? {
        let (radix, bitsPerDigit) = kind == .hexadecimal ? (16, 4) : kind == .octal ? (8, 3) : (2, 1)
        var bits = digits.utf8.count * bitsPerDigit
        guard bits <= 130, let value = UInt128(digits, radix: radix) else {
            return BigInteger(digits, radix: radix).map { .bigInt($0.description) }
        }
        if kind == .octal {
            // The first octal digit fills only part of three bits.
            let significant = UInt128.bitWidth - value.leadingZeroBitCount
            let wide = [8, 16, 32, 64, 128].first { bits - 2 <= $0 && significant <= $0 } ?? 128
            bits = wide
        }
        switch bits {
        case ...8: return .uint8(UInt8(truncatingIfNeeded: value))
        case ...16: return .uint16(UInt16(truncatingIfNeeded: value))
        case ...32: return .uint32(UInt32(truncatingIfNeeded: value))
        case ...64: return .uint64(UInt64(truncatingIfNeeded: value))
        default: return .uint128(value)
        }
    }
}
