import Canonical

extension Consensus {
    /// Takes a leader's proposal whose signature verified. Rule 2 is applied when the view is current.
    mutating func receive(_ block: Block, signature: [UInt8]) {
        guard isInWindow(block.view), refusal(of: block.header) == nil else { return }
        let proposal = Proposal(header: block.header, signature: signature)
        guard addCandidate(proposal) else { return }
        keep(block)
        step()
    }

    /// Whether the proposal is new. A leader's second one is evidence.
    mutating func addCandidate(_ proposal: Proposal) -> Bool {
        let view = proposal.header.view
        guard let index = openRound(view) else { return false }
        let known = rounds[index].candidates
        guard !known.contains(where: { $0.proposal.header == proposal.header }) else { return false }
        if let first = known.first { accuse(index, .proposals(first.proposal, proposal)) }
        guard known.count < ConsensusLimits.proposalsPerViewMax else { return false }
        rounds[index].candidates.append(Round.Candidate(proposal: proposal))
        if view == self.view { timers.limitAdvance(from: now, delta: delta) }
        return true
    }

    /// The rule that a header breaks by itself; nil when it is well-formed.
    func refusal(of sealed: SealedHeader) -> String? {
        let header = sealed.header
        guard header.version == ConsensusLimits.headerVersion else { return "unknown version" }
        guard header.network == configuration.context.network else { return "another network" }
        guard header.epoch == configuration.context.epoch else { return "another epoch" }
        guard header.validators == configuration.validators.hash else { return "another validator set" }
        guard header.parentView < header.view else { return "parent view is not below the view" }
        guard header.proposer == configuration.schedule.leader(of: header.view) else { return "not the leader" }
        return nil
    }

    /// Whether the current leader's proposal is here.
    var hasProposal: Bool {
        guard let index = roundIndex(view), index < rounds.count else { return false }
        return !rounds[index].candidates.isEmpty
    }

    /// Rule 2: votes for the first valid proposal of the current view.
    mutating func notarizeIfAllowed() {
        guard configuration.me != nil, !isHalted, let index = openRound(view) else { return }
        for position in rounds[index].candidates.indices {
            guard rounds[index].ownNotarize == nil || has(.doubleNotarize) else { return }
            let candidate = rounds[index].candidates[position]
            let hash = candidate.proposal.header.hash
            guard !candidate.isRefused, rounds[index].ownNotarize != hash else { continue }
            guard let entry = readyEntry(candidate.proposal.header, at: index, position) else { continue }
            storeBlock(at: entry)
            rounds[index].ownNotarize = hash
            vote(.notarize, view, hash)
            if has(.doubleNotarize) { rounds[index].candidates[position].isRefused = true }
        }
    }

    /// Position of the proposed block when everything that rule 2 asks for holds. Notes what is missing.
    private mutating func readyEntry(_ header: SealedHeader, at index: Int, _ position: Int) -> Int? {
        guard isAncestryCertified(header) || has(.noAncestryCheck) else { return nil }
        guard let parent = self.header(header.parentHash) else {
            needs.block = header.parentHash
            return nil
        }
        if let reason = refusal(of: header, after: parent) {
            rounds[index].candidates[position].isRefused = true
            emit(.report(.refusedProposal(view, header.hash, reason: reason)))
            return nil
        }
        guard let entry = blockIndex(header.hash) else {
            needs.block = header.hash
            return nil
        }
        return verified(header.hash) == .valid ? entry : nil
    }

    /// The rule that a header breaks as a child of `parent`.
    private func refusal(of header: SealedHeader, after parent: SealedHeader) -> String? {
        guard header.height == parent.height &+ 1 else { return "height does not follow the parent's" }
        guard header.parentView == viewInEpoch(of: parent) else { return "parent view is not the parent's" }
        guard header.time > parent.time else { return "time is not after the parent's" }
        let latest = now.advanced(byNanoseconds: configuration.timing.clockSkewMax)
        guard header.time <= latest else { return "time is too far ahead" }
        return nil
    }

    /// The view that children name as their parent's: 0 for the block under the epoch.
    func viewInEpoch(of header: SealedHeader) -> View {
        header == configuration.base ? 0 : header.view
    }

    /// Whether the parent is notarized or final with that hash and every view between is covered; inside a term the
    /// parent is of the view before.
    private mutating func isAncestryCertified(_ header: SealedHeader) -> Bool {
        guard header.parentView >= finalization.view else { return false }
        let isInsideTerm = header.view != configuration.schedule.firstView(ofTermOf: header.view)
        guard !isInsideTerm || header.parentView == header.view - 1 else { return false }
        guard isCertified(header.parentHash, in: header.parentView) else {
            // Another notarization of that view means that this parent never gets one.
            if round(header.parentView)?.notarization == nil, header.parentView > finalization.view {
                needs.certificates = header.parentView...(header.view - 1)
            }
            return false
        }
        guard let uncovered = firstUncovered(from: header.parentView + 1, through: header.view - 1) else { return true }
        needs.certificates = uncovered...(header.view - 1)
        return false
    }

    /// The application's verdict on a block; asks for it, or for its nearest unverified ancestor's, when unknown.
    mutating func verified(_ hash: Digest) -> BlockEntry.Verdict {
        var current = hash
        var childHeight = Height.max
        while current != tip.hash {
            guard let index = blockIndex(current) else {
                // The child stands on a block that lost against the tip.
                if childHeight <= tip.height + 1 { return .invalid }
                needs.block = current
                return .unknown
            }
            let parent = blocks[index].block.parentHash
            childHeight = blocks[index].block.height
            switch blocks[index].verdict {
            case .valid: return current == hash ? .valid : .unknown
            case .invalid, .asked: return blocks[index].verdict
            case .unknown: break
            }
            if isSettled(parent) {
                blocks[index].verdict = .asked
                askApplication(.verify(blocks[index].block))
                return .asked
            }
            current = parent
        }
        return .valid
    }

    /// Whether the application knows the state after a block.
    private func isSettled(_ hash: Digest) -> Bool {
        if hash == tip.hash { return true }
        return blockIndex(hash).map { blocks[$0].verdict == .valid } ?? false
    }

    mutating func receiveVerdict(_ isValid: Bool, for hash: Digest) {
        guard let index = blockIndex(hash) else { return }
        blocks[index].verdict = isValid ? .valid : .invalid
        let header = blocks[index].block.header
        if !isValid {
            refuse(header)
            emit(.report(.refusedProposal(header.view, hash, reason: "the application found it invalid")))
            if isCertified(hash, in: header.view) { emit(.report(.certifiedBlockRefused(header.view, hash))) }
        }
        step()
    }

    private mutating func refuse(_ header: SealedHeader) {
        guard let index = roundIndex(header.view), index < rounds.count else { return }
        for position in rounds[index].candidates.indices
        where rounds[index].candidates[position].proposal.header == header {
            rounds[index].candidates[position].isRefused = true
        }
    }
}
