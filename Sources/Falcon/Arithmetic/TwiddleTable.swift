/// Powers of a root of unity in the order in which a `ModularTransform` needs them.
struct TwiddleTable: @unchecked Sendable {
    /// A factor and ⌊factor·2¹⁶/q⌋.
    struct Factor {
        let value: UInt16
        let quotient: UInt16
    }

    /// Factors of the layers along rows: those of the layer with m blocks are at m..<2m.
    let scalar: UnsafePointer<Factor>
    /// Factors of the five transposed layers, a vector of n/32 for each group. Never freed: one table a process.
    let vectors: UnsafePointer<UInt16>
    /// The quotients that belong to `vectors`.
    let vectorQuotients: UnsafePointer<UInt16>

    /// Tables for a primitive 2n-th root of unity, n = 2^`logDegree`.
    init(root: Int, logDegree: Int) {
        let degree = 1 << logDegree
        let rows = degree / 32
        var powers = [Int](repeating: 1, count: degree)
        for index in 1..<degree { powers[index] = powers[index - 1] * root % FalconParameters.modulus }
        let factors = (0..<degree).map { index in
            let value = powers[Self.bitReversed(index, bits: logDegree)]
            return Factor(value: UInt16(value), quotient: UInt16((value << 16) / FalconParameters.modulus))
        }
        let scalar = UnsafeMutablePointer<Factor>.allocate(capacity: rows)
        for index in 0..<rows { scalar[index] = factors[index] }
        let vectors = UnsafeMutablePointer<UInt16>.allocate(capacity: 31 * rows)
        let quotients = UnsafeMutablePointer<UInt16>.allocate(capacity: 31 * rows)
        for position in 0..<(31 * rows) {
            let vector = position / rows + 1
            let layer = Int.bitWidth - 1 - vector.leadingZeroBitCount
            let group = vector - (1 << layer)
            let factor = factors[(rows << layer) + ((position % rows) << layer) + group]
            vectors[position] = factor.value
            quotients[position] = factor.quotient
        }
        self.scalar = UnsafePointer(scalar)
        self.vectors = UnsafePointer(vectors)
        vectorQuotients = UnsafePointer(quotients)
    }

    private static func bitReversed(_ value: Int, bits: Int) -> Int {
        (0..<bits).reduce(0) { $0 << 1 | (value >> $1) & 1 }
    }
}
