extension FourierTransform {
    /// a + b into a.
    @inline(__always)
    func add(_ a: UnsafeMutablePointer<Double>, _ b: UnsafePointer<Double>) {
        for index in 0..<degree { a[index] += b[index] }
    }

    /// a − b into a.
    @inline(__always)
    func subtract(_ a: UnsafeMutablePointer<Double>, _ b: UnsafePointer<Double>) {
        for index in 0..<degree { a[index] -= b[index] }
    }

    /// a·c into a, for a constant c.
    @inline(__always)
    func scale(_ a: UnsafeMutablePointer<Double>, by constant: Double) {
        for index in 0..<degree { a[index] *= constant }
    }

    /// a·b into a.
    @inline(__always)
    func multiply(_ a: UnsafeMutablePointer<Double>, by b: UnsafePointer<Double>) {
        let (ai, bi) = (a + half, b + half)
        for index in 0..<half {
            let (x, y, u, v) = (a[index], ai[index], b[index], bi[index])
            a[index] = x * u - y * v
            ai[index] = x * v + y * u
        }
    }

    /// a·b* into a, where b* is the adjoint (complex conjugate values).
    @inline(__always)
    func multiply(_ a: UnsafeMutablePointer<Double>, byAdjointOf b: UnsafePointer<Double>) {
        let (ai, bi) = (a + half, b + half)
        for index in 0..<half {
            let (x, y, u, v) = (a[index], ai[index], b[index], -bi[index])
            a[index] = x * u - y * v
            ai[index] = x * v + y * u
        }
    }

    /// a·a* into a.
    @inline(__always)
    func squareMagnitude(_ a: UnsafeMutablePointer<Double>) {
        let ai = a + half
        for index in 0..<half {
            a[index] = a[index] * a[index] + ai[index] * ai[index]
            ai[index] = 0
        }
    }

    /// One step of the LDL* decomposition of the self-adjoint matrix (g00, g01; g01*, g11): the factor
    /// l10 = (g01/g00)* and the lower diagonal element g11 − g01·g01*/g00.
    @inline(__always)
    func decompose(
        _ g00: UnsafePointer<Double>, _ g01: UnsafePointer<Double>, _ g11: UnsafePointer<Double>,
        lower l10: UnsafeMutablePointer<Double>, diagonal d11: UnsafeMutablePointer<Double>
    ) {
        for index in 0..<half {
            let (ar, ai) = (g00[index], g00[index &+ half])
            let (br, bi) = (g01[index], g01[index &+ half])
            let (cr, ci) = (g11[index], g11[index &+ half])
            let inverse = 1.0 / (ar * ar + ai * ai)
            let ur = ar * inverse
            let ui = -ai * inverse
            let mr = br * ur - bi * ui
            let mi = br * ui + bi * ur
            l10[index] = mr
            l10[index &+ half] = -mi
            d11[index] = cr - (mr * br - mi * -bi)
            d11[index &+ half] = ci - (mr * -bi + mi * br)
        }
    }

    /// Splits f = f0(x²) + x·f1(x²), everything transformed. The parts have half the degree and must not overlap f.
    @inline(__always)
    func split(
        _ f: UnsafePointer<Double>, _ even: UnsafeMutablePointer<Double>, _ odd: UnsafeMutablePointer<Double>
    ) {
        let quarter = half >> 1
        guard quarter > 0 else {
            even[0] = f[0]
            odd[0] = f[1]
            return
        }
        let fi = f + half
        let table = roots + 2 &* half
        for index in 0..<quarter {
            let (ar, ai) = (f[2 &* index], fi[2 &* index])
            let (br, bi) = (f[2 &* index &+ 1], fi[2 &* index &+ 1])
            let (sr, si) = (table[2 &* index], -table[2 &* index &+ 1])
            even[index] = (ar + br) * 0.5
            even[index &+ quarter] = (ai + bi) * 0.5
            let (dr, di) = (ar - br, ai - bi)
            odd[index] = (dr * sr - di * si) * 0.5
            odd[index &+ quarter] = (dr * si + di * sr) * 0.5
        }
    }

    /// The inverse of `split`. The parts must not overlap f.
    @inline(__always)
    func merge(
        _ even: UnsafePointer<Double>, _ odd: UnsafePointer<Double>, into f: UnsafeMutablePointer<Double>
    ) {
        let quarter = half >> 1
        guard quarter > 0 else {
            f[0] = even[0]
            f[1] = odd[0]
            return
        }
        let fi = f + half
        let table = roots + 2 &* half
        for index in 0..<quarter {
            let (ar, ai) = (even[index], even[index &+ quarter])
            let (br, bi) = (odd[index], odd[index &+ quarter])
            let (sr, si) = (table[2 &* index], table[2 &* index &+ 1])
            let (cr, ci) = (br * sr - bi * si, br * si + bi * sr)
            f[2 &* index] = ar + cr
            fi[2 &* index] = ai + ci
            f[2 &* index &+ 1] = ar - cr
            fi[2 &* index &+ 1] = ai - ci
        }
    }
}
