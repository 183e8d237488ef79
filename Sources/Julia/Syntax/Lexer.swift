/// Cuts Julia source into tokens on demand, from any byte position; it holds no state between calls.
struct Lexer {
    let bytes: [UInt8]
    private let lineStarts: [Int]

    init(_ source: [UInt8]) {
        bytes = source
        var starts = [0]
        for index in source.indices where source[index] == UInt8(ascii: "\n") { starts.append(index + 1) }
        lineStarts = starts
    }

    /// The byte at `index`, or 0 behind the end.
    func byte(_ index: Int) -> UInt8 { index >= 0 && index < bytes.count ? bytes[index] : 0 }

    func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    func location(_ position: Int) -> SourceLocation {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= position { low = middle } else { high = middle }
        }
        return SourceLocation(line: Int32(low + 1), column: Int32(position - lineStarts[low] + 1))
    }

    func error(_ message: String, at position: Int, hint: String? = nil) -> SyntaxError {
        let place = location(position)
        let start = lineStarts[Int(place.line) - 1]
        var end = start
        while end < bytes.count, end - start < 200, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        return SyntaxError(message: message, location: place, hint: hint, sourceLine: text(start, end))
    }

    /// Decodes one scalar; nil for an invalid sequence or behind the end.
    func scalar(at index: Int) -> (value: UInt32, length: Int)? {
        let first = byte(index)
        if first < 0x80 { return index < bytes.count ? (UInt32(first), 1) : nil }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first < 0xF5, index + length <= bytes.count else { return nil }
        var value = UInt32(first) & (0xFF >> (UInt32(length) + 1))
        for offset in 1..<length {
            let next = bytes[index + offset]
            guard next & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(next & 0x3F)
        }
        let shortest: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
        guard value >= shortest, value < 0xD800 || value > 0xDFFF, value <= 0x10FFFF else { return nil }
        return (value, length)
    }

    /// The token that starts at or after `position`.
    func token(from position: Int) throws(SyntaxError) -> Token {
        var token = Token(kind: .endOfFile, start: position, end: position)
        try skipTrivia(&token)
        token.end = token.start
        guard token.start < bytes.count else { return token }
        let first = bytes[token.start]
        if Self.isDigit(first) || (first == UInt8(ascii: ".") && Self.isDigit(byte(token.start + 1))) {
            try scanNumber(&token)
        } else if let kind = Self.punctuation[first] {
            token.kind = kind
            token.end = token.start + 1
        } else if let (value, length) = scalar(at: token.start), Self.startsIdentifier(value) {
            scanIdentifier(&token, length)
        } else {
            try scanOperator(&token)
        }
        return token
    }

    private static let punctuation: [UInt8: TokenKind] = [
        UInt8(ascii: "("): .leftParenthesis, UInt8(ascii: ")"): .rightParenthesis,
        UInt8(ascii: "["): .leftBracket, UInt8(ascii: "]"): .rightBracket,
        UInt8(ascii: "{"): .leftBrace, UInt8(ascii: "}"): .rightBrace,
        UInt8(ascii: ","): .comma, UInt8(ascii: ";"): .semicolon, UInt8(ascii: "@"): .at,
        UInt8(ascii: "?"): .question, UInt8(ascii: "\""): .quote, UInt8(ascii: "`"): .backtick,
        UInt8(ascii: "'"): .prime,
    ]

    static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private func skipTrivia(_ token: inout Token) throws(SyntaxError) {
        while token.start < bytes.count {
            switch bytes[token.start] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): token.start += 1
            case UInt8(ascii: "\n"):
                token.newlineBefore = true
                token.start += 1
            case UInt8(ascii: "#"): token.start = try endOfComment(token.start)
            case 0xC2 where byte(token.start + 1) == 0xA0: token.start += 2
            case 0xEF where token.start == 0 && byte(1) == 0xBB && byte(2) == 0xBF: token.start += 3
            default: return
            }
            token.spaceBefore = true
        }
    }

    private func endOfComment(_ start: Int) throws(SyntaxError) -> Int {
        var index = start + 1
        guard byte(index) == UInt8(ascii: "=") else {
            while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
            return index
        }
        index += 1
        var depth = 1
        while index < bytes.count, depth > 0 {
            if bytes[index] == UInt8(ascii: "#"), byte(index + 1) == UInt8(ascii: "=") {
                depth += 1
                index += 2
            } else if bytes[index] == UInt8(ascii: "="), byte(index + 1) == UInt8(ascii: "#") {
                depth -= 1
                index += 2
            } else {
                index += 1
            }
        }
        guard depth == 0 else { throw error("unterminated multi-line comment", at: start, hint: "close it with `=#`") }
        return index
    }
}
