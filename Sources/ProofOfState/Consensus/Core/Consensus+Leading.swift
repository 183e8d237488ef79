import Canonical

extension Consensus {
    var isLeader: Bool { configuration.me == leader }

    /// Rule 1 for the leader: asks for a payload on the highest notarized parent that the gap allows.
    mutating func proposeIfAllowed() {
        guard isLeader, !isHalted, let index = openRound(view) else { return }
        guard rounds[index].ownProposal == nil, !rounds[index].isPayloadRequested else { return }
        guard let parent = proposalParent() else { return }
        guard isProposalDue || hasOperationsInTime else { return waitForOperations(on: parent) }
        rounds[index].isPayloadRequested = true
        timers.propose = .distantFuture
        timers.gather = .distantFuture
        let time = max(now, parent.time.advanced(byNanoseconds: 1))
        askApplication(.propose(ProposalRequest(view: view, parent: parent, time: time)))
    }

    /// Operations go at once when everything before them is final. Otherwise they wait for others to join them: each
    /// block costs every validator signatures, however little it carries.
    private var hasOperationsInTime: Bool {
        hasOperations && (isGathered || finalization.view == view - 1)
    }

    /// Sets when the leader proposes without what it waits for now.
    private mutating func waitForOperations(on parent: SealedHeader) {
        if hasOperations {
            timers.gather = min(timers.gather, now.advanced(byNanoseconds: configuration.timing.gatherInterval))
        } else if hasOperationsAwaitingRoot(parent) {
            timers.propose = min(timers.propose, now.advanced(byNanoseconds: configuration.timing.rootInterval))
        }
    }

    /// A parent with operations gets a child soon, so that the state after them is certified.
    private func hasOperationsAwaitingRoot(_ parent: SealedHeader) -> Bool {
        if let index = blockIndex(parent.hash) { return !blocks[index].block.operations.isEmpty }
        guard let last = recentFinal.last, last.hash == parent.hash else { return false }
        return !last.operations.isEmpty
    }

    /// The highest block that a proposal of the current view may follow; notes what is missing when it cannot tell.
    private mutating func proposalParent() -> SealedHeader? {
        let isInsideTerm = view != configuration.schedule.firstView(ofTermOf: view)
        var parentView = view - 1
        while parentView > finalization.view {
            let isCovered = firstUncovered(from: parentView, through: parentView) == nil
            if let hash = round(parentView)?.notarization?.hash {
                if verified(hash) == .valid { return header(hash) }
                guard isCovered else { return nil }
            } else if !isCovered {
                needs.certificates = parentView...(view - 1)
                return nil
            }
            if isInsideTerm { return nil }
            parentView -= 1
        }
        guard parentView == finalization.view, verified(finalization.hash) == .valid else { return nil }
        return header(finalization.hash)
    }

    /// Builds, signs and stores the proposal; it leaves when it is durable.
    mutating func receivePayload(_ payload: BlockPayload?, for request: ProposalRequest) {
        guard request.view == view, isLeader, let index = openRound(view), rounds[index].ownProposal == nil,
            rounds[index].isPayloadRequested
        else { return }
        guard let payload, isWithinLimits(payload), let signer else {
            rounds[index].isPayloadRequested = false
            isProposalDue = false
            timers.propose = now.advanced(byNanoseconds: max(1_000_000, configuration.timing.fetchInterval))
            return
        }
        guard isProposalDue || !payload.operations.isEmpty else { return waitAgain(at: index) }
        let block = seal(payload, request)
        let statement = configuration.context.proposalStatement(view, block.hash)
        guard let signature = signer.signature(of: statement) else {
            emit(.report(.couldNotSign(view)))
            return
        }
        guard let entry = keep(block) else { return }
        let proposal = Proposal(header: block.header, signature: signature)
        storeBlock(at: entry)
        rounds[index].ownProposal = proposal
        after(persist(.proposal(proposal)), .sendProposal(block, proposal))
        _ = addCandidate(proposal)
        step()
    }

    /// The operations that were said to wait are in blocks ahead of finality already.
    private mutating func waitAgain(at index: Int) {
        rounds[index].isPayloadRequested = false
        hasOperations = false
        isGathered = false
        timers.propose = timers.enteredAt.advanced(byNanoseconds: configuration.timing.emptyBlockInterval)
        step()
    }

    private func isWithinLimits(_ payload: BlockPayload) -> Bool {
        payload.operations.count <= ConsensusLimits.operationsMax
            && payload.operations.allSatisfy { $0.count <= ConsensusLimits.operationBytesMax }
            && payload.operations.reduce(0) { $0 + $1.count } <= ConsensusLimits.bodyBytesMax
    }

    private func seal(_ payload: BlockPayload, _ request: ProposalRequest) -> Block {
        let header = BlockHeader(
            network: configuration.context.network, epoch: configuration.context.epoch,
            height: request.parent.height + 1, view: request.view, parentView: viewInEpoch(of: request.parent),
            parentHash: request.parent.hash, operationsRoot: .zero, stateRoot: payload.stateRoot,
            receiptsRoot: payload.receiptsRoot, validators: configuration.validators.hash,
            nextValidators: payload.nextValidators, evidenceRoot: payload.evidenceRoot, proposer: leader,
            time: request.time, bodyRoot: .zero)
        return Block(sealing: header, operations: payload.operations)
    }

    mutating func sendProposal(_ block: Block, _ proposal: Proposal) {
        if let index = roundIndex(block.view), index < rounds.count { rounds[index].isProposalSent = true }
        emit(.broadcast(.proposal(block, signature: proposal.signature)))
    }

    /// A validator holds operations: the idle leader gathers them for Δ, then proposes.
    mutating func receiveWake(_ woken: View) {
        guard woken >= view, isInWindow(woken), configuration.schedule.leader(of: woken) == configuration.me,
            let index = openRound(woken)
        else { return }
        rounds[index].isWoken = true
        guard woken == view, !isProposalDue else { return }
        timers.propose = min(timers.propose, now.advanced(byNanoseconds: delta))
    }

    mutating func receiveAvailability(_ isAvailable: Bool) {
        let wasAvailable = hasOperations
        hasOperations = isAvailable
        guard isAvailable, !wasAvailable else { return }
        scheduleWake()
        step()
    }

    /// Gives an idle leader Δ/2 to get the operations by gossip before it is told that they wait.
    mutating func scheduleWake() {
        guard configuration.timing.emptyBlockInterval > 0, configuration.me != nil, !isLeader, !hasProposal else {
            return
        }
        timers.wake = min(timers.wake, now.advanced(byNanoseconds: delta / 2))
    }

    /// Tells an idle leader that operations wait, and gives it 3Δ from now.
    mutating func wakeLeader() {
        timers.wake = .distantFuture
        guard !hasProposal, !isLeader, hasOperations else { return }
        send(.wake(view), to: PeerID(leader))
        timers.limitLeader(to: now.advanced(byNanoseconds: 3 * delta), delta: delta)
    }
}
