/// Strings and characters as `show` and `repr` write them, so that they read back.
package enum QuotedText {
    /// `repr(s)`: quoted, `"`, `\` and `$` escaped, what is not printable as an escape, invalid bytes as `\x…`.
    package static func string(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8(ascii: "\"")] + escaped(bytes, also: [UInt8(ascii: "\""), UInt8(ascii: "$")]) + [UInt8(ascii: "\"")]
    }

    /// `escape_string(s, extra)`.
    package static func escaped(_ bytes: [UInt8], also extra: [UInt8] = []) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let (value, length) = decode(bytes, index)
            let next = index + length < bytes.count ? bytes[index + length] : 0
            if let value {
                appendEscaped(value, bytes[index..<index + length], next, extra, &result)
            } else {
                for byte in bytes[index..<index + length] { result += escape("x", UInt32(byte), digits: 2) }
            }
            index += length
        }
        return result
    }

    /// `show` of a character: a scalar value, or Julia's left-aligned bits for an invalid one.
    package static func character(_ value: UInt32) -> [UInt8] {
        let quote = [UInt8(ascii: "'")]
        if value == 0x27 { return quote + Array("\\'".utf8) + quote }
        if let name = controls[value] ?? (value == 0x5C ? "\\" : nil) {
            return quote + Array("\\\(name)".utf8) + quote
        }
        if value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) {
            let bytes = value > 0x10FFFF ? leftAligned(value) : StringEscapes.encoded(value)
            if value > 0x10FFFF { return quote + bytes.flatMap { escape("x", UInt32($0), digits: 2) } + quote }
            return quote + escape("u", value, digits: 4) + quote
        }
        if isPrintable(value) { return quote + StringEscapes.encoded(value) + quote }
        return quote + escape(value <= 0x7F ? "x" : value <= 0xFFFF ? "u" : "U", value, digits: 2) + quote
    }

    /// The bytes of Julia's left-aligned form of an invalid character.
    package static func leftAligned(_ value: UInt32) -> [UInt8] {
        var bytes = (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) }
        while bytes.count > 1, bytes.last == 0 { bytes.removeLast() }
        return bytes
    }

    private static let controls: [UInt32: String] = [
        0: "0", 7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 27: "e",
    ]

    private static func appendEscaped(
        _ value: UInt32, _ source: ArraySlice<UInt8>, _ next: UInt8, _ extra: [UInt8], _ result: inout [UInt8]
    ) {
        if value == 0, next >= 48, next <= 55 {
            result += escape("x", 0, digits: 2)
        } else if let name = controls[value] {
            result += Array("\\\(name)".utf8)
        } else if value == 0x5C || (value < 0x80 && extra.contains(UInt8(truncatingIfNeeded: value))) {
            result += [0x5C, UInt8(truncatingIfNeeded: value)]
        } else if isPrintable(value) {
            result += source
        } else if value <= 0x7F {
            result += escape("x", value, digits: 2)
        } else {
            let isWide = value > 0xFFFF
            let full = StringEscapes.digitValue(next) != nil
            result += escape(isWide ? "U" : "u", value, digits: full ? (isWide ? 8 : 4) : 1)
        }
    }

    private static func escape(_ letter: String, _ value: UInt32, digits: Int) -> [UInt8] {
        let text = String(value, radix: 16)
        return Array("\\\(letter)\(String(repeating: "0", count: max(0, digits - text.utf8.count)))\(text)".utf8)
    }

    /// Julia's `isprint`: letters, marks, numbers, punctuation, symbols and the space separators.
    package static func isPrintable(_ value: UInt32) -> Bool {
        if value < 0x80 { return value >= 0x20 && value < 0x7F }
        guard let scalar = Unicode.Scalar(value) else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }

    /// One character, or nil and the length of the invalid sequence as Julia's iteration cuts it.
    private static func decode(_ bytes: [UInt8], _ index: Int) -> (UInt32?, Int) { UTF8Text.decode(bytes, at: index) }
}
