/// What makes a basis good enough to sign with: its Gram–Schmidt vectors are at most 1.17·√q long (Falcon 1.2 §3.8.2).
extension SecretBasis {
    /// (1.17)²·q.
    private static let squaredNormMax = 16822.4121

    /// Whether f and g fit their encoding and (g, −f) is short enough.
    var isShort: Bool {
        let limit = 1 << (parameters.shortCoefficientBits - 1)
        var squaredNorm = 0
        for index in 0..<(2 * parameters.degree) {
            // g lies behind f.
            let value = Int(f[index])
            guard abs(value) < limit else { return false }
            squaredNorm += value * value
        }
        return Double(squaredNorm) <= Self.squaredNormMax
    }

    /// Whether the second Gram–Schmidt vector (q·f*/(f·f* + g·g*), q·g*/(f·f* + g·g*)) is short enough.
    var isWellConditioned: Bool {
        let transform = FourierTransform(logDegree: parameters.logDegree)
        let n = parameters.degree
        let values = SecretBuffer<Double>(repeating: 0, count: 2 * n)
        defer { extendLifetime(values) }
        let (first, second) = (values.pointer, values.pointer + n)
        for index in 0..<(2 * n) { values[index] = Double(f[index]) }
        transform.forward(first)
        transform.forward(second)
        for index in 0..<transform.half {
            let other = index + transform.half
            let (fr, fi, gr, gi) = (first[index], first[other], second[index], second[other])
            let factor = Double(FalconParameters.modulus) / ((fr * fr + fi * fi) + (gr * gr + gi * gi))
            first[index] = fr * factor
            first[other] = -fi * factor
            second[index] = gr * factor
            second[other] = -gi * factor
        }
        transform.inverse(first)
        transform.inverse(second)
        // False for a NaN, which appears if f and g have a common root.
        return values.elements.reduce(0) { $0 + $1 * $1 } < Self.squaredNormMax
    }
}
