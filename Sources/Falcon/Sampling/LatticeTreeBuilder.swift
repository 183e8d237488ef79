/// The recursion that builds a Falcon tree (ffLDL, Falcon 1.2 algorithm 9).
struct LatticeTreeBuilder {
    /// 1/σ of the parameter set, which normalises the leaves.
    let inverseDeviation: Double

    /// Builds the tree of the matrix (g0, g1; g1*, g0) of degree 2^`logDegree`; `scratch` holds four times the degree.
    func build(
        _ tree: UnsafeMutablePointer<Double>, _ g0: UnsafePointer<Double>, _ g1: UnsafePointer<Double>,
        _ logDegree: Int, scratch: UnsafeMutablePointer<Double>
    ) {
        guard logDegree > 0 else {
            tree[0] = g0[0].squareRoot() * inverseDeviation
            return
        }
        let transform = FourierTransform(logDegree: logDegree)
        let n = transform.degree
        let (d11, parts, deeper) = (scratch, scratch + n, scratch + 2 * n)
        transform.decompose(g0, g1, g0, lower: tree, diagonal: d11)
        let child = LatticeTree.size(logDegree - 1)
        transform.split(d11, parts, parts + transform.half)
        build(tree + n + child, parts, parts + transform.half, logDegree - 1, scratch: deeper)
        transform.split(g0, parts, parts + transform.half)
        build(tree + n, parts, parts + transform.half, logDegree - 1, scratch: deeper)
    }
}
