import Canonical

extension Consensus {
    /// Rule 1: starts the timers of the view just entered.
    mutating func restartTimers() {
        let wait = configuration.timing.emptyBlockInterval
        timers = ViewTimers(enteredAt: now, delta: delta, wait: wait)
        if hasProposal { timers.limitAdvance(from: now, delta: delta) }
        isProposalDue = wait == 0
        isGathered = false
        if isLeader && !isProposalDue {
            let isWoken = round(view)?.isWoken == true
            timers.propose = now.advanced(byNanoseconds: isWoken ? delta : wait)
        }
        if hasOperations { scheduleWake() }
    }

    /// Whether this node has nothing left to end the view with but patience.
    var isViewTimedOut: Bool {
        guard configuration.me != nil, !isHalted else { return true }
        guard let index = roundIndex(view), index < rounds.count else { return false }
        return rounds[index].didNullify
    }

    mutating func passDeadline() {
        if now >= timers.propose {
            timers.propose = .distantFuture
            isProposalDue = true
        }
        if now >= timers.gather {
            timers.gather = .distantFuture
            isGathered = true
        }
        if now >= timers.wake { wakeLeader() }
        if !isViewTimedOut, now >= (hasProposal ? timers.advance : timers.leader) { nullify() }
        if now >= timers.retry {
            timers.retry = now.advanced(byNanoseconds: 4 * delta)
            resendOwn()
        }
        step()
        fetchIfDue()
    }

    /// Rule 4: once, only for the current view, never after finalize.
    private mutating func nullify() {
        guard let index = openRound(view), rounds[index].ownFinalize == nil else { return }
        rounds[index].didNullify = true
        emit(.report(.timedOut(view, deltaNanoseconds: delta)))
        vote(.nullify, view, .zero)
    }

    /// Rule 6: sends again what others may lack.
    mutating func resendOwn() {
        guard configuration.me != nil else {
            send(.status(status), to: nextPeer())
            return
        }
        let round = round(view)
        for vote in round?.sentVotes ?? [] { emit(.broadcast(.vote(vote))) }
        if let entryCertificate, entryCertificate.view > finalization.view {
            emit(.broadcast(.certificate(entryCertificate)))
        }
        if let message = finalization.message { emit(.broadcast(message)) }
        guard let proposal = round?.ownProposal, round?.isProposalSent == true,
            let index = blockIndex(proposal.header.hash)
        else { return }
        emit(.broadcast(.proposal(blocks[index].block, signature: proposal.signature)))
    }

    /// Rule 6: tells a peer in an older view what ended it, once a peer, a view and 2Δ.
    mutating func replyToLaggard(_ peer: PeerID, at theirView: View) {
        var record = servedPeer(peer)
        let isRecent = now.nanoseconds(since: record.lagReply) < 2 * configuration.timing.deltaMin
        guard record.lagView != theirView || !isRecent else { return }
        record.lagView = theirView
        record.lagReply = now
        served[peer] = record
        sendEndings(from: theirView, to: peer)
    }

    /// The highest finalization when it is news, then what ended each view from `first`.
    mutating func sendEndings(from first: View, to peer: PeerID) {
        if finalization.view >= first, let message = finalization.message { send(message, to: peer) }
        var candidate = max(first, finalization.view + 1)
        var left = ConsensusLimits.lagReplyCertificatesMax
        while candidate < view, left > 0 {
            let round = round(candidate)
            for certificate in [round?.notarization, round?.nullification] {
                guard let certificate else { continue }
                send(.certificate(certificate), to: peer)
                left -= 1
            }
            candidate += 1
        }
    }

    mutating func receive(_ status: ConsensusStatus, from peer: PeerID) {
        guard status.view < view || status.finalView < finalization.view else { return }
        replyToLaggard(peer, at: min(status.view, status.finalView &+ 1))
    }
}
