import Canonical

extension Consensus {
    mutating func receive(_ message: ConsensusMessage, from peer: PeerID) {
        switch message {
        case .proposal(let block, let signature): receive(block, signature: signature)
        case .vote(let vote): receive(vote, from: peer)
        case .certificate(let certificate): receive(certificate)
        case .finality(let proof): receive(proof)
        case .status(let status): receive(status, from: peer)
        case .fetchCertificates(let first, _): serveCertificates(from: first, to: peer)
        case .fetchAncestors(let hash, let height): serveAncestors(of: hash, above: height, to: peer)
        case .fetchFinal(let height): serveFinal(from: height, to: peer)
        case .blocks(let blocks): receive(blocks)
        case .finalRange(let range): receive(range)
        case .wake(let view): receiveWake(view)
        }
    }

    /// Whether a message could change anything. Drivers ask before they verify signatures.
    package func isUseful(_ message: ConsensusMessage) -> Bool {
        switch message {
        case .proposal(let block, _):
            guard isInWindow(block.view), refusal(of: block.header) == nil else { return false }
            let known = round(block.view)?.candidates ?? []
            return known.count < ConsensusLimits.proposalsPerViewMax
                && !known.contains { $0.proposal.header == block.header }
        case .vote(let vote): return vote.kind == .nullify || (isInWindow(vote.view) && !isCounted(vote))
        case .certificate(let certificate): return isNew(certificate)
        case .finality(let proof): return proof.certificate.view > finalization.view || finalization.header == nil
        case .finalRange(let range): return (range.blocks.last?.height ?? 0) > tip.height
        case .status, .fetchCertificates, .fetchAncestors, .fetchFinal, .blocks, .wake: return true
        }
    }

    private func isCounted(_ vote: Vote) -> Bool {
        guard let round = round(vote.view) else { return false }
        let known: Vote? =
            switch vote.kind {
            case .notarize: round.notarizes.vote(of: vote.voter)
            case .nullify: round.nullifies.vote(of: vote.voter)
            case .finalize: round.finalizes.vote(of: vote.voter)
            }
        return known?.hash == vote.hash
    }

    private func isNew(_ certificate: Certificate) -> Bool {
        guard certificate.view > finalization.view else { return false }
        switch certificate.kind {
        case .notarize: return round(certificate.view)?.notarization == nil
        case .nullify: return round(certificate.view)?.nullification == nil
        case .finalize: return true
        }
    }
}
