/// GF(2⁸) with the polynomial x⁸ + x⁴ + x³ + x² + 1 (0x11D), of which 2 is a generator.
enum GaloisField {
    /// What x⁸ is in this field.
    static let reduction: UInt8 = 0x1D

    private static let tables: (powers: [UInt8], logarithms: [UInt8]) = {
        var powers = [UInt8](repeating: 0, count: 510)
        var logarithms = [UInt8](repeating: 0, count: 256)
        var value: UInt8 = 1
        for exponent in 0..<255 {
            powers[exponent] = value
            powers[exponent + 255] = value
            logarithms[Int(value)] = UInt8(exponent)
            value = value << 1 ^ (value & 0x80 != 0 ? reduction : 0)
        }
        return (powers, logarithms)
    }()

    static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
        guard left != 0, right != 0 else { return 0 }
        return tables.powers[Int(tables.logarithms[Int(left)]) + Int(tables.logarithms[Int(right)])]
    }

    /// 1 / `value`, which is not zero.
    static func inverse(_ value: UInt8) -> UInt8 {
        tables.powers[255 - Int(tables.logarithms[Int(value)])]
    }
}
