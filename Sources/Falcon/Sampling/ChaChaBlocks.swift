/// Eight ChaCha20 blocks (RFC 8439 §2.3) side by side, one in each vector lane.
struct ChaChaBlocks {
    /// Four state words of each block.
    struct Row {
        var x0: SIMD8<UInt32>
        var x1: SIMD8<UInt32>
        var x2: SIMD8<UInt32>
        var x3: SIMD8<UInt32>

        @inline(__always)
        init(_ x0: SIMD8<UInt32>, _ x1: SIMD8<UInt32>, _ x2: SIMD8<UInt32>, _ x3: SIMD8<UInt32>) {
            self.x0 = x0
            self.x1 = x1
            self.x2 = x2
            self.x3 = x3
        }

        @inline(__always)
        static func &+ (a: Row, b: Row) -> Row { Row(a.x0 &+ b.x0, a.x1 &+ b.x1, a.x2 &+ b.x2, a.x3 &+ b.x3) }
    }

    var a: Row
    var b: Row
    var c: Row
    var d: Row

    @inline(__always)
    init(a: Row, b: Row, c: Row, d: Row) {
        self.a = a
        self.b = b
        self.c = c
        self.d = d
    }

    /// A column round and a diagonal round.
    @inline(__always)
    mutating func doubleRound() {
        Self.quarterRound(&a.x0, &b.x0, &c.x0, &d.x0)
        Self.quarterRound(&a.x1, &b.x1, &c.x1, &d.x1)
        Self.quarterRound(&a.x2, &b.x2, &c.x2, &d.x2)
        Self.quarterRound(&a.x3, &b.x3, &c.x3, &d.x3)
        Self.quarterRound(&a.x0, &b.x1, &c.x2, &d.x3)
        Self.quarterRound(&a.x1, &b.x2, &c.x3, &d.x0)
        Self.quarterRound(&a.x2, &b.x3, &c.x0, &d.x1)
        Self.quarterRound(&a.x3, &b.x0, &c.x1, &d.x2)
    }

    @inline(__always)
    private static func quarterRound(
        _ a: inout SIMD8<UInt32>, _ b: inout SIMD8<UInt32>, _ c: inout SIMD8<UInt32>, _ d: inout SIMD8<UInt32>
    ) {
        a = a &+ b
        d = rotated(d ^ a, 16)
        c = c &+ d
        b = rotated(b ^ c, 12)
        a = a &+ b
        d = rotated(d ^ a, 8)
        c = c &+ d
        b = rotated(b ^ c, 7)
    }

    @inline(__always)
    private static func rotated(_ word: SIMD8<UInt32>, _ count: UInt32) -> SIMD8<UInt32> {
        word &<< count | word &>> (32 &- count)
    }
}
