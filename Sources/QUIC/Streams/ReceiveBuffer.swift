/// Puts bytes which arrive in any order back into order. Serves streams and CRYPTO.
struct ReceiveBuffer {
    /// What can be read.
    private var ready: ReadChunks
    /// Bytes beyond a gap.
    private let ring = ByteRing()
    /// What arrived beyond the contiguous part.
    private var islands = RangeSet()

    /// - Parameter pool: where the arrays of long streams come from.
    init(pool: ChunkPool? = nil) {
        ready = ReadChunks(pool: pool)
    }

    /// One past the last byte that can be read.
    var contiguousEnd: UInt64 { ready.end }

    /// The offset of the next byte to read.
    var readOffset: UInt64 { ready.base }
    /// The bytes that can be read.
    var readableCount: Int { ready.count }
    /// The runs of bytes waiting for a gap.
    var gapCount: Int { islands.count }
    /// Whether the gaps are as few as lost packets leave: a peer that sends confetti makes each byte cost as much as a
    /// packet.
    var gapsAreWorthIt: Bool {
        guard islands.count > Limits.gapsMin else { return true }
        let span = Int(truncatingIfNeeded: ring.end &- contiguousEnd)
        return islands.count <= min(Limits.gapsMax, Limits.gapsMin + span / Limits.bytesPerGapMin)
    }

    mutating func insert(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) {
        let end = offset + UInt64(bytes.count)
        guard end > contiguousEnd else { return }
        guard offset <= contiguousEnd else {
            ring.advance(to: contiguousEnd)
            ring.write(bytes, at: offset)
            islands.insert(offset..<end)
            return
        }
        ready.append(UnsafeRawBufferPointer(rebasing: bytes[Int(contiguousEnd - offset)...]))
        joinIslands()
    }

    /// Moves what has become contiguous to what can be read.
    private mutating func joinIslands() {
        while let first = islands.first, first.lowerBound <= contiguousEnd {
            if first.upperBound > contiguousEnd {
                ring.forEachRun(from: contiguousEnd, to: first.upperBound) { ready.append($0) }
            }
            islands.popFirst()
        }
        ring.advance(to: contiguousEnd)
    }

    /// Adds bytes that follow those received, when no gap is open.
    /// - Returns: false, with nothing changed, when they do not.
    mutating func appendInOrder(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) -> Bool {
        guard offset == contiguousEnd, islands.isEmpty else { return false }
        ready.append(bytes)
        return true
    }

    /// Moves readable bytes out.
    mutating func read(into target: UnsafeMutableRawBufferPointer) -> Int {
        ready.take(into: target)
    }

    /// Moves readable bytes out in one array, and says how many of them had to be copied.
    mutating func read(maximum: Int) -> (bytes: [UInt8], copied: Int) {
        let count = min(max(maximum, 0), readableCount)
        guard count > ready.firstCount else { return ready.take(maximum: maximum) }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            initialized = ready.take(
                into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(target)[0..<count]))
        }
        return (bytes, count)
    }

    /// Moves readable bytes out in an array, perhaps fewer than there are, and says how many of them had to be copied.
    mutating func readNext(maximum: Int) -> (bytes: [UInt8], copied: Int) {
        ready.take(maximum: maximum)
    }

    /// Forgets all bytes.
    mutating func clear() {
        ring.clear()
        islands.removeAll()
        ready.clear()
    }
}
