/// The 2048-th roots of unity e^{iπj/1024}, correctly rounded, j in bit-reversed order as the transform uses them.
struct RootsOfUnity: @unchecked Sendable {
    /// The one table, never freed.
    static let table = RootsOfUnity()

    /// Real and imaginary parts: e^{iπ·rev(k)/1024} at 2k and 2k + 1, k in 1..<1024.
    let pointer: UnsafePointer<Double>

    private init() {
        let roots = Self.roots()
        let values = UnsafeMutablePointer<Double>.allocate(capacity: 2048)
        for index in 0..<1024 {
            let reversed = (0..<10).reduce(0) { $0 << 1 | (index >> $1) & 1 }
            values[2 * index] = roots[reversed].real.high
            values[2 * index + 1] = roots[reversed].imaginary.high
        }
        pointer = UnsafePointer(values)
    }

    private struct Root {
        let real: DoubleDouble
        let imaginary: DoubleDouble

        static func * (a: Root, b: Root) -> Root {
            Root(
                real: a.real * b.real + -(a.imaginary * b.imaginary),
                imaginary: a.real * b.imaginary + a.imaginary * b.real)
        }
    }

    /// e^{iπj/1024} for j in 0..<1024: half-angle formulas from i, then products.
    private static func roots() -> [Root] {
        let half = DoubleDouble(0.5)
        let one = DoubleDouble(1)
        var roots = [Root](repeating: Root(real: one, imaginary: DoubleDouble(0)), count: 1024)
        var power = 512
        roots[power] = Root(real: DoubleDouble(0), imaginary: one)
        while power > 1 {
            let whole = roots[power]
            let cosine = ((one + whole.real) * half).squareRoot
            power /= 2
            roots[power] = Root(real: cosine, imaginary: whole.imaginary * half / cosine)
        }
        for index in 3..<1024 where index & (index - 1) != 0 {
            let lowest = index & -index
            roots[index] = roots[index - lowest] * roots[lowest]
        }
        return roots
    }
}
