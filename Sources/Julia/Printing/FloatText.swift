/// Floats as Julia shows them: the fewest digits that read back as the same value, in fixed notation from 1.0e-4 up to
/// below 1.0e6, else with an exponent (Ryu's `writeshortest` as `Base.show` calls it).
package enum FloatText {
    /// The shortest digits of a finite value without sign: `0.d₁d₂… · 10^point`.
    package struct Digits: Hashable, Sendable {
        package var digits: [UInt8]
        package var point: Int
    }

    /// `show` and `print` of a `Float64`: `1.0`, `1.0e-5`, `Inf`, `NaN`.
    package static func text(_ value: Double) -> String {
        special(value) ?? layout(shortest(value.magnitude.description), value.sign == .minus, fixedMax: 6)
    }

    /// `print` of a `Float32`: as a `Float64`, with fewer digits.
    package static func text(_ value: Float) -> String {
        special(Double(value)) ?? layout(shortest(value.magnitude.description), value.sign == .minus, fixedMax: 6)
    }

    /// `show` of a `Float32`: `1.0f0`, `1.0f-5`, `Inf32`.
    package static func shown(_ value: Float) -> String {
        if let name = special(Double(value)) { return name + "32" }
        let digits = shortest(value.magnitude.description)
        let text = layout(digits, value.sign == .minus, fixedMax: 6, exponent: "f")
        return text.contains("f") ? text : text + "f0"
    }

    /// `print` of a `Float16`.
    package static func text(_ value: Float16) -> String {
        special(Double(value)) ?? layout(shortest(value.magnitude.description), value.sign == .minus, fixedMax: 3)
    }

    /// `show` of a `Float16`: `Float16(1.5)`, `Inf16`.
    package static func shown(_ value: Float16) -> String {
        special(Double(value)).map { $0 + "16" } ?? "Float16(\(text(value)))"
    }

    /// The shortest digits that read back as `value`, which is finite and not zero.
    package static func digits(of value: Double) -> Digits { shortest(value.magnitude.description) }

    private static func special(_ value: Double) -> String? {
        if value.isNaN { return "NaN" }
        guard value.isInfinite else { return nil }
        return value < 0 ? "-Inf" : "Inf"
    }

    /// Swift prints the shortest digits, and of those the nearest; only the layout differs from Julia's.
    private static func shortest(_ description: String) -> Digits {
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        for (index, byte) in description.utf8.enumerated() {
            if byte == UInt8(ascii: ".") {
                point = digits.count
            } else if byte == UInt8(ascii: "e") {
                exponent = Int(description.dropFirst(index + 1)) ?? 0
                break
            } else {
                digits.append(byte)
            }
        }
        let whole = point ?? digits.count
        let leading = digits.prefix { $0 == 48 }.count
        digits.removeFirst(leading)
        while digits.last == 48 { digits.removeLast() }
        guard !digits.isEmpty else { return Digits(digits: [48], point: 1) }
        return Digits(digits: digits, point: whole - leading + exponent)
    }

    private static func layout(
        _ value: Digits, _ isNegative: Bool, fixedMax: Int, exponent letter: String = "e"
    ) -> String {
        let digits = String(decoding: value.digits, as: UTF8.self)
        let count = value.digits.count
        let sign = isNegative ? "-" : ""
        guard value.point > -4, value.point <= fixedMax else {
            let tail = count > 1 ? String(digits.dropFirst()) : "0"
            return "\(sign)\(digits.prefix(1)).\(tail)\(letter)\(value.point - 1)"
        }
        if value.point <= 0 { return "\(sign)0." + String(repeating: "0", count: -value.point) + digits }
        if value.point >= count { return sign + digits + String(repeating: "0", count: value.point - count) + ".0" }
        return "\(sign)\(digits.prefix(value.point)).\(digits.dropFirst(value.point))"
    }
}
