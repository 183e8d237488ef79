/// UTF-8 as Julia strings hold it: any bytes, cut into characters by lead and continuation bytes.
package enum UTF8Text {
    /// The character that begins at `index`, which is inside `bytes`: its scalar value, or nil for an invalid one, and
    /// how many bytes Julia's `iterate` takes for it.
    package static func decode<Bytes: RandomAccessCollection>(_ bytes: Bytes, at index: Int)
        -> (scalar: UInt32?, length: Int) where Bytes.Element == UInt8, Bytes.Index == Int
    {
        let first = bytes[index]
        if first < 0x80 { return (UInt32(first), 1) }
        guard first >= 0xC0, first < 0xF8 else { return (nil, 1) }
        let wanted = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        var value = UInt32(first) & (0x7F >> UInt32(wanted))
        var length = 1
        while length < wanted, index + length < bytes.endIndex, bytes[index + length] & 0xC0 == 0x80 {
            value = value << 6 | UInt32(bytes[index + length] & 0x3F)
            length += 1
        }
        guard length == wanted else { return (nil, length) }
        let shortest: UInt32 = wanted == 4 ? 0x10000 : wanted == 3 ? 0x800 : 0x80
        let isScalar = value >= shortest && value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF)
        return (isScalar ? value : nil, length)
    }

    /// The start of the character that holds byte `index` (Julia's `thisind`, 0-based).
    package static func characterStart(_ bytes: [UInt8], at index: Int) -> Int {
        guard index > 0, index < bytes.count, bytes[index] & 0xC0 == 0x80 else { return index }
        for back in 1...3 where index >= back {
            let start = index - back
            if bytes[start] & 0xC0 == 0x80 { continue }
            return start + decode(bytes, at: start).length > index ? start : index
        }
        return index
    }

    /// Number of characters (Julia's `length`).
    package static func characterCount(_ bytes: [UInt8]) -> Int {
        var count = 0
        var index = 0
        while index < bytes.count {
            index += bytes[index] < 0x80 ? 1 : decode(bytes, at: index).length
            count += 1
        }
        return count
    }

    /// Whether all of `bytes` is valid UTF-8.
    package static func isValid(_ bytes: [UInt8]) -> Bool {
        var index = 0
        while index < bytes.count {
            let (scalar, length) = decode(bytes, at: index)
            if scalar == nil { return false }
            index += length
        }
        return true
    }
}
