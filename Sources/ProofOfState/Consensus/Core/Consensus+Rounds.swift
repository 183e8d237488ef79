import Canonical

extension Consensus {
    /// Position of `view` in `rounds`; nil for views that are final or too far ahead.
    func roundIndex(_ view: View) -> Int? {
        guard view > finalization.view, view - finalization.view <= ConsensusLimits.unfinalizedViewsMax else {
            return nil
        }
        return Int(view - finalization.view - 1)
    }

    /// The round of `view`, if something is known of it.
    func round(_ view: View) -> Round? {
        guard let index = roundIndex(view), index < rounds.count else { return nil }
        return rounds[index]
    }

    /// Position of the round of `view`, made when it was not there.
    mutating func openRound(_ view: View) -> Int? {
        guard let index = roundIndex(view) else { return nil }
        while rounds.count <= index { rounds.append(Round()) }
        return index
    }

    /// Forgets rounds up to the highest finalization, which was `oldView` before.
    mutating func pruneRounds(from oldView: View) {
        let passed = finalization.view - oldView
        rounds.removeFirst(Int(min(UInt64(rounds.count), passed)))
    }

    /// Whether votes and proposals of `view` are kept.
    func isInWindow(_ candidate: View) -> Bool {
        candidate > finalization.view && candidate <= view + ConsensusLimits.viewWindow
    }

    /// Whether `hash` is the notarized or final block of `parentView`.
    func isCertified(_ hash: Digest, in parentView: View) -> Bool {
        if parentView == finalization.view { return hash == finalization.hash }
        guard let index = roundIndex(parentView), index < rounds.count else { return false }
        return rounds[index].notarization?.hash == hash
    }

    /// The first view of `first…last` that no nullification covers; nil when all are covered. A nullification at u
    /// covers u to the end of its term (rule 4).
    func firstUncovered(from first: View, through last: View) -> View? {
        var candidate = first
        while candidate <= last {
            guard isCovered(candidate) else { return candidate }
            candidate = configuration.schedule.firstViewAfterTerm(of: candidate)
        }
        return nil
    }

    private func isCovered(_ candidate: View) -> Bool {
        var earlier = max(configuration.schedule.firstView(ofTermOf: candidate), finalization.view + 1)
        while earlier <= candidate {
            if let index = roundIndex(earlier), index < rounds.count, rounds[index].nullification != nil { return true }
            earlier += 1
        }
        return false
    }

    /// Position in `blocks`.
    func blockIndex(_ hash: Digest) -> Int? {
        blocks.lastIndex { $0.block.hash == hash }
    }

    /// Keeps a block above the tip; refuses when there are too many.
    @discardableResult
    mutating func keep(_ block: Block) -> Int? {
        if let index = blockIndex(block.hash) { return index }
        guard block.height > tip.height else { return nil }
        if blocks.count >= ConsensusLimits.unfinalizedBlocksMax { dropUncertified() }
        guard blocks.count < ConsensusLimits.unfinalizedBlocksMax || isNeeded(block.header) else { return nil }
        blocks.append(BlockEntry(block: block))
        return blocks.count - 1
    }

    private func isNeeded(_ header: SealedHeader) -> Bool {
        header.view == view || header.parentHash == tip.hash || isCertified(header.hash, in: header.view)
    }

    /// Makes room: drops blocks of ended views that no certificate names and this node did not vote for.
    private mutating func dropUncertified() {
        let current = view
        blocks = blocks.filter { entry in
            entry.isStored || entry.block.view >= current || isCertified(entry.block.hash, in: entry.block.view)
        }
    }

    /// Stores a kept block, once.
    mutating func storeBlock(at index: Int) {
        guard !blocks[index].isStored else { return }
        blocks[index].isStored = true
        if !has(.noBodyLog) { persist(.block(blocks[index].block)) }
    }

    /// The header of a block that is kept or the tip.
    func header(_ hash: Digest) -> SealedHeader? {
        if hash == tip.hash { return tip.header }
        return blockIndex(hash).map { blocks[$0].block.header }
    }
}
