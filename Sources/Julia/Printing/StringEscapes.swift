/// Reading the escapes of Julia's string and character literals (Julia manual, "Characters", "Raw String Literals").
package enum StringEscapes {
    /// Why an escape could not be read.
    package struct EscapeError: Error, Hashable, CustomStringConvertible {
        package var description: String
    }

    /// Replaces escapes by what they stand for; `\` before a newline joins lines and drops the indentation.
    package static func unescape(_ text: [UInt8]) throws(EscapeError) -> [UInt8] {
        guard text.contains(UInt8(ascii: "\\")) else { return text }
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\") else {
                result.append(text[index])
                index += 1
                continue
            }
            guard index + 1 < text.count else { throw EscapeError(description: "backslash at the end of a string") }
            index += 1
            try unescapeOne(text, &index, &result)
        }
        return result
    }

    private static let simple: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13, UInt8(ascii: "a"): 7,
        UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "v"): 11, UInt8(ascii: "e"): 27,
        UInt8(ascii: "\\"): 92, UInt8(ascii: "\""): 34, UInt8(ascii: "'"): 39, UInt8(ascii: "$"): 36,
        UInt8(ascii: "`"): 96,
    ]

    private static func unescapeOne(_ text: [UInt8], _ index: inout Int, _ result: inout [UInt8])
        throws(EscapeError)
    {
        let letter = text[index]
        index += 1
        if let byte = simple[letter] {
            result.append(byte)
            return
        }
        switch letter {
        case UInt8(ascii: "\n"):
            while index < text.count, text[index] == 32 || text[index] == 9 { index += 1 }
        case UInt8(ascii: "x"):
            result.append(UInt8(truncatingIfNeeded: try number(text, &index, radix: 16, digitsMax: 2, escape: "\\x")))
        case UInt8(ascii: "u"):
            try append(try number(text, &index, radix: 16, digitsMax: 4, escape: "\\u"), to: &result)
        case UInt8(ascii: "U"):
            try append(try number(text, &index, radix: 16, digitsMax: 8, escape: "\\U"), to: &result)
        case 48...55:
            index -= 1
            let value = try number(text, &index, radix: 8, digitsMax: 3, escape: "\\")
            guard value <= 255 else { throw EscapeError(description: "octal escape sequence out of range") }
            result.append(UInt8(value))
        default:
            throw EscapeError(description: "invalid escape sequence `\\\(Unicode.Scalar(letter))`")
        }
    }

    private static func number(
        _ text: [UInt8], _ index: inout Int, radix: UInt32, digitsMax: Int, escape: String
    ) throws(EscapeError) -> UInt32 {
        var value: UInt32 = 0
        var digits = 0
        while digits < digitsMax, index < text.count, let digit = digitValue(text[index]), digit < radix {
            value = value &* radix &+ digit
            digits += 1
            index += 1
        }
        guard digits > 0 else { throw EscapeError(description: "no digits after `\(escape)`") }
        return value
    }

    static func digitValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 48...57: UInt32(byte) - 48
        case 65...70: UInt32(byte) - 55
        case 97...102: UInt32(byte) - 87
        default: nil
        }
    }

    private static func append(_ value: UInt32, to result: inout [UInt8]) throws(EscapeError) {
        guard value <= 0x10FFFF else { throw EscapeError(description: "no Unicode character has this number") }
        result.append(contentsOf: encoded(value))
    }

    /// UTF-8 of a code point; surrogates too, as Julia allows.
    package static func encoded(_ value: UInt32) -> [UInt8] {
        func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: (value >> shift) & 0x3F | 0x80) }
        if value < 0x80 { return [UInt8(truncatingIfNeeded: value)] }
        if value < 0x800 { return [UInt8(truncatingIfNeeded: value >> 6 | 0xC0), tail(0)] }
        if value < 0x10000 { return [UInt8(truncatingIfNeeded: value >> 12 | 0xE0), tail(6), tail(0)] }
        return [UInt8(truncatingIfNeeded: value >> 18 | 0xF0), tail(12), tail(6), tail(0)]
    }

    /// Raw strings: an even number of backslashes before the delimiter or the end is halved, `\"` is `"`.
    package static func unescapeRaw(_ text: [UInt8], delimiter: UInt8) -> [UInt8] {
        guard text.contains(UInt8(ascii: "\\")) else { return text }
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\") else {
                result.append(text[index])
                index += 1
                continue
            }
            var end = index
            while end < text.count, text[end] == UInt8(ascii: "\\") { end += 1 }
            let count = end - index
            let halves = end == text.count || text[end] == delimiter
            result.append(contentsOf: repeatElement(UInt8(ascii: "\\"), count: halves ? count / 2 : count))
            index = end
        }
        return result
    }

    /// The one character that `bytes` are: its code point, or for invalid UTF-8 Julia's left-aligned bits.
    package static func soleCharacter(_ bytes: [UInt8]) -> UInt32? {
        guard let first = bytes.first, bytes.count <= 4 else { return nil }
        if bytes.count == 1, first < 0x80 { return UInt32(first) }
        let text = String(decoding: bytes, as: UTF8.self).unicodeScalars
        if text.count == 1, let scalar = text.first, Array(String(scalar).utf8) == bytes { return scalar.value }
        guard bytes.count == 1 || first >= 0xC0, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return nil }
        var value: UInt32 = 0
        for offset in 0..<4 { value = value << 8 | UInt32(offset < bytes.count ? bytes[offset] : 0) }
        return value
    }
}
