/// The number-theoretic transform over Z_12289[x]/(xⁿ + 1).
///
/// Coefficients are 16-bit words below 4q; products use Shoup's precomputed quotients and Harvey's lazy
/// butterflies, so that every step is a plain loop over 16-bit words which the optimiser vectorises.
/// The polynomial is a matrix of 32 columns: layers with a stride of 32 or more run along the rows, then
/// the matrix is transposed and the other five layers run along its (now long) rows. Transformed
/// polynomials stay transposed, which pointwise products do not notice.
final class ModularTransform: Sendable {
    /// The transform of degree 512.
    static let degree512 = ModularTransform(logDegree: 9)
    /// The transform of degree 1024.
    static let degree1024 = ModularTransform(logDegree: 10)

    /// The transform for a parameter set.
    static func of(_ parameters: FalconParameters) -> ModularTransform {
        parameters.logDegree == 9 ? degree512 : degree1024
    }

    /// The modulus.
    static let q: UInt16 = 12289

    let logDegree: Int
    let degree: Int
    private let rows: Int
    private let forwardTwiddles: TwiddleTable
    private let inverseTwiddles: TwiddleTable

    private init(logDegree: Int) {
        self.logDegree = logDegree
        degree = 1 << logDegree
        rows = degree / 32
        // 11 generates the multiplicative group of order 12288 = 2¹²·3.
        let root = ModularArithmetic.power(11, 12288 / (2 * degree))
        forwardTwiddles = TwiddleTable(root: root, logDegree: logDegree)
        inverseTwiddles = TwiddleTable(root: ModularArithmetic.inverse(root), logDegree: logDegree)
    }

    /// n⁻¹, the factor that `inverse` leaves out.
    var scale: UInt16 { UInt16(ModularArithmetic.inverse(degree)) }

    /// Transforms `a` (words below 4q) in place; `scratch` has the same size. The result is in `a`, below 4q, transposed.
    func forward(_ a: UnsafeMutablePointer<UInt16>, scratch: UnsafeMutablePointer<UInt16>) {
        var stride = degree / 2
        var block = 1
        while stride >= 32 {
            for index in 0..<block {
                let twiddle = forwardTwiddles.scalar[block &+ index]
                let start = a + 2 &* index &* stride
                Self.forwardButterflies(start, start + stride, stride, twiddle)
            }
            stride >>= 1
            block <<= 1
        }
        Self.transpose(a, into: scratch, rows: rows, columns: 32)
        forwardTransposed(scratch)
        a.update(from: scratch, count: degree)
    }

    /// Takes a transposed transform (words below 2q) back to coefficients below 2q, all multiplied by n.
    func inverse(_ a: UnsafeMutablePointer<UInt16>, scratch: UnsafeMutablePointer<UInt16>) {
        inverseTransposed(a)
        Self.transpose(a, into: scratch, rows: 32, columns: rows)
        var stride = 32
        var block = rows / 2
        while stride < degree {
            for index in 0..<block {
                let twiddle = inverseTwiddles.scalar[block &+ index]
                let start = scratch + 2 &* index &* stride
                Self.inverseButterflies(start, start + stride, stride, twiddle)
            }
            stride <<= 1
            block >>= 1
        }
        a.update(from: scratch, count: degree)
    }

    private func forwardTransposed(_ a: UnsafeMutablePointer<UInt16>) {
        var column = 16
        var vector = 0
        while column >= 1 {
            for group in 0..<(16 / column) {
                let twiddles = forwardTwiddles.vectors + vector
                let quotients = forwardTwiddles.vectorQuotients + vector
                for inner in 0..<column {
                    let low = a + (2 &* group &* column &+ inner) &* rows
                    Self.forwardButterflies(low, low + column &* rows, rows, twiddles, quotients)
                }
                vector &+= rows
            }
            column >>= 1
        }
    }

    private func inverseTransposed(_ a: UnsafeMutablePointer<UInt16>) {
        var column = 1
        while column <= 16 {
            let groups = 16 / column
            for group in 0..<groups {
                // Vectors of the layer with `groups` groups follow those of all layers with fewer.
                let vector = (groups &- 1 &+ group) &* rows
                let twiddles = inverseTwiddles.vectors + vector
                let quotients = inverseTwiddles.vectorQuotients + vector
                for inner in 0..<column {
                    let low = a + (2 &* group &* column &+ inner) &* rows
                    Self.inverseButterflies(low, low + column &* rows, rows, twiddles, quotients)
                }
            }
            column <<= 1
        }
    }

    private static func transpose(
        _ a: UnsafeMutablePointer<UInt16>, into b: UnsafeMutablePointer<UInt16>, rows: Int, columns: Int
    ) {
        for row in 0..<rows {
            let source = a + row &* columns
            for column in 0..<columns { b[column &* rows &+ row] = source[column] }
        }
    }
}
