/// Five lanes of the Keccak state that share a y coordinate (FIPS 202 §3.1).
///
/// A struct of five words, and not a vector: the optimiser then keeps all 25 lanes in registers.
struct KeccakPlane: BitwiseCopyable {
    var x0: UInt64 = 0
    var x1: UInt64 = 0
    var x2: UInt64 = 0
    var x3: UInt64 = 0
    var x4: UInt64 = 0

    @inline(__always)
    init(_ x0: UInt64, _ x1: UInt64, _ x2: UInt64, _ x3: UInt64, _ x4: UInt64) {
        self.x0 = x0
        self.x1 = x1
        self.x2 = x2
        self.x3 = x3
        self.x4 = x4
    }

    @inline(__always)
    static func ^ (a: KeccakPlane, b: KeccakPlane) -> KeccakPlane {
        KeccakPlane(a.x0 ^ b.x0, a.x1 ^ b.x1, a.x2 ^ b.x2, a.x3 ^ b.x3, a.x4 ^ b.x4)
    }

    /// The step χ: every lane is combined with the two after it.
    @inline(__always)
    var chi: KeccakPlane {
        KeccakPlane(x0 ^ (~x1 & x2), x1 ^ (~x2 & x3), x2 ^ (~x3 & x4), x3 ^ (~x4 & x0), x4 ^ (~x0 & x1))
    }

    /// What step θ adds to a plane, if `self` holds the column parities.
    @inline(__always)
    var theta: KeccakPlane {
        KeccakPlane(
            x4 ^ x1.rotatedLeft(1), x0 ^ x2.rotatedLeft(1), x1 ^ x3.rotatedLeft(1), x2 ^ x4.rotatedLeft(1),
            x3 ^ x0.rotatedLeft(1))
    }
}

extension UInt64 {
    /// The word turned left by `count` bits, 0 < `count` < 64.
    @inline(__always)
    func rotatedLeft(_ count: UInt64) -> UInt64 { self &<< count | self &>> (64 &- count) }
}
