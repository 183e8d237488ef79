/// ffSampling (Falcon 1.2, algorithm 11): a lattice point near a target, Gaussian around it.
struct LatticeSampler {
    let integers: IntegerSampler

    /// Samples (z0, z1) near (t0, t1), all transformed, of degree 2^`logDegree`. `scratch` holds four times the degree.
    func sample(
        _ z0: UnsafeMutablePointer<Double>, _ z1: UnsafeMutablePointer<Double>, _ tree: UnsafePointer<Double>,
        _ t0: UnsafePointer<Double>, _ t1: UnsafePointer<Double>, _ logDegree: Int,
        scratch: UnsafeMutablePointer<Double>
    ) {
        guard logDegree > 1 else { return sampleLeaves(z0, z1, tree, t0, t1) }
        let transform = FourierTransform(logDegree: logDegree)
        let (n, half) = (transform.degree, transform.half)
        let (left, right) = (tree + n, tree + n + LatticeTree.size(logDegree - 1))
        let deeper = scratch + n
        transform.split(t1, z1, z1 + half)
        sample(scratch, scratch + half, right, z1, z1 + half, logDegree - 1, scratch: deeper)
        transform.merge(scratch, scratch + half, into: z1)
        for index in 0..<n { scratch[index] = t1[index] - z1[index] }
        transform.multiply(scratch, by: tree)
        transform.add(scratch, t0)
        transform.split(scratch, z0, z0 + half)
        sample(scratch, scratch + half, left, z0, z0 + half, logDegree - 1, scratch: deeper)
        transform.merge(scratch, scratch + half, into: z0)
    }

    /// Degree two: one complex factor, two leaves of two integers each.
    @inline(__always)
    private func sampleLeaves(
        _ z0: UnsafeMutablePointer<Double>, _ z1: UnsafeMutablePointer<Double>, _ tree: UnsafePointer<Double>,
        _ t0: UnsafePointer<Double>, _ t1: UnsafePointer<Double>
    ) {
        let (y0, y1) = (t1[0], t1[1])
        z1[0] = integers.sample(y0, tree[3])
        z1[1] = integers.sample(y1, tree[3])
        let (real, imaginary) = (y0 - z1[0], y1 - z1[1])
        let x0 = real * tree[0] - imaginary * tree[1] + t0[0]
        let x1 = real * tree[1] + imaginary * tree[0] + t0[1]
        z0[0] = integers.sample(x0, tree[2])
        z0[1] = integers.sample(x1, tree[2])
    }
}
