extension Lexer {
    /// Reads a number literal; its value is made later from the text.
    func scanNumber(_ token: inout Token) throws(SyntaxError) {
        var index = token.start
        if bytes[index] == UInt8(ascii: "0"), scanPrefixed(&token) {
            try refuseSecondPoint(token)
            return
        }
        token.kind = .integer
        index = digitsEnd(index, Self.isDigit)
        if byte(index) == UInt8(ascii: "."), try takesPoint(index) {
            token.kind = .float
            index = digitsEnd(index + 1, Self.isDigit)
        }
        if let (end, isFloat32) = exponentEnd(index) {
            token.kind = isFloat32 ? .float32 : .float
            index = end
        }
        token.end = index
        if token.kind == .float { try refuseSecondPoint(token) }
    }

    private func refuseSecondPoint(_ token: Token) throws(SyntaxError) {
        guard byte(token.end) == UInt8(ascii: "."), Self.isDigit(byte(token.end + 1)) else { return }
        throw error("invalid number", at: token.start, hint: "a number has one decimal point")
    }

    private func digitsEnd(_ start: Int, _ isDigit: (UInt8) -> Bool) -> Int {
        var index = start
        while isDigit(byte(index)) || (byte(index) == UInt8(ascii: "_") && index > start && isDigit(byte(index + 1))) {
            index += 1
        }
        return index
    }

    /// Whether the point at `index` belongs to the number before it: not in `1..2`, and `1.+2` is ambiguous.
    private func takesPoint(_ index: Int) throws(SyntaxError) -> Bool {
        let next = byte(index + 1)
        if Self.isDigit(next) { return true }
        if next == UInt8(ascii: ".") { return false }
        let operators = Array("+-*/\\^<>=!&|%~".utf8)
        guard operators.contains(next) || scalar(at: index + 1).map({ OperatorTable.unicode[$0.value] }) ?? nil != nil
        else { return true }
        throw error(
            "ambiguous point between a number and an operator", at: index,
            hint: "write a space before a dotted operator, or a zero after the point")
    }

    private func exponentEnd(_ start: Int) -> (end: Int, isFloat32: Bool)? {
        let letter = byte(start)
        guard letter == UInt8(ascii: "e") || letter == UInt8(ascii: "E") || letter == UInt8(ascii: "f") else {
            return nil
        }
        var index = start + 1
        if byte(index) == UInt8(ascii: "+") || byte(index) == UInt8(ascii: "-") { index += 1 }
        guard Self.isDigit(byte(index)) else { return nil }
        return (digitsEnd(index, Self.isDigit), letter == UInt8(ascii: "f"))
    }

    /// `0x…`, `0b…`, `0o…`, and hexadecimal floats such as `0x1.8p3`.
    private func scanPrefixed(_ token: inout Token) -> Bool {
        let start = token.start + 2
        switch byte(token.start + 1) {
        case UInt8(ascii: "b"):
            token.kind = .binary
            token.end = digitsEnd(start) { $0 == 48 || $0 == 49 }
        case UInt8(ascii: "o"):
            token.kind = .octal
            token.end = digitsEnd(start) { $0 >= 48 && $0 <= 55 }
        case UInt8(ascii: "x"):
            token.kind = .hexadecimal
            token.end = digitsEnd(start, Self.isHexDigit)
            scanHexFloat(&token, digits: start)
        default: return false
        }
        return token.end > start
    }

    static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102)
    }

    private func scanHexFloat(_ token: inout Token, digits start: Int) {
        var index = token.end
        if byte(index) == UInt8(ascii: ".") { index = digitsEnd(index + 1, Self.isHexDigit) }
        guard index > start + 1 || token.end > start else { return }
        guard byte(index) == UInt8(ascii: "p") || byte(index) == UInt8(ascii: "P") else { return }
        index += 1
        if byte(index) == UInt8(ascii: "+") || byte(index) == UInt8(ascii: "-") { index += 1 }
        guard Self.isDigit(byte(index)) else { return }
        token.kind = .hexFloat
        token.end = digitsEnd(index, Self.isDigit)
    }
}
