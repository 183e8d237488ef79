/// Bytes to send in order with what became of each: unsent, in flight, lost, acknowledged. Serves streams and CRYPTO.
struct SendBuffer {
    private var chunks = WriteChunks()
    private var acknowledged = RangeSet()
    private var lost = RangeSet()
    /// The first byte never sent.
    private(set) var nextOffset: UInt64 = 0

    /// The bytes written so far.
    var end: UInt64 { chunks.end }
    /// The bytes kept: unsent or unacknowledged.
    var count: Int { chunks.count }
    /// Whether all that was written is acknowledged.
    var isDelivered: Bool { chunks.count == 0 }
    /// Whether bytes wait to be sent again.
    var hasLost: Bool { !lost.isEmpty }
    /// Whether bytes wait to be sent for the first time.
    var hasUnsent: Bool { nextOffset < chunks.end }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        chunks.append(bytes)
    }

    /// Adds a part of an array, which is kept as it is unless it is short.
    /// - Returns: the bytes copied.
    mutating func append(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        chunks.append(bytes, range)
    }

    /// What to send next: lost bytes first. Unsent bytes go up to `limit`.
    func next(limit: UInt64) -> Range<UInt64>? {
        if let range = lost.first { return range }
        let end = min(chunks.end, limit)
        return nextOffset < end ? nextOffset..<end : nil
    }

    /// Copies bytes into a packet and notes them as sent.
    mutating func take(_ range: Range<UInt64>, into target: UnsafeMutableRawBufferPointer) {
        chunks.copy(from: range.lowerBound, into: target)
        if range.lowerBound < nextOffset { lost.remove(range) }
        nextOffset = max(nextOffset, range.upperBound)
    }

    /// Calls `body` with the bytes from an offset on that lie together, up to `end`; with none when there are none.
    func withUnsent<Result>(from offset: UInt64, to end: UInt64, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        chunks.withBytes(from: offset, to: end, body)
    }

    /// Copies bytes out that have not been sent yet; ``advance(to:)`` notes them as sent.
    func copyUnsent(from offset: UInt64, into target: UnsafeMutableRawBufferPointer) {
        chunks.copy(from: offset, into: target)
    }

    /// Notes bytes as sent for the first time, up to an offset.
    mutating func advance(to offset: UInt64) {
        nextOffset = max(nextOffset, min(offset, chunks.end))
    }

    mutating func acknowledge(_ range: Range<UInt64>) {
        if !lost.isEmpty { lost.remove(range) }
        if range.lowerBound <= chunks.base, acknowledged.isEmpty {
            chunks.drop(to: range.upperBound)
            return
        }
        acknowledged.insert(max(range.lowerBound, chunks.base)..<max(range.upperBound, chunks.base))
        if let first = acknowledged.first, first.lowerBound <= chunks.base {
            chunks.drop(to: first.upperBound)
            acknowledged.popFirst()
        }
    }

    /// Queues bytes again, but for those acknowledged meanwhile.
    mutating func lose(_ range: Range<UInt64>) {
        let lower = max(range.lowerBound, chunks.base)
        guard lower < range.upperBound else { return }
        lost.insert(lower..<range.upperBound)
        acknowledged.forEachOverlapping(range) { lost.remove($0) }
    }

    /// Sends all that was not acknowledged once more.
    mutating func rewind() {
        lose(chunks.base..<nextOffset)
    }

    /// All that was sent counts as never sent. Only while nothing was acknowledged.
    mutating func restart() {
        nextOffset = chunks.base
        lost.removeAll()
    }

    /// Forgets the bytes; `nextOffset` still says how many were sent.
    mutating func clear() {
        chunks.clear()
        lost.removeAll()
        acknowledged.removeAll()
    }
}
