/// The 1600-bit state of Keccak and its permutation (FIPS 202 §3).
struct KeccakState: BitwiseCopyable {
    /// 25 lanes; lane (x, y) is at `x + 5·y`.
    private(set) var lanes = InlineArray<25, UInt64>(repeating: 0)

    private static let roundConstants: InlineArray<24, UInt64> = [
        0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808A, 0x8000_0000_8000_8000,
        0x0000_0000_0000_808B, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
        0x0000_0000_0000_008A, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000A,
        0x0000_0000_8000_808B, 0x8000_0000_0000_008B, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
        0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800A, 0x8000_0000_8000_000A,
        0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
    ]

    /// Adds (xor) one byte at `offset` (0..<200).
    @inline(__always)
    mutating func xor(_ byte: UInt8, at offset: Int) {
        lanes[offset >> 3] ^= UInt64(byte) &<< UInt64(8 &* (offset & 7))
    }

    /// Adds (xor) a whole lane.
    @inline(__always)
    mutating func xorLane(_ lane: UInt64, at index: Int) { lanes[index] ^= lane }

    /// The byte at `offset` (0..<200).
    @inline(__always)
    func byte(at offset: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: lanes[offset >> 3] &>> UInt64(8 &* (offset & 7)))
    }

    /// Keccak-f[1600], 24 rounds.
    mutating func permute() {
        var a = plane(0)
        var b = plane(5)
        var c = plane(10)
        var d = plane(15)
        var e = plane(20)
        for round in 0..<24 {
            let theta = (a ^ b ^ c ^ d ^ e).theta
            a = a ^ theta
            b = b ^ theta
            c = c ^ theta
            d = d ^ theta
            e = e ^ theta
            (a, b, c, d, e) = Self.rotated(a, b, c, d, e)
            a = a.chi
            b = b.chi
            c = c.chi
            d = d.chi
            e = e.chi
            a.x0 ^= Self.roundConstants[round]
        }
        store(a, at: 0)
        store(b, at: 5)
        store(c, at: 10)
        store(d, at: 15)
        store(e, at: 20)
    }

    /// The steps ρ and π: every lane is turned by its own count and moves to its new place.
    @inline(__always)
    private static func rotated(
        _ a: KeccakPlane, _ b: KeccakPlane, _ c: KeccakPlane, _ d: KeccakPlane, _ e: KeccakPlane
    ) -> (KeccakPlane, KeccakPlane, KeccakPlane, KeccakPlane, KeccakPlane) {
        (
            KeccakPlane(
                a.x0, b.x1.rotatedLeft(44), c.x2.rotatedLeft(43), d.x3.rotatedLeft(21), e.x4.rotatedLeft(14)),
            KeccakPlane(
                a.x3.rotatedLeft(28), b.x4.rotatedLeft(20), c.x0.rotatedLeft(3), d.x1.rotatedLeft(45),
                e.x2.rotatedLeft(61)),
            KeccakPlane(
                a.x1.rotatedLeft(1), b.x2.rotatedLeft(6), c.x3.rotatedLeft(25), d.x4.rotatedLeft(8),
                e.x0.rotatedLeft(18)),
            KeccakPlane(
                a.x4.rotatedLeft(27), b.x0.rotatedLeft(36), c.x1.rotatedLeft(10), d.x2.rotatedLeft(15),
                e.x3.rotatedLeft(56)),
            KeccakPlane(
                a.x2.rotatedLeft(62), b.x3.rotatedLeft(55), c.x4.rotatedLeft(39), d.x0.rotatedLeft(41),
                e.x1.rotatedLeft(2))
        )
    }

    @inline(__always)
    private func plane(_ index: Int) -> KeccakPlane {
        KeccakPlane(lanes[index], lanes[index &+ 1], lanes[index &+ 2], lanes[index &+ 3], lanes[index &+ 4])
    }

    @inline(__always)
    private mutating func store(_ plane: KeccakPlane, at index: Int) {
        lanes[index] = plane.x0
        lanes[index &+ 1] = plane.x1
        lanes[index &+ 2] = plane.x2
        lanes[index &+ 3] = plane.x3
        lanes[index &+ 4] = plane.x4
    }
}
