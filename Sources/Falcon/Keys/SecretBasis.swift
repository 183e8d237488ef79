/// The private polynomials f, g, F and G with f·G − g·F = q.
final class SecretBasis: Sendable {
    let parameters: FalconParameters
    private let storage: SecretBuffer<Int8>

    /// A basis of zeros, to be filled in.
    init(_ parameters: FalconParameters) {
        self.parameters = parameters
        storage = SecretBuffer(repeating: 0, count: 4 * parameters.degree)
    }

    var f: UnsafeMutablePointer<Int8> { storage.pointer }
    var g: UnsafeMutablePointer<Int8> { storage.pointer + parameters.degree }
    var capitalF: UnsafeMutablePointer<Int8> { storage.pointer + 2 * parameters.degree }
    var capitalG: UnsafeMutablePointer<Int8> { storage.pointer + 3 * parameters.degree }

    /// Computes G = g·F/f mod q and checks that the basis solves the NTRU equation over the integers.
    func complete() throws(FalconError) {
        let ring = ModularRing(parameters)
        guard let inverse = ring.inverse(ring.transformed(f)) else { throw .privateKeyNotInvertible }
        let product = ring.product(ring.product(ring.transformed(g), ring.transformed(capitalF)), inverse)
        let solution = ring.coefficients(product)
        var excess: Int16 = 0
        for index in 0..<parameters.degree {
            let coefficient = ModularArithmetic.centered(solution[index])
            excess |= (127 &- coefficient) | (127 &+ coefficient)
            capitalG[index] = Int8(truncatingIfNeeded: coefficient)
        }
        guard excess >= 0, satisfiesEquation() else { throw .privateKeyInconsistent }
    }

    /// h = g/f mod q, coefficients 0..<q; nil if f is not invertible.
    func publicPolynomial() -> SecretBuffer<UInt16>? {
        let ring = ModularRing(parameters)
        guard let inverse = ring.inverse(ring.transformed(f)) else { return nil }
        return ring.coefficients(ring.product(ring.transformed(g), inverse))
    }

    /// Whether f·G − g·F = q. The coefficients stay below 2²³, so a Fourier transform of Doubles yields them
    /// exactly after rounding.
    func satisfiesEquation() -> Bool {
        let transform = FourierTransform(logDegree: parameters.logDegree)
        let n = parameters.degree
        let values = SecretBuffer<Double>(repeating: 0, count: 4 * n)
        defer { extendLifetime(values) }
        for index in 0..<(4 * n) { values[index] = Double(storage[index]) }
        let (fullF, fullG) = (values.pointer + 2 * n, values.pointer + 3 * n)
        for part in 0..<4 { transform.forward(values.pointer + part * n) }
        transform.multiply(fullG, by: values.pointer)
        transform.multiply(fullF, by: values.pointer + n)
        transform.subtract(fullG, fullF)
        transform.inverse(fullG)
        var difference = ConstantTime.rounded(fullG[0]) ^ Int64(FalconParameters.modulus)
        for index in 1..<n { difference |= ConstantTime.rounded(fullG[index]) }
        return difference == 0
    }
}
