/// Key generation (Falcon 1.2 §3.8): short f and g, then F and G.
struct KeyGenerator {
    let parameters: FalconParameters
    private let source = SecretBuffer<SHAKE256>(repeating: SHAKE256(), count: 1)

    /// (1.17)²·q, the largest squared norm of a Gram–Schmidt vector of the basis.
    private static let orthogonalNormMax = 16822.4121

    /// A generator that expands `seed` with SHAKE256.
    init(_ parameters: FalconParameters, seed: UnsafeRawBufferPointer) {
        self.parameters = parameters
        source.pointer.pointee.absorb(buffer: seed)
    }

    /// The first acceptable basis; about seven candidates are drawn for one.
    func generate() -> SecretBasis {
        let sampler = PolynomialSampler(parameters: parameters, source: source.pointer)
        while true {
            let basis = SecretBasis(parameters)
            sampler.sample(into: basis.f)
            sampler.sample(into: basis.g)
            guard isShort(basis), isWellConditioned(basis), basis.publicPolynomial() != nil else { continue }
            if NTRUSolver(basis).solve() { return basis }
        }
    }

    /// Whether f and g fit their encoding and their norm is at most 1.17·√q.
    private func isShort(_ basis: SecretBasis) -> Bool {
        let limit = 1 << (parameters.shortCoefficientBits - 1)
        var squaredNorm = 0
        for index in 0..<(2 * parameters.degree) {
            // g lies behind f.
            let value = Int(basis.f[index])
            guard abs(value) < limit else { return false }
            squaredNorm += value * value
        }
        return squaredNorm < 16823
    }

    /// Whether the second Gram–Schmidt vector (q·f*/(f·f* + g·g*), q·g*/(f·f* + g·g*)) is short enough.
    private func isWellConditioned(_ basis: SecretBasis) -> Bool {
        let transform = FourierTransform(logDegree: parameters.logDegree)
        let n = parameters.degree
        let values = SecretBuffer<Double>(repeating: 0, count: 2 * n)
        defer { extendLifetime(values) }
        let (f, g) = (values.pointer, values.pointer + n)
        for index in 0..<(2 * n) { values[index] = Double(basis.f[index]) }
        transform.forward(f)
        transform.forward(g)
        for index in 0..<transform.half {
            let (fr, fi, gr, gi) = (f[index], f[index + n / 2], g[index], g[index + n / 2])
            let inverse = 1 / ((fr * fr + fi * fi) + (gr * gr + gi * gi))
            f[index] = fr * Double(FalconParameters.modulus) * inverse
            f[index + n / 2] = -fi * Double(FalconParameters.modulus) * inverse
            g[index] = gr * Double(FalconParameters.modulus) * inverse
            g[index + n / 2] = -gi * Double(FalconParameters.modulus) * inverse
        }
        transform.inverse(f)
        transform.inverse(g)
        return values.elements.reduce(0) { $0 + $1 * $1 } < Self.orthogonalNormMax
    }
}
