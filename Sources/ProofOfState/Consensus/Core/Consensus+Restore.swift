extension Consensus {
    /// A node that has records from before a crash.
    ///
    /// - Parameters:
    ///   - tip: a final block whose state the driver still has (from its snapshot); nil for the block under the epoch.
    ///   - records: every record that was written after `tip` became final and is durable, in the order of writing,
    ///     and any from before that are still there.
    ///
    /// Afterwards `self.tip` is the highest final block of the records: the driver executes up to it, from the blocks
    /// that `final` records name, before it calls `start`.
    package init(
        _ configuration: ConsensusConfiguration, signer: (any ConsensusSigner)?, tip restoredTip: FinalTip?,
        records: some Sequence<ConsensusRecord>
    ) {
        self.init(configuration, signer: signer)
        if let restoredTip { moveTip(to: restoredTip, view: viewInEpoch(of: restoredTip.header)) }
        for record in records { restore(record) }
        adoptFinalizedBlocks()
        enterRestoredView()
    }

    private mutating func moveTip(to newTip: FinalTip, view: View) {
        tip = newTip
        blocks.removeAll { $0.block.height <= newTip.height }
        guard view > finalization.view else { return }
        let oldView = finalization.view
        finalization = Finalization(
            view: view, hash: newTip.hash, certificate: newTip.certificate, header: newTip.header)
        pruneRounds(from: oldView)
    }

    private mutating func restore(_ record: ConsensusRecord) {
        guard record.view < ConsensusLimits.viewMax else { return }
        switch record {
        case .vote(let vote): restore(vote)
        case .proposal(let proposal): restore(proposal)
        case .certificate(let certificate): restore(certificate)
        case .block(let block):
            if let index = keep(block) { blocks[index].isStored = true }
        case .final(let height, let view, let hash, let certificate):
            guard height == tip.height + 1, let index = blockIndex(hash) else { return }
            let block = blocks[index].block
            recentFinal.append(block)
            if recentFinal.count > 4 { recentFinal.removeFirst() }
            moveTip(to: FinalTip(header: block.header, certificate: certificate), view: view)
        }
    }

    private mutating func restore(_ vote: Vote) {
        let entered = vote.kind == .finalize ? vote.view + 1 : vote.view
        view = max(view, entered)
        guard let index = openRound(vote.view), let weight = configuration.validators[vote.voter]?.weight else {
            return
        }
        let members = configuration.validators.count
        rounds[index].sentVotes.append(vote)
        switch vote.kind {
        case .notarize:
            rounds[index].ownNotarize = vote.hash
            _ = rounds[index].notarizes.add(vote, weight: weight, members: members)
        case .nullify:
            rounds[index].didNullify = true
            _ = rounds[index].nullifies.add(vote, weight: weight, members: members)
        case .finalize:
            rounds[index].ownFinalize = vote.hash
            _ = rounds[index].finalizes.add(vote, weight: weight, members: members)
        }
    }

    private mutating func restore(_ proposal: Proposal) {
        view = max(view, proposal.header.view)
        guard let index = openRound(proposal.header.view) else { return }
        rounds[index].ownProposal = proposal
        rounds[index].isProposalSent = true
        rounds[index].candidates.append(Round.Candidate(proposal: proposal))
    }

    private mutating func restore(_ certificate: Certificate) {
        guard certificate.view > finalization.view else { return }
        switch certificate.kind {
        case .notarize:
            guard let index = openRound(certificate.view) else { return }
            rounds[index].notarization = certificate
        case .nullify:
            guard let index = openRound(certificate.view) else { return }
            rounds[index].nullification = certificate
        case .finalize:
            let oldView = finalization.view
            finalization = Finalization(
                view: certificate.view, hash: certificate.hash, certificate: certificate,
                header: header(certificate.hash))
            pruneRounds(from: oldView)
        }
        let next =
            certificate.kind == .nullify
            ? configuration.schedule.firstViewAfterTerm(of: certificate.view) : certificate.view + 1
        if next > view || (next == view && entryCertificate == nil) {
            view = next
            entryCertificate = certificate
        }
    }

    /// A finalization whose blocks were stored without their `final` record: `start` writes that again.
    private mutating func adoptFinalizedBlocks() {
        if finalization.header == nil { finalization.header = header(finalization.hash) }
    }

    private mutating func enterRestoredView() {
        view = max(view, finalization.view + 1)
        _ = openRound(view)
    }
}
