/// The Fourier transform over R[x]/(xⁿ + 1) and operations on transformed polynomials.
///
/// A transformed polynomial has n/2 complex values; their real parts come first, then the imaginary parts. The
/// order of the floating-point operations is that of the reference implementation: signatures made from a seed must
/// come out equal bit by bit, and two signings of one hash must never differ by rounding.
struct FourierTransform: @unchecked Sendable {
    let logDegree: Int
    let degree: Int
    let half: Int
    let roots: UnsafePointer<Double>

    init(logDegree: Int) {
        self.logDegree = logDegree
        degree = 1 << logDegree
        half = degree >> 1
        roots = RootsOfUnity.table.pointer
    }

    /// Transforms coefficients in place.
    func forward(_ f: UnsafeMutablePointer<Double>) {
        var span = half
        var blocks = 1
        var layer = 1
        while layer < logDegree {
            let stride = span >> 1
            for block in 0..<blocks {
                let root = roots + 2 &* (2 &* blocks &+ block)
                Self.forwardBlock(f + block &* span, half, stride, root[0], root[1])
            }
            span = stride
            blocks <<= 1
            layer &+= 1
        }
    }

    @inline(__always)
    private static func forwardBlock(
        _ x: UnsafeMutablePointer<Double>, _ half: Int, _ stride: Int, _ rootReal: Double, _ rootImaginary: Double
    ) {
        let y = x + stride
        let xi = x + half
        let yi = y + half
        for index in 0..<stride {
            let real = y[index] * rootReal - yi[index] * rootImaginary
            let imaginary = y[index] * rootImaginary + yi[index] * rootReal
            let (xr, xm) = (x[index], xi[index])
            x[index] = xr + real
            xi[index] = xm + imaginary
            y[index] = xr - real
            yi[index] = xm - imaginary
        }
    }

    /// Takes a transformed polynomial back to coefficients, in place.
    func inverse(_ f: UnsafeMutablePointer<Double>) {
        guard logDegree > 0 else { return }
        var stride = 1
        var blocks = half >> 1
        while stride < half {
            for block in 0..<blocks {
                let root = roots + 2 &* (2 &* blocks &+ block)
                Self.inverseBlock(f + block &* 2 &* stride, half, stride, root[0], -root[1])
            }
            stride <<= 1
            blocks >>= 1
        }
        // A power of two, so that this step is exact.
        let scale = 1 / Double(max(half, 1))
        for index in 0..<degree { f[index] *= scale }
    }

    @inline(__always)
    private static func inverseBlock(
        _ x: UnsafeMutablePointer<Double>, _ half: Int, _ stride: Int, _ rootReal: Double, _ rootImaginary: Double
    ) {
        let y = x + stride
        let xi = x + half
        let yi = y + half
        for index in 0..<stride {
            let (xr, xm, yr, ym) = (x[index], xi[index], y[index], yi[index])
            x[index] = xr + yr
            xi[index] = xm + ym
            let real = xr - yr
            let imaginary = xm - ym
            y[index] = real * rootReal - imaginary * rootImaginary
            yi[index] = real * rootImaginary + imaginary * rootReal
        }
    }
}
