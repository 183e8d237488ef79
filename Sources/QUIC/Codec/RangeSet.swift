/// Numbers as ordered, disjoint, non-adjacent half-open ranges. Used for packet numbers and byte offsets.
package struct RangeSet: RandomAccessCollection, Hashable, Sendable {
    private var ranges: [Range<UInt64>] = []

    package init() {}

    package var startIndex: Int { ranges.startIndex }
    package var endIndex: Int { ranges.endIndex }
    package subscript(position: Int) -> Range<UInt64> { ranges[position] }

    /// The place of the first range that ends at or above `value`.
    private func place(of value: UInt64) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Adds a range, joining it with those that it touches.
    package mutating func insert(_ range: Range<UInt64>) {
        guard !range.isEmpty else { return }
        if let last = ranges.last, range.lowerBound >= last.lowerBound, range.lowerBound <= last.upperBound {
            let upper = Swift.max(last.upperBound, range.upperBound)
            ranges[ranges.count - 1] = last.lowerBound..<upper
            return
        }
        let first = place(of: range.lowerBound)
        var end = first
        var joined = range
        while end < ranges.count, ranges[end].lowerBound <= range.upperBound {
            joined =
                Swift.min(
                    joined.lowerBound, ranges[end].lowerBound)..<Swift.max(joined.upperBound, ranges[end].upperBound)
            end += 1
        }
        if end == first + 1 {
            ranges[first] = joined
        } else {
            ranges.replaceSubrange(first..<end, with: CollectionOfOne(joined))
        }
    }

    /// Takes a range out, cutting those that it overlaps.
    package mutating func remove(_ range: Range<UInt64>) {
        guard !range.isEmpty, !ranges.isEmpty else { return }
        var index = place(of: range.lowerBound)
        while index < ranges.count, ranges[index].lowerBound < range.upperBound {
            let current = ranges[index]
            let left =
                current.lowerBound..<Swift.max(current.lowerBound, Swift.min(current.upperBound, range.lowerBound))
            let right =
                Swift.min(current.upperBound, Swift.max(current.lowerBound, range.upperBound))..<current.upperBound
            switch (left.isEmpty, right.isEmpty) {
            case (true, true):
                ranges.remove(at: index)
            case (false, true):
                ranges[index] = left
                index += 1
            case (true, false):
                ranges[index] = right
                index += 1
            case (false, false):
                ranges[index] = left
                ranges.insert(right, at: index + 1)
                return
            }
        }
    }

    /// Calls `body` with each range that has a number in common with another one.
    package func forEachOverlapping(_ range: Range<UInt64>, _ body: (Range<UInt64>) -> Void) {
        var index = place(of: range.lowerBound)
        while index < ranges.count, ranges[index].lowerBound < range.upperBound {
            if ranges[index].upperBound > range.lowerBound { body(ranges[index]) }
            index += 1
        }
    }

    /// Takes the lowest range out.
    @discardableResult
    package mutating func popFirst() -> Range<UInt64>? {
        ranges.isEmpty ? nil : ranges.removeFirst()
    }

    /// Whether a number is in one of the ranges.
    package func contains(_ value: UInt64) -> Bool {
        let index = place(of: value &+ 1)
        return index < ranges.count && ranges[index].contains(value)
    }

    /// Whether a whole range is in one of the ranges.
    package func contains(_ range: Range<UInt64>) -> Bool {
        guard !range.isEmpty else { return true }
        let index = place(of: range.lowerBound &+ 1)
        return index < ranges.count && ranges[index].lowerBound <= range.lowerBound
            && ranges[index].upperBound >= range.upperBound
    }

    package mutating func removeAll() {
        ranges.removeAll(keepingCapacity: true)
    }
}
