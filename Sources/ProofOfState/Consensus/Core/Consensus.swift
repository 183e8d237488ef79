package import Canonical

/// Simplex with leader terms (Chan and Pass, IACR ePrint 2023/463; rules in `docs/systems/consensus.md`) as a value:
/// events and the time go in, actions come out. It has no clock, no randomness and does no input or output, so that
/// the same events give the same actions on every machine.
///
/// The driver passes one event at a time with a time that never goes back (the node's wall clock, clamped), carries out
/// the actions in order, and passes `ConsensusEvent.deadline` when `nextDeadline` has come.
package struct Consensus: Sendable {
    package let configuration: ConsensusConfiguration
    let signer: (any ConsensusSigner)?
    let quorum: UInt64

    /// The current view.
    package internal(set) var view: View = 1
    /// The highest block that is final and here; `finalize` actions up to it were given or wait for their record.
    package internal(set) var tip: FinalTip
    /// Set when two conflicting blocks were certified: more than a third of the weight lied. The node stops voting.
    package internal(set) var isHalted = false

    /// The highest finalization known, at or above `tip`.
    var finalization: Finalization
    /// `rounds[i]` is view `finalization.view + 1 + i`.
    var rounds: [Round] = []
    /// Blocks above the tip, in order of arrival.
    var blocks: [BlockEntry] = []
    /// The last final blocks, for peers that ask by hash.
    var recentFinal: [Block] = []
    var entryCertificate: Certificate?

    var delta: UInt64
    var timers: ViewTimers
    var hasOperations = false
    /// As leader of the current view: it need not wait for operations any longer.
    var isProposalDue = false
    /// As leader of the current view: it need not wait for more operations any longer.
    var isGathered = false

    var nextWrite: UInt64 = 1
    var durableWrite: UInt64 = 0
    var deferred: [(write: UInt64, effect: DeferredEffect)] = []
    /// `finalize` of a block that the application never verified waits for this write.
    var unverifiedFinalWrite: UInt64 = 0

    var needs = SyncNeeds()
    var lastNeeds = SyncNeeds()
    var nextFetch = Timestamp.zero
    var fetchCursor: UInt64 = 0
    var served: [PeerID: ServedPeer] = [:]

    var now = Timestamp.zero
    /// Records to store stand before everything else, so that a driver which answers an action while it carries out
    /// the list cannot get their order wrong.
    var writes: [ConsensusAction] = []
    var outbox: [ConsensusAction] = []

    /// A node that has no records: it starts on the block under its epoch.
    package init(_ configuration: ConsensusConfiguration, signer: (any ConsensusSigner)?) {
        self.configuration = configuration
        self.signer = signer
        let quorum = configuration.validators.quorum
        self.quorum = configuration.mutation == .quorumMinusOne ? max(1, quorum - 1) : quorum
        tip = FinalTip(header: configuration.base, certificate: nil)
        finalization = Finalization(
            view: 0, hash: configuration.base.hash, certificate: nil, header: configuration.base)
        delta = configuration.timing.deltaMin
        timers = ViewTimers(enteredAt: .zero, delta: configuration.timing.deltaMin, wait: 0)
    }

    /// Must be called once, before any event.
    package mutating func start(at now: Timestamp, into actions: inout [ConsensusAction]) {
        self.now = now
        restartTimers()
        resendOwn()
        step()
        releaseDeferred()
        flush(into: &actions)
    }

    /// Takes one event and appends what must be done.
    package mutating func handle(_ event: ConsensusEvent, at now: Timestamp, into actions: inout [ConsensusAction]) {
        self.now = max(self.now, now)
        switch event {
        case .received(let peer, let message): receive(message, from: peer)
        case .persisted(let write): noteDurable(through: write.rawValue)
        case .payload(let request, let payload): receivePayload(payload, for: request)
        case .verdict(let hash, let isValid): receiveVerdict(isValid, for: hash)
        case .operationsAvailable(let isAvailable): receiveAvailability(isAvailable)
        case .finalBlocks(let request, let range): sendFinal(range, for: request)
        case .connected(let peer): send(.status(status), to: peer)
        case .deadline: passDeadline()
        }
        releaseDeferred()
        flush(into: &actions)
    }

    /// When `ConsensusEvent.deadline` is due; nil when nothing is waited for.
    package var nextDeadline: Timestamp? {
        let fetch = needs.isEmpty ? Timestamp.distantFuture : nextFetch
        let ending = isViewTimedOut ? timers.retry : (hasProposal ? timers.advance : timers.leader)
        let leading = min(timers.propose, timers.gather)
        let deadline = min(min(leading, min(timers.wake, ending)), min(timers.retry, fetch))
        return deadline == .distantFuture ? nil : deadline
    }

    /// What this node tells others about where it stands.
    package var status: ConsensusStatus {
        ConsensusStatus(view: view, finalView: finalization.view, finalHeight: tip.height)
    }

    /// Leader of the current view.
    package var leader: ValidatorIndex { configuration.schedule.leader(of: view) }

    /// The span Δ that timeouts are made of now, in nanoseconds.
    package var deltaNanoseconds: UInt64 { delta }

    /// Tries everything that the rules allow now. Called after each change.
    mutating func step() {
        let neededNothing = needs.isEmpty
        needs = SyncNeeds()
        advanceTip()
        notarizeIfAllowed()
        proposeIfAllowed()
        // What is missing is often on its way already.
        if neededNothing && !needs.isEmpty {
            nextFetch = max(nextFetch, now.advanced(byNanoseconds: configuration.timing.fetchInterval))
        }
    }

    func has(_ mutation: ConsensusMutation) -> Bool { configuration.mutation == mutation }

    mutating func emit(_ action: ConsensusAction) { outbox.append(action) }

    mutating func send(_ message: ConsensusMessage, to peer: PeerID) { outbox.append(.send(peer, message)) }

    private mutating func flush(into actions: inout [ConsensusAction]) {
        actions.append(contentsOf: writes)
        writes.removeAll(keepingCapacity: true)
        actions.append(contentsOf: outbox)
        outbox.removeAll(keepingCapacity: true)
    }
}
