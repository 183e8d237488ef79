/// The recursion that builds a Falcon tree (ffLDL, Falcon 1.2 algorithm 9).
struct LatticeTreeBuilder {
    /// 1/σ of the parameter set, which normalises the leaves.
    let inverseDeviation: Double

    /// Builds the tree of the matrix (g0, g1; g1*, g0) of degree 2^`logDegree`. g0 and g1 are used up.
    func build(
        _ tree: UnsafeMutablePointer<Double>, _ g0: UnsafeMutablePointer<Double>, _ g1: UnsafeMutablePointer<Double>,
        _ logDegree: Int
    ) {
        guard logDegree > 0 else {
            tree[0] = g0[0].squareRoot() * inverseDeviation
            return
        }
        let transform = FourierTransform(logDegree: logDegree)
        let n = transform.degree
        let scratch = SecretBuffer<Double>(repeating: 0, count: 2 * n)
        defer { extendLifetime(scratch) }
        let (d11, parts) = (scratch.pointer, scratch.pointer + n)
        transform.decompose(g0, g1, g0, lower: tree, diagonal: d11)
        let child = LatticeTree.size(logDegree - 1)
        transform.split(d11, parts, parts + transform.half)
        build(tree + n + child, parts, parts + transform.half, logDegree - 1)
        transform.split(g0, parts, parts + transform.half)
        build(tree + n, parts, parts + transform.half, logDegree - 1)
    }
}
