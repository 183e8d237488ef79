extension Parser {
    private static let quoteByte = UInt8(ascii: "\"")

    /// `"…"` and `"""…"""` with escapes and interpolation.
    mutating func parseStringLiteral() throws(SyntaxError) -> Expression {
        let start = token.start
        let outer = try enter()
        let opening = openDelimiter()
        var parts: [StringPart] = []
        var index = opening.contentStart
        var chunkStart = index
        while !closes(index, opening) {
            guard index < lexer.bytes.count else {
                throw lexer.error("unterminated string", at: start, hint: "close it with `\(opening.text)`")
            }
            if lexer.bytes[index] == UInt8(ascii: "$") {
                parts.append(.text(chunkStart, index))
                index = try parseInterpolation(index, &parts)
                chunkStart = index
            } else {
                index += lexer.bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            }
        }
        parts.append(.text(chunkStart, index))
        try resume(at: index + opening.length, after: .quote)
        try leave(outer)
        return try assemble(parts, opening, start)
    }

    /// `$name` or `$(expression)` at `position`; returns where the text goes on.
    private mutating func parseInterpolation(_ position: Int, _ parts: inout [StringPart]) throws(SyntaxError) -> Int {
        let saved = context
        token = try lexer.token(from: position + 1)
        guard token.start == position + 1 else { throw lexer.error("nothing to interpolate after `$`", at: position) }
        switch token.kind {
        case .identifier, .keyword, .boolean:
            parts.append(.expression(.symbol(token.symbol)))
            return token.end
        case .leftParenthesis:
            context = Context(newlineIsSpace: true)
            try advance()
            let inner = try parseAssignment(comma: false)
            guard token.kind == .rightParenthesis else { throw unexpected("expected `)` of the interpolation") }
            context = saved
            parts.append(.expression(inner))
            return token.end
        default:
            throw lexer.error(
                "invalid interpolation after `$`", at: position, hint: "write `\\$` for a dollar sign")
        }
    }

    private func assemble(_ parts: [StringPart], _ opening: Delimiter, _ start: Int) throws(SyntaxError)
        -> Expression
    {
        let texts = StringDedenter.texts(parts, in: lexer.bytes, isTriple: opening.length == 3)
        var result: [Expression] = []
        for (index, part) in parts.enumerated() {
            switch part {
            case .expression(let expression): result.append(expression)
            case .text(let begin, _):
                let value = try unescaped(texts[index], at: begin)
                if !value.isEmpty { result.append(.literal(.string(value))) }
            }
        }
        if result.isEmpty { return .literal(.string([])) }
        if result.count == 1, case .literal(.string) = result[0], parts.count == 1 || parts.isEmpty {
            return result[0]
        }
        return node("string", result, at: start)
    }

    private func unescaped(_ text: [UInt8], at position: Int) throws(SyntaxError) -> [UInt8] {
        do {
            return try StringEscapes.unescape(text)
        } catch {
            throw lexer.error(error.description, at: position)
        }
    }

    // MARK: Raw strings

    struct Delimiter {
        var byte: UInt8
        var length: Int
        var contentStart: Int
        var text: String { String(repeating: Character(Unicode.Scalar(byte)), count: length) }
    }

    private func openDelimiter() -> Delimiter {
        let byte = lexer.byte(token.start)
        let triple = lexer.byte(token.start + 1) == byte && lexer.byte(token.start + 2) == byte
        let length = triple ? 3 : 1
        return Delimiter(byte: byte, length: length, contentStart: token.start + length)
    }

    private func closes(_ index: Int, _ delimiter: Delimiter) -> Bool {
        guard index < lexer.bytes.count, lexer.bytes[index] == delimiter.byte else { return false }
        return delimiter.length == 1
            || (lexer.byte(index + 1) == delimiter.byte && lexer.byte(index + 2) == delimiter.byte)
    }

    /// The bytes of a string whose escapes are not read: only `\"` stands for `"`, and backslashes before it for half
    /// as many.
    mutating func parseRawString() throws(SyntaxError) -> [UInt8] {
        let start = token.start
        let opening = openDelimiter()
        var index = opening.contentStart
        while !closes(index, opening) {
            guard index < lexer.bytes.count else {
                throw lexer.error("unterminated string", at: start, hint: "close it with `\(opening.text)`")
            }
            index += lexer.bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        let part = StringPart.text(opening.contentStart, index)
        let text = StringDedenter.texts([part], in: lexer.bytes, isTriple: opening.length == 3)[0]
        try resume(at: index + opening.length, after: .quote)
        return StringEscapes.unescapeRaw(text, delimiter: opening.byte)
    }

    /// The macro that reads `name"…"`, if `base` can name one.
    static func customLiteral(_ base: Expression, command: Bool) -> Expression? {
        let suffix = command ? "_cmd" : "_str"
        switch base {
        case .symbol(let name): return .symbol("@\(name)\(suffix)")
        case .node(var path):
            guard path.head == ".", path.arguments.count == 2, case .quoted(.symbol(let name)) = path.arguments[1]
            else {
                return nil
            }
            path.arguments[1] = .quoted(.symbol("@\(name)\(suffix)"))
            return .node(path)
        default: return nil
        }
    }

    /// `name"…"flags` from the quote on.
    mutating func parseCustomLiteral(_ name: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        var arguments = [name, line(start), .literal(.string(try parseRawString()))]
        if !token.spaceBefore, !token.newlineBefore {
            switch token.kind {
            case .identifier, .keyword, .boolean:
                arguments.append(.literal(.string(Array(token.symbol.utf8))))
                token.kind = .quote
                try advance()
            case .integer, .float:
                arguments.append(try numberLiteral(token, negative: false))
                try advance()
            default: break
            }
        }
        return node("macrocall", arguments, at: start)
    }

    // MARK: Characters

    mutating func parseCharacter() throws(SyntaxError) -> Expression {
        let start = token.start
        var index = start + 1
        guard lexer.byte(index) != UInt8(ascii: "'") || lexer.byte(index + 1) == UInt8(ascii: "'") else {
            throw lexer.error("empty character literal", at: start)
        }
        if lexer.byte(index) == UInt8(ascii: "'") { index += 1 }
        while index < lexer.bytes.count, lexer.bytes[index] != UInt8(ascii: "'"), index - start < 16 {
            index += lexer.bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard lexer.byte(index) == UInt8(ascii: "'") else {
            throw lexer.error("unterminated character literal", at: start, hint: "strings are written with `\"`")
        }
        let value = try unescaped(Array(lexer.bytes[start + 1..<index]), at: start)
        guard let character = StringEscapes.soleCharacter(value) else {
            throw lexer.error(
                "character literal holds more than one character", at: start, hint: "strings are written with `\"`")
        }
        try resume(at: index + 1, after: .quote)
        return .literal(.char(character))
    }
}
