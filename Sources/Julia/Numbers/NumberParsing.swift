/// Why a text is not a number, in the words of Julia's `parse`.
package enum NumberParsingError: Error, Hashable, Sendable, CustomStringConvertible {
    case empty
    case prematureEnd(String)
    case invalidDigit(base: Int, digit: String, text: String)
    case extraCharacters(String)
    case overflow(String)
    case notAFloat(text: String, type: String)
    case invalidBase(Int)

    package var description: String {
        switch self {
        case .empty: "input string is empty or only contains whitespace"
        case .prematureEnd(let text): "premature end of integer: \(Self.quoted(text))"
        case .invalidDigit(let base, let digit, let text):
            "invalid base \(base) digit '\(digit)' in \(Self.quoted(text))"
        case .extraCharacters(let text): "extra characters after whitespace in \(Self.quoted(text))"
        case .overflow(let text): "overflow: \(Self.quoted(text))"
        case .notAFloat(let text, let type): "cannot parse \(Self.quoted(text)) as \(type)"
        case .invalidBase(let base): "invalid base: base must be 2 ≤ base ≤ 62, got \(base)"
        }
    }

    private static func quoted(_ text: String) -> String {
        String(decoding: QuotedText.string(Array(text.utf8)), as: UTF8.self)
    }

    /// Julia throws `OverflowError` for this one, `ArgumentError` for all others.
    package var isOverflow: Bool { if case .overflow = self { true } else { false } }
}

/// `parse(T, s)` for numbers, with Julia's rules for white space, signs, prefixes and digits.
package enum NumberParsing {
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (byte >= 9 && byte <= 13) }

    private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        var slice = bytes.drop(while: isSpace)
        while let last = slice.last, isSpace(last) { slice.removeLast() }
        return slice
    }

    /// An integer of any size. Without `base`, the prefixes `0x`, `0o` and `0b` are read, else base 10 is taken.
    package static func bigInteger(_ bytes: [UInt8], base: Int? = nil) throws(NumberParsingError) -> BigInteger {
        let text = String(decoding: bytes, as: UTF8.self)
        if let base, base < 2 || base > 62 { throw .invalidBase(base) }
        var slice = trimmed(bytes)
        guard !slice.isEmpty else { throw .empty }
        var isNegative = false
        if let sign = slice.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            slice = slice.dropFirst().drop(while: isSpace)
        }
        guard !slice.isEmpty else { throw .prematureEnd(text) }
        let radix = try radix(&slice, base, text)
        try check(slice, radix, text)
        guard let value = BigInteger(String(decoding: slice, as: UTF8.self), radix: radix) else {
            throw .prematureEnd(text)
        }
        return isNegative ? -value : value
    }

    private static func radix(_ slice: inout ArraySlice<UInt8>, _ base: Int?, _ text: String)
        throws(NumberParsingError) -> Int
    {
        if let base { return base }
        guard slice.count > 1, slice.first == UInt8(ascii: "0") else { return 10 }
        let prefixes: [UInt8: Int] = [UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8, UInt8(ascii: "b"): 2]
        guard let radix = prefixes[slice[slice.startIndex + 1]] else { return 10 }
        slice = slice.dropFirst(2)
        guard !slice.isEmpty else { throw .prematureEnd(text) }
        return radix
    }

    private static func check(_ slice: ArraySlice<UInt8>, _ radix: Int, _ text: String) throws(NumberParsingError) {
        let bytes = Array(slice)
        for (index, byte) in bytes.enumerated() {
            if isSpace(byte) { throw .extraCharacters(text) }
            let value = digit(byte, radix)
            if value < radix { continue }
            let end = index + UTF8Text.decode(bytes, at: index).length
            throw .invalidDigit(base: radix, digit: String(decoding: bytes[index..<end], as: UTF8.self), text: text)
        }
    }

    private static func digit(_ byte: UInt8, _ radix: Int) -> Int {
        switch byte {
        case 48...57: Int(byte) - 48
        case 65...90: Int(byte) - 55
        case 97...122: Int(byte) - (radix > 36 ? 61 : 87)
        default: .max
        }
    }

    /// A machine integer; `overflow` when the value does not fit.
    package static func integer<Value: FixedWidthInteger>(_ bytes: [UInt8], as type: Value.Type, base: Int? = nil)
        throws(NumberParsingError) -> Value
    {
        guard let value = try bigInteger(bytes, base: base).exactly(type) else {
            throw .overflow(String(decoding: bytes, as: UTF8.self))
        }
        return value
    }

    /// A `Float64`, rounded correctly; `Inf`, `Infinity` and `NaN` in any case with a sign, and hexadecimal floats.
    package static func double(_ bytes: [UInt8], type: String = "Float64") throws(NumberParsingError) -> Double {
        guard let value = Double(try floatText(bytes, type)) else {
            throw .notAFloat(text: String(decoding: bytes, as: UTF8.self), type: type)
        }
        return value
    }

    /// A `Float32`, rounded once.
    package static func float(_ bytes: [UInt8]) throws(NumberParsingError) -> Float {
        guard let value = Float(try floatText(bytes, "Float32")) else {
            throw .notAFloat(text: String(decoding: bytes, as: UTF8.self), type: "Float32")
        }
        return value
    }

    /// The text cut to what both C and Swift read as a float; `1f3` is `1e3`.
    private static func floatText(_ bytes: [UInt8], _ type: String) throws(NumberParsingError) -> String {
        let slice = trimmed(bytes)
        let allowed = Array("0123456789+-.eEfFxXpPabcdABCDinfINFtyTYnaNA".utf8)
        var text = String(decoding: slice, as: UTF8.self)
        guard !slice.isEmpty, slice.allSatisfy(allowed.contains) else {
            throw .notAFloat(text: String(decoding: bytes, as: UTF8.self), type: type)
        }
        let lower = text.lowercased()
        if !lower.contains("x"), !lower.contains("n"), let index = lower.firstIndex(of: "f") {
            text = lower.replacingCharacter(at: index, with: "e")
        }
        return text
    }
}

extension String {
    fileprivate func replacingCharacter(at index: Index, with character: Character) -> String {
        self[..<index] + String(character) + self[self.index(after: index)...]
    }
}
