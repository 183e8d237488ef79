package import Canonical

/// An inner node: up to 16 children, one a digit, hashed as four levels of a binary tree.
package struct JellyfishInner: Sendable {
    /// One child as its parent knows it.
    package struct Child: Sendable, Hashable {
        package let hash: Digest
        /// The version that wrote the child's node.
        package let version: UInt64
        package let isLeaf: Bool

        package init(hash: Digest, version: UInt64, isLeaf: Bool) {
            self.hash = hash
            self.version = version
            self.isLeaf = isLeaf
        }
    }

    // Nodes with fewer children are cheaper to hash anew than to cache.
    private static let cachedChildrenMin = 5

    // Bit d is set when digit d has a child (a leaf).
    private var present: UInt16 = 0
    private var leaves: UInt16 = 0
    // Ascending by digit.
    private var children: [Child] = []
    // Hashes of the 14 binary nodes between the root (1) and the children (16…31), at heap index − 2; or empty.
    private var cache: [Digest] = []
    /// Hash of the whole node, as of the last `rehash`.
    package private(set) var hash = JellyfishHash.empty

    package init() {}

    package var childCount: Int { children.count }

    /// The child of a digit (0…15); nil when there is none.
    package func child(_ digit: Int) -> Child? {
        let bit = UInt16(1) << UInt16(digit & 15)
        guard present & bit != 0 else { return nil }
        return children[(present & (bit &- 1)).nonzeroBitCount]
    }

    /// The digit of the only child, when it is a leaf.
    package var onlyLeafDigit: Int? {
        children.count == 1 && leaves != 0 ? present.trailingZeroBitCount : nil
    }

    /// The digits that have a child, ascending.
    package var digits: [Int] { (0..<16).filter { present >> UInt16($0) & 1 == 1 } }

    /// Sets or removes the child of a digit. `rehash` must follow with that digit marked.
    package mutating func set(_ child: Child?, for digit: Int) {
        let bit = UInt16(1) << UInt16(digit & 15)
        let index = (present & (bit &- 1)).nonzeroBitCount
        let isThere = present & bit != 0
        switch (child, isThere) {
        case (nil, false): return
        case (nil, true): children.remove(at: index)
        case (.some(let child), false): children.insert(child, at: index)
        case (.some(let child), true): children[index] = child
        }
        present = child == nil ? present & ~bit : present | bit
        leaves = child?.isLeaf == true ? leaves | bit : leaves & ~bit
    }

    /// Computes the hash; of cached hashes only those above `changed` digits (a bit each) are computed anew.
    package mutating func rehash(changed: UInt16) {
        guard children.count >= JellyfishInner.cachedChildrenMin else {
            cache = []
            hash = hash(start: 0, width: 16)
            return
        }
        let isCold = cache.isEmpty
        if isCold { cache = [Digest](repeating: .zero, count: 14) }
        hash = refresh(heapIndex: 1, start: 0, width: 16, changed: isCold ? .max : changed)
    }

    /// Siblings on the way to a digit, top first, and what the way ends in within this node: nil when it ends in
    /// nothing, or the child that it reaches.
    package func path(to digit: Int) -> (siblings: [Digest], child: (digit: Int, child: Child)?) {
        var siblings: [Digest] = []
        var start = 0
        var width = 16
        while width > 1 {
            let mask = mask(start, width)
            let inRange = present & mask
            guard inRange != 0 else { return (siblings, nil) }
            if inRange.nonzeroBitCount == 1, leaves & mask != 0 { break }
            width /= 2
            let goesRight = digit & width != 0
            siblings.append(hash(start: goesRight ? start : start + width, width: width))
            if goesRight { start += width }
        }
        let inRange = present & mask(start, width)
        guard inRange != 0 else { return (siblings, nil) }
        let reached = inRange.trailingZeroBitCount
        return (siblings, child(reached).map { (reached, $0) })
    }

    private func mask(_ start: Int, _ width: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: (UInt32(1) << UInt32(width)) - 1) << UInt16(start)
    }

    // The hash of a range without children, with one leaf, or of one digit; nil when it has to be put together.
    private func shortcut(_ start: Int, _ width: Int) -> Digest? {
        let mask = mask(start, width)
        let inRange = present & mask
        guard inRange != 0 else { return JellyfishHash.empty }
        guard width == 1 || inRange.nonzeroBitCount == 1 && leaves & mask != 0 else { return nil }
        return children[(present & ((inRange & (0 &- inRange)) &- 1)).nonzeroBitCount].hash
    }

    private func hash(start: Int, width: Int) -> Digest {
        if let known = shortcut(start, width) { return known }
        if !cache.isEmpty, width < 16 { return cache[16 / width + start / width - 2] }
        let half = width / 2
        return JellyfishHash.inner(hash(start: start, width: half), hash(start: start + half, width: half))
    }

    private mutating func refresh(heapIndex: Int, start: Int, width: Int, changed: UInt16) -> Digest {
        if let known = shortcut(start, width) { return remember(known, heapIndex) }
        guard changed & mask(start, width) != 0 else { return cache[heapIndex - 2] }
        let half = width / 2
        let left = refresh(heapIndex: heapIndex * 2, start: start, width: half, changed: changed)
        let right = refresh(heapIndex: heapIndex * 2 + 1, start: start + half, width: half, changed: changed)
        return remember(JellyfishHash.inner(left, right), heapIndex)
    }

    private mutating func remember(_ digest: Digest, _ heapIndex: Int) -> Digest {
        if (2..<16).contains(heapIndex) { cache[heapIndex - 2] = digest }
        return digest
    }
}

extension JellyfishInner: Equatable {
    // The cache and the hash follow from the children.
    package static func == (left: JellyfishInner, right: JellyfishInner) -> Bool {
        left.present == right.present && left.children == right.children
    }
}

extension JellyfishInner: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(present)
        encoder.encode(leaves)
        for child in children {
            encoder.encode(child.hash)
            encoder.encode(child.version)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let present = try decoder.decode(UInt16.self)
        let leaves = try decoder.decode(UInt16.self)
        guard leaves & ~present == 0 else {
            throw .invalidValue(offset: offset, rule: "a leaf child is a child")
        }
        guard present.nonzeroBitCount > 1 || present != 0 && leaves == 0 else {
            throw .invalidValue(offset: offset, rule: "an inner node holds more than one leaf")
        }
        for digit in 0..<16 where present >> UInt16(digit) & 1 == 1 {
            let hash = try decoder.decode(Digest.self)
            let version = try decoder.decode(UInt64.self)
            let isLeaf = leaves >> UInt16(digit) & 1 == 1
            set(Child(hash: hash, version: version, isLeaf: isLeaf), for: digit)
        }
        rehash(changed: .max)
    }
}
