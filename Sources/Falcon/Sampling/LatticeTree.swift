/// What signing needs of a private key, computed once: the transformed basis and the normalised Falcon tree
/// (Falcon 1.2 §3.8.3).
final class LatticeTree: Sendable {
    private let storage: SecretBuffer<Double>
    let transform: FourierTransform

    /// Expands a complete basis.
    init(_ basis: SecretBasis) {
        let parameters = basis.parameters
        let transform = FourierTransform(logDegree: parameters.logDegree)
        let n = parameters.degree
        self.transform = transform
        storage = SecretBuffer(repeating: 0, count: 4 * n + n * (parameters.logDegree + 1))
        fillBasis(basis)
        let gram = Self.gram(of: self)
        let scratch = SecretBuffer<Double>(repeating: 0, count: 4 * n)
        defer {
            extendLifetime(gram)
            extendLifetime(scratch)
        }
        let (d11, parts, deeper) = (scratch.pointer, scratch.pointer + n, scratch.pointer + 2 * n)
        transform.decompose(
            gram.pointer, gram.pointer + n, gram.pointer + 2 * n, lower: tree, diagonal: d11)
        let child = Self.size(transform.logDegree - 1)
        let builder = LatticeTreeBuilder(inverseDeviation: parameters.inverseDeviation)
        let half = n / 2
        transform.split(d11, parts, parts + half)
        builder.build(tree + n + child, parts, parts + half, transform.logDegree - 1, scratch: deeper)
        transform.split(gram.pointer, parts, parts + half)
        builder.build(tree + n, parts, parts + half, transform.logDegree - 1, scratch: deeper)
    }

    /// Values of a tree for degree 2^`logDegree`.
    static func size(_ logDegree: Int) -> Int { (logDegree + 1) << logDegree }

    /// The basis ((g, −f), (G, −F)), transformed.
    var b00: UnsafeMutablePointer<Double> { storage.pointer }
    var b01: UnsafeMutablePointer<Double> { storage.pointer + transform.degree }
    var b10: UnsafeMutablePointer<Double> { storage.pointer + 2 * transform.degree }
    var b11: UnsafeMutablePointer<Double> { storage.pointer + 3 * transform.degree }
    /// Factors and, at the leaves, inverse deviations: a node, its left subtree, its right subtree.
    var tree: UnsafeMutablePointer<Double> { storage.pointer + 4 * transform.degree }

    /// All of the expanded key's memory.
    var bytes: UnsafeMutableRawBufferPointer { storage.bytes }

    private func fillBasis(_ basis: SecretBasis) {
        for index in 0..<transform.degree {
            b00[index] = Double(basis.g[index])
            b01[index] = Double(basis.f[index])
            b10[index] = Double(basis.capitalG[index])
            b11[index] = Double(basis.capitalF[index])
        }
        for part in 0..<4 { transform.forward(storage.pointer + part * transform.degree) }
        for index in 0..<transform.degree {
            b01[index] = -b01[index]
            b11[index] = -b11[index]
        }
    }

    /// The Gram matrix B·B*: g00, g01, g11.
    private static func gram(of key: LatticeTree) -> SecretBuffer<Double> {
        let transform = key.transform
        let n = transform.degree
        let gram = SecretBuffer<Double>(repeating: 0, count: 4 * n)
        let (g00, g01, g11, term) = (
            gram.pointer, gram.pointer + n, gram.pointer + 2 * n, gram.pointer + 3 * n
        )
        g00.update(from: key.b00, count: n)
        transform.squareMagnitude(g00)
        term.update(from: key.b01, count: n)
        transform.squareMagnitude(term)
        transform.add(g00, term)
        g01.update(from: key.b00, count: n)
        transform.multiply(g01, byAdjointOf: key.b10)
        term.update(from: key.b01, count: n)
        transform.multiply(term, byAdjointOf: key.b11)
        transform.add(g01, term)
        g11.update(from: key.b10, count: n)
        transform.squareMagnitude(g11)
        term.update(from: key.b11, count: n)
        transform.squareMagnitude(term)
        transform.add(g11, term)
        extendLifetime(gram)
        return gram
    }
}
