import Canonical

extension Consensus {
    /// Signs a vote, stores it, and sends it when it is durable. The caller has set the round's own mark.
    mutating func vote(_ kind: VoteKind, _ view: View, _ hash: Digest) {
        guard let me = configuration.me, let signer, !isHalted else { return }
        let statement = configuration.context.statement(kind, view, kind == .nullify ? .zero : hash)
        guard let signature = signer.signature(of: statement) else {
            emit(.report(.couldNotSign(view)))
            return
        }
        let vote = Vote(kind: kind, view: view, hash: hash, voter: me, signature: signature)
        let write = has(.noVoteLog) ? 0 : persist(.vote(vote))
        after(write, .castVote(vote))
    }

    mutating func castDurable(_ vote: Vote) {
        if let index = roundIndex(vote.view), index < rounds.count { rounds[index].sentVotes.append(vote) }
        emit(.broadcast(.vote(vote)))
        count(vote)
    }

    func isVoter(_ vote: Vote, sentBy peer: PeerID) -> Bool {
        PeerID(vote.voter) == peer
    }

    mutating func receive(_ vote: Vote, from peer: PeerID) {
        guard Int(vote.voter) < configuration.validators.count else { return }
        if vote.kind == .nullify, vote.view < view, isVoter(vote, sentBy: peer) {
            replyToLaggard(peer, at: vote.view)
        }
        guard isInWindow(vote.view) else { return }
        count(vote)
    }

    /// Adds a vote to its tally and forms the certificate when it completes one.
    mutating func count(_ vote: Vote) {
        guard let index = openRound(vote.view), let validator = configuration.validators[vote.voter] else { return }
        let members = configuration.validators.count
        let outcome =
            switch vote.kind {
            case .notarize: rounds[index].notarizes.add(vote, weight: validator.weight, members: members)
            case .nullify: rounds[index].nullifies.add(vote, weight: validator.weight, members: members)
            case .finalize: rounds[index].finalizes.add(vote, weight: validator.weight, members: members)
            }
        switch outcome {
        case .duplicate: return
        case .conflict(let earlier): accuse(index, .votes(earlier, vote))
        case .counted(let weight):
            accuseOfBothEnds(vote, at: index)
            if weight >= quorum { formCertificate(vote, at: index) }
        }
    }

    private mutating func formCertificate(_ vote: Vote, at index: Int) {
        let round = rounds[index]
        let tally: VoteTally
        switch vote.kind {
        case .notarize:
            guard round.notarization == nil else { return }
            tally = round.notarizes
        case .nullify:
            guard round.nullification == nil else { return }
            tally = round.nullifies
        case .finalize: tally = round.finalizes
        }
        learn(
            Certificate(
                kind: vote.kind, view: vote.view, hash: vote.hash, signatures: tally.signatures(for: vote.hash)))
    }

    /// Finalize and nullify of one view by one voter.
    private mutating func accuseOfBothEnds(_ vote: Vote, at index: Int) {
        let other: Vote? =
            switch vote.kind {
            case .notarize: nil
            case .nullify: rounds[index].finalizes.vote(of: vote.voter)
            case .finalize: rounds[index].nullifies.vote(of: vote.voter)
            }
        if let other { accuse(index, .votes(other, vote)) }
    }

    mutating func accuse(_ index: Int, _ evidence: Evidence) {
        guard !rounds[index].accused.contains(evidence.offender) else { return }
        rounds[index].accused.append(evidence.offender)
        emit(.evidence(evidence))
    }
}
