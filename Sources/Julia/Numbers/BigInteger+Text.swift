extension BigInteger: CustomStringConvertible {
    private static let lowerDigits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
    /// GMP's digits above base 36: upper case first.
    private static let mixedDigits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// Digits with an optional sign, nothing else; nil for any other text. Letters stand for 10 and up, either case up
    /// to base 36.
    package init?(_ text: String, radix: Int = 10) {
        var bytes = Array(text.utf8)[...]
        var isNegative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            bytes = bytes.dropFirst()
        }
        guard !bytes.isEmpty, radix >= 2, radix <= 62 else { return nil }
        let (chunkDigits, _) = Self.chunk(radix)
        var limbs: [UInt64] = []
        while !bytes.isEmpty {
            var value: UInt64 = 0
            var scale: UInt64 = 1
            for byte in bytes.prefix(chunkDigits) {
                guard let digit = Self.digit(byte, radix) else { return nil }
                value = value &* UInt64(radix) &+ UInt64(digit)
                scale = scale &* UInt64(radix)
            }
            Self.multiplyAdd(&limbs, scale, value)
            bytes = bytes.dropFirst(chunkDigits)
        }
        self.init(magnitude: limbs, isNegative: isNegative)
    }

    private static func digit(_ byte: UInt8, _ radix: Int) -> Int? {
        let value: Int
        switch byte {
        case 48...57: value = Int(byte) - 48
        case 65...90: value = Int(byte) - 65 + 10
        case 97...122: value = Int(byte) - 97 + (radix > 36 ? 36 : 10)
        default: return nil
        }
        return value < radix ? value : nil
    }

    private static func multiplyAdd(_ limbs: inout [UInt64], _ factor: UInt64, _ addend: UInt64) {
        var carry = addend
        for index in limbs.indices {
            let (high, low) = limbs[index].multipliedFullWidth(by: factor)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            limbs[index] = sum
            carry = high &+ (overflow ? 1 : 0)
        }
        if carry > 0 { limbs.append(carry) }
    }

    /// How many digits fit in a limb, and the base to that power.
    private static func chunk(_ radix: Int) -> (digits: Int, scale: UInt64) {
        var (digits, scale) = (0, UInt64(1))
        while true {
            let (next, overflow) = scale.multipliedReportingOverflow(by: UInt64(radix))
            if overflow { return (digits, scale) }
            (digits, scale) = (digits + 1, next)
        }
    }

    package var description: String { text(radix: 10) }

    /// Digits in a base from 2 to 62, with `-` before a negative number; another base gives base 10.
    package func text(radix: Int) -> String {
        guard !isZero else { return "0" }
        let base = radix >= 2 && radix <= 62 ? radix : 10
        let (digits, scale) = Self.chunk(base)
        let symbols = base <= 36 ? Self.lowerDigits : Self.mixedDigits
        var limbs = magnitude
        var reversed: [UInt8] = []
        while !limbs.isEmpty {
            var part = Limbs.divide(&limbs, by: scale)
            while limbs.last == 0 { limbs.removeLast() }
            for _ in 0..<digits where part > 0 || !limbs.isEmpty {
                reversed.append(symbols[Int(part % UInt64(base))])
                part /= UInt64(base)
            }
        }
        if isNegative { reversed.append(UInt8(ascii: "-")) }
        return String(decoding: reversed.reversed(), as: UTF8.self)
    }
}
