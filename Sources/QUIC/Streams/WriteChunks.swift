import DequeModule

/// Bytes to send in order, in arrays that their writer gave away or that gather small writes.
struct WriteChunks {
    private struct Chunk {
        var bytes: [UInt8]
        /// Where the bytes begin and end in the array.
        let lower: Int
        var upper: Int
        /// The stream offset of the first.
        let start: UInt64
        /// Whether more may be added.
        let isGathering: Bool

        var end: UInt64 { start + UInt64(upper - lower) }
    }

    private var chunks: Deque<Chunk> = []
    /// The offset of the first byte kept.
    private(set) var base: UInt64 = 0
    /// One past the highest byte.
    private(set) var end: UInt64 = 0

    private static let gatheringBytes = 16 << 10
    /// Shorter arrays are copied, since keeping an array costs as much.
    private static let keptBytesMin = 1024

    var count: Int { Int(truncatingIfNeeded: end &- base) }

    /// Adds a copy.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        let last = chunks.count - 1
        if last >= 0, chunks[last].isGathering, chunks[last].upper + bytes.count <= Self.gatheringBytes {
            chunks[last].bytes.append(contentsOf: bytes)
            chunks[last].upper += bytes.count
        } else {
            chunks.append(Chunk(bytes: Array(bytes), lower: 0, upper: bytes.count, start: end, isGathering: true))
        }
        end += UInt64(bytes.count)
    }

    /// Adds a part of an array, which is kept as it is unless it is short.
    /// - Returns: the bytes copied.
    mutating func append(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        guard range.count >= Self.keptBytesMin else {
            bytes.withUnsafeBytes { append(UnsafeRawBufferPointer(rebasing: $0[range])) }
            return range.count
        }
        chunks.append(
            Chunk(
                bytes: bytes, lower: range.lowerBound, upper: range.upperBound, start: end, isGathering: false))
        end += UInt64(range.count)
        return 0
    }

    /// Copies bytes out from an offset on, as many as the target takes; the caller has checked that they are there.
    func copy(from offset: UInt64, into target: UnsafeMutableRawBufferPointer) {
        guard offset >= base, offset + UInt64(target.count) <= end else { return }
        var index = place(of: offset)
        var done = 0
        while done < target.count, index < chunks.count {
            let chunk = chunks[index]
            let from = chunk.lower + Int(truncatingIfNeeded: offset &+ UInt64(done) &- chunk.start)
            let taken = min(chunk.upper - from, target.count - done)
            chunk.bytes.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: target[done..<done + taken])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[from..<from + taken]))
            }
            done += taken
            index += 1
        }
    }

    /// Calls `body` with the bytes from an offset on that lie in one array, up to `limit`.
    func withBytes<Result>(
        from offset: UInt64, to limit: UInt64, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let index = place(of: offset)
        guard offset >= base, index < chunks.count, offset < min(limit, chunks[index].end) else {
            return body(UnsafeRawBufferPointer(start: nil, count: 0))
        }
        let chunk = chunks[index]
        let lower = chunk.lower + Int(truncatingIfNeeded: offset &- chunk.start)
        let upper = chunk.lower + Int(truncatingIfNeeded: min(limit, chunk.end) &- chunk.start)
        return chunk.bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[lower..<upper])) }
    }

    /// The array that holds an offset.
    private func place(of offset: UInt64) -> Int {
        var low = 0
        var high = chunks.count
        while low < high {
            let middle = (low + high) / 2
            if chunks[middle].end <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Lets go of what stands before an offset.
    mutating func drop(to offset: UInt64) {
        guard offset > base else { return }
        base = min(offset, end)
        while let first = chunks.first, first.end <= base { chunks.removeFirst() }
    }

    /// Lets go of everything.
    mutating func clear() {
        base = end
        chunks = []
    }
}
