/// Puts bytes which arrive in any order back into order. Serves streams and CRYPTO.
struct ReceiveBuffer {
    private let ring = ByteRing()
    /// What arrived beyond the contiguous part.
    private var islands = RangeSet()
    /// One past the last byte that can be read.
    private(set) var contiguousEnd: UInt64 = 0

    /// The offset of the next byte to read.
    var readOffset: UInt64 { ring.base }
    /// The bytes that can be read.
    var readableCount: Int { Int(truncatingIfNeeded: contiguousEnd &- ring.base) }
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
        ring.write(bytes, at: offset)
        guard offset <= contiguousEnd else {
            islands.insert(offset..<end)
            return
        }
        contiguousEnd = end
        while let first = islands.first, first.lowerBound <= contiguousEnd {
            contiguousEnd = max(contiguousEnd, first.upperBound)
            islands.popFirst()
        }
    }

    /// Adds bytes that follow those received, when no gap is open.
    /// - Returns: false, with nothing changed, when they do not.
    mutating func appendInOrder(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) -> Bool {
        guard offset == contiguousEnd, islands.isEmpty else { return false }
        ring.write(bytes, at: offset)
        contiguousEnd = offset + UInt64(bytes.count)
        return true
    }

    /// Moves readable bytes out.
    mutating func read(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(target.count, readableCount)
        guard count > 0 else { return 0 }
        ring.copy(from: ring.base, into: UnsafeMutableRawBufferPointer(rebasing: target[0..<count]))
        ring.drop(to: ring.base + UInt64(count))
        return count
    }

    /// Moves readable bytes out into an array.
    mutating func read(maximum: Int) -> [UInt8] {
        let count = min(max(maximum, 0), readableCount)
        guard count > 0 else { return [] }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            ring.copy(
                from: ring.base,
                into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(target)[0..<count]))
            initialized = count
        }
        ring.drop(to: ring.base + UInt64(count))
        return bytes
    }

    /// Forgets all bytes.
    mutating func clear() {
        ring.clear()
        islands.removeAll()
        contiguousEnd = ring.base
    }
}
