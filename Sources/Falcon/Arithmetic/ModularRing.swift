/// Z_12289[x]/(xⁿ + 1) for key handling: short polynomials in, canonical residues out, no secret-dependent branches
/// except for the answer whether an inverse exists.
struct ModularRing {
    private let transform: ModularTransform

    init(_ parameters: FalconParameters) { transform = .of(parameters) }

    /// The transform of a short polynomial, residues in 0..<q.
    func transformed(_ polynomial: UnsafePointer<Int8>) -> SecretBuffer<UInt16> {
        let words = SecretBuffer<UInt16>(repeating: 0, count: transform.degree)
        for index in 0..<words.count { words[index] = ModularArithmetic.residue(Int16(polynomial[index])) }
        let scratch = SecretBuffer<UInt16>(repeating: 0, count: transform.degree)
        transform.forward(words.pointer, scratch: scratch.pointer)
        extendLifetime(scratch)
        for index in 0..<words.count { words[index] = ModularArithmetic.canonical(words[index]) }
        return words
    }

    /// The polynomial with the given transform, residues in 0..<q.
    func coefficients(_ transformed: SecretBuffer<UInt16>) -> SecretBuffer<UInt16> {
        let scale = UInt32(transform.scale)
        let words = SecretBuffer<UInt16>(repeating: 0, count: transform.degree)
        for index in 0..<words.count { words[index] = UInt16(UInt32(transformed[index]) * scale % 12289) }
        let scratch = SecretBuffer<UInt16>(repeating: 0, count: transform.degree)
        transform.inverse(words.pointer, scratch: scratch.pointer)
        extendLifetime(scratch)
        for index in 0..<words.count { words[index] = ModularArithmetic.canonical(words[index]) }
        return words
    }

    /// The product of two transforms.
    func product(_ a: SecretBuffer<UInt16>, _ b: SecretBuffer<UInt16>) -> SecretBuffer<UInt16> {
        let words = SecretBuffer<UInt16>(repeating: 0, count: a.count)
        for index in 0..<a.count { words[index] = UInt16(UInt32(a[index]) * UInt32(b[index]) % 12289) }
        return words
    }

    /// The inverse of a transform; nil if one of its values is zero. All values are inverted with one exponentiation
    /// (Montgomery's trick).
    func inverse(_ a: SecretBuffer<UInt16>) -> SecretBuffer<UInt16>? {
        let result = SecretBuffer<UInt16>(repeating: 0, count: a.count)
        var product: UInt32 = 1
        for index in 0..<a.count {
            result[index] = UInt16(product)
            product = product * UInt32(a[index]) % 12289
        }
        guard product != 0 else { return nil }
        var inverse = UInt32(ModularArithmetic.inverse(Int(product)))
        for index in (0..<a.count).reversed() {
            result[index] = UInt16(UInt32(result[index]) * inverse % 12289)
            inverse = inverse * UInt32(a[index]) % 12289
        }
        return result
    }
}
