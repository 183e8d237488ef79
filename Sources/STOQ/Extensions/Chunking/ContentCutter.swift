/// Cuts bytes where their content says so, so that an insertion moves only the cuts near it: FastCDC (Xia et al., USENIX
/// ATC 2016) with normalized chunking. Bytes come in pieces of any size.
package struct ContentCutter: Sendable {
    /// Sizes of chunks, bytes.
    package struct Sizes: Sendable, Hashable {
        package let minimum: Int
        /// A power of two.
        package let average: Int
        package let maximum: Int

        /// A quarter, once and four times `average`, which is rounded up to a power of two of at least 1 KiB and at most
        /// 2 MiB.
        package init(average wanted: Int) {
            var average = 1024
            while average < wanted, average < 2 << 20 { average *= 2 }
            self.average = average
            minimum = average / 4
            maximum = average * 4
        }
    }

    private let sizes: Sizes
    /// Harder to meet before the average, easier after it.
    private let hardMask: UInt64
    private let easyMask: UInt64
    private let numbers = GearTable.numbers
    private var hash: UInt64 = 0
    private var length = 0

    package init(_ sizes: Sizes) {
        self.sizes = sizes
        let bits = sizes.average.trailingZeroBitCount
        // The upper bits depend on the last 64 bytes, the lower on fewer.
        hardMask = ~0 << UInt64(64 - bits - 2)
        easyMask = ~0 << UInt64(64 - bits + 2)
    }

    /// Takes the next bytes.
    /// - Returns: how many of them belong to the chunk under way, and whether it ends there. Bytes behind a cut are to
    ///   be given again.
    package mutating func take(_ bytes: UnsafeRawBufferPointer) -> (count: Int, isCut: Bool) {
        // No cut comes before the minimum: those bytes need not even be hashed, but for the window before it.
        let skipped = min(max(0, sizes.minimum - 64 - length), bytes.count)
        var index = skipped
        var hash = hash
        while index < bytes.count {
            hash = hash << 1 &+ numbers[Int(bytes[index])]
            index += 1
            let size = length + index
            guard size >= sizes.minimum else { continue }
            let mask = size < sizes.average ? hardMask : easyMask
            guard hash & mask == 0 || size >= sizes.maximum else { continue }
            self.hash = 0
            length = 0
            return (index, true)
        }
        self.hash = hash
        length += index
        return (index, false)
    }
}
