import DequeModule

/// Received bytes in order, gathered in arrays that go to the reader as they are.
struct ReadChunks {
    /// Full arrays, the oldest first.
    private var full: Deque<[UInt8]> = []
    /// The array being filled.
    private var tail: [UInt8] = []
    /// Bytes of the oldest array that were read.
    private var skipped = 0
    private var nextCapacity = smallest
    /// Where arrays of full size may come from.
    private let pool: ChunkPool?
    /// The offset of the next byte to read.
    private(set) var base: UInt64 = 0
    /// One past the last byte.
    private(set) var end: UInt64 = 0

    private static let smallest = 1024
    /// Short of the size from which the allocator asks the kernel for each array.
    static let largest = 120 << 10

    init(pool: ChunkPool? = nil) {
        self.pool = pool
    }

    var count: Int { Int(truncatingIfNeeded: end &- base) }

    /// The bytes that come without those of another array.
    var firstCount: Int { (full.first?.count ?? tail.count) - skipped }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if bytes.count <= tail.capacity &- tail.count {
            tail.append(contentsOf: bytes)
            end += UInt64(bytes.count)
            return
        }
        let head = min(bytes.count, max(0, tail.capacity - tail.count))
        if head > 0 { tail.append(contentsOf: bytes[..<head]) }
        if !tail.isEmpty { full.append(tail) }
        let rest = bytes[head...]
        tail = nextCapacity == Self.largest ? pool?.take() ?? [] : []
        tail.reserveCapacity(max(nextCapacity, rest.count))
        nextCapacity = min(2 * nextCapacity, Self.largest)
        tail.append(contentsOf: rest)
        end += UInt64(bytes.count)
    }

    /// Takes up to `maximum` bytes out: an array as it is where it fits, else a copy.
    /// - Returns: the bytes, none when there are none, and how many of them were copied.
    mutating func take(maximum: Int) -> (bytes: [UInt8], copied: Int) {
        guard count > 0, maximum > 0 else { return ([], 0) }
        let size = full.first?.count ?? tail.count
        let left = size - skipped
        base += UInt64(min(left, maximum))
        guard left <= maximum else {
            let bytes = front { Array($0[skipped..<skipped + maximum]) }
            skipped += maximum
            return (bytes, maximum)
        }
        // Little in a large array is not worth the array.
        let isWorthIt = skipped == 0 && (!full.isEmpty || 4 * size >= tail.capacity)
        let bytes = isWorthIt ? popFront() : front { Array($0[skipped...]) }
        if !isWorthIt { dropFront() }
        skipped = 0
        return (bytes, isWorthIt ? 0 : left)
    }

    /// Copies bytes out into memory, as many as there are and as fit.
    mutating func take(into target: UnsafeMutableRawBufferPointer) -> Int {
        var done = 0
        while done < target.count, count > 0 {
            let left = (full.first?.count ?? tail.count) - skipped
            let taken = min(left, target.count - done)
            front { bytes in
                bytes.withUnsafeBytes {
                    UnsafeMutableRawBufferPointer(rebasing: target[done..<done + taken])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[skipped..<skipped + taken]))
                }
            }
            done += taken
            base += UInt64(taken)
            skipped += taken
            if taken == left {
                dropFront()
                skipped = 0
            }
        }
        return done
    }

    private func front<Result>(_ body: ([UInt8]) -> Result) -> Result {
        if let first = full.first { return body(first) }
        return body(tail)
    }

    private mutating func popFront() -> [UInt8] {
        if let first = full.popFirst() { return first }
        let bytes = tail
        tail = []
        return bytes
    }

    private mutating func dropFront() {
        if full.popFirst() == nil { tail.removeAll(keepingCapacity: true) }
    }

    /// Forgets all bytes, and goes on after them.
    mutating func clear() {
        full = []
        tail = []
        skipped = 0
        nextCapacity = Self.smallest
        base = end
    }
}
