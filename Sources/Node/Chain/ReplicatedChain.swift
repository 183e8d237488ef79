package import Canonical
package import Ledger
package import Logging
package import ProofOfState
import Store

/// The replicated chain of one node: consensus and what it agrees on behind one actor. Signatures of messages are
/// verified before they come here; what goes out leaves through `ChainOutput`.
package actor ReplicatedChain<Application: ReplicatedApplication> {

    var consensus: Consensus
    var application: Application
    let log: ChainLog
    let output: any ChainOutput
    let clock = WallClock()
    let logger: Logger
    /// Roots of the last final blocks, newest last.
    private(set) var recentRoots: [(height: Height, root: Digest)]
    private(set) var lastFinal: FinalizedBlock?
    private var hadOperations = false
    private var events: [ConsensusEvent] = []
    private var isStepping = false
    private var deadlineTask: Task<Void, Never>?
    private var armedDeadline: Timestamp?
    private var watchers: [UInt64: AsyncStream<FinalizedBlock>.Continuation] = [:]
    private var nextWatcher: UInt64 = 0
    private(set) var stopReason: String?
    var evidenceSeen: [Evidence] = []

    package init(
        consensus: Consensus,
        application: Application,
        log: ChainLog,
        output: any ChainOutput,
        logger: Logger,
        lastRoot: (height: Height, root: Digest)
    ) {
        recentRoots = [lastRoot]
        self.consensus = consensus
        self.application = application
        self.log = log
        self.output = output
        self.logger = logger
    }

    /// Starts to take part.
    package func start() {
        var actions: [ConsensusAction] = []
        consensus.start(at: clock.now, into: &actions)
        isStepping = true
        perform(actions)
        isStepping = false
        step(.deadline)
    }

    package func stop() {
        deadlineTask?.cancel()
        for watcher in watchers.values { watcher.finish() }
        watchers.removeAll()
    }

    // MARK: Input

    /// A message whose required signatures were verified.
    package func receive(_ message: ConsensusMessage, from peer: PeerID) {
        step(.received(peer, message))
    }

    package func connected(_ peer: PeerID) {
        step(.connected(peer))
    }

    /// Takes a client's operation and passes it on.
    package func admit(_ envelope: [UInt8]) throws(NodeError) -> OperationID {
        let id = try take(envelope)
        output.gossip(envelope)
        if !hadOperations { noteOperations() }
        return id
    }

    /// Takes operations that another validator passed on.
    /// - Returns: why some were refused.
    package func admitGossip(_ envelopes: [[UInt8]]) -> [NodeError] {
        var refusals: [NodeError] = []
        for envelope in envelopes {
            do throws(NodeError) { _ = try take(envelope) } catch { refusals.append(error) }
        }
        if !hadOperations { noteOperations() }
        return refusals
    }

    private func take(_ envelope: [UInt8]) throws(NodeError) -> OperationID {
        do throws(AdmissionRefusal) { return try application.admit(envelope) } catch { throw NodeError(error) }
    }

    /// Every final block from now on.
    package func watch() -> AsyncStream<FinalizedBlock> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: FinalizedBlock.self, bufferingPolicy: .bufferingNewest(4096))
        let number = nextWatcher
        nextWatcher += 1
        watchers[number] = continuation
        continuation.onTermination = { _ in Task { await self.unwatch(number) } }
        return stream
    }

    private func unwatch(_ number: UInt64) {
        watchers[number] = nil
    }

    // MARK: Steps

    /// Gives an event to consensus. What carrying out actions brings up waits until all actions before it are done,
    /// so that a block's `verify` never overtakes its parent's `finalize`.
    func step(_ event: ConsensusEvent) {
        events.append(event)
        guard !isStepping else { return }
        isStepping = true
        defer { isStepping = false }
        var next = 0
        while next < events.count, stopReason == nil {
            var actions: [ConsensusAction] = []
            consensus.handle(events[next], at: clock.now, into: &actions)
            next += 1
            perform(actions)
        }
        events.removeAll(keepingCapacity: true)
        armDeadline()
    }

    private func perform(_ actions: [ConsensusAction]) {
        for action in actions {
            switch action {
            case .persist(let id, let record): persist(id, record)
            case .send(let peer, let message): output.send(message, to: peer)
            case .broadcast(let message): output.broadcast(message)
            case .propose(let request): step(.payload(request, payload(for: request)))
            case .verify(let block): step(.verdict(block.hash, isValid: application.isValid(block)))
            case .finalize(let block, _): finalize(block)
            case .readFinal(let request): read(request)
            case .evidence(let evidence): note(evidence)
            case .report(let report): note(report)
            }
        }
    }

    private func payload(for request: ProposalRequest) -> BlockPayload? {
        let payload = application.payload(for: request)
        // Consensus takes an empty payload for "none wait": the next that comes is news again.
        if payload?.operations.isEmpty == true { hadOperations = false }
        return payload
    }

    private func persist(_ id: WriteID, _ record: ConsensusRecord) {
        log.persist(id, record) { [weak self] result in
            Task { await self?.persisted(result) }
        }
    }

    private func persisted(_ result: Result<WriteID, StoreError>) {
        switch result {
        case .success(let id): step(.persisted(id))
        case .failure(let error): halt("the log cannot be written: \(error)")
        }
    }

    private func finalize(_ block: Block) {
        guard let outcome = application.finalize(block) else {
            return halt("final block \(block.height) cannot be executed here")
        }
        recentRoots.append((block.height, outcome.stateRoot))
        if recentRoots.count > 128 { recentRoots.removeFirst(64) }
        let final = FinalizedBlock(
            height: block.height, hash: BlockHash(block.hash), time: block.header.header.time,
            receipts: outcome.receipts, events: outcome.events, stateRoot: outcome.stateRoot)
        lastFinal = final
        for watcher in watchers.values { watcher.yield(final) }
        noteOperations()
    }

    private func read(_ request: FinalReadRequest) {
        do throws(NodeError) {
            step(.finalBlocks(request, try log.finalRange(from: request.from)))
        } catch {
            logger.error("stored blocks cannot be read", metadata: ["reason": "\(error)"])
            step(.finalBlocks(request, nil))
        }
    }

    private func noteOperations() {
        let has = application.hasOperations
        guard has || has != hadOperations else { return }
        hadOperations = has
        step(.operationsAvailable(has))
    }

    private func armDeadline() {
        let deadline = consensus.nextDeadline
        guard deadline != armedDeadline else { return }
        armedDeadline = deadline
        deadlineTask?.cancel()
        guard let deadline else { return }
        let wait = deadline.nanoseconds(since: clock.now)
        deadlineTask = Task { [weak self] in
            guard (try? await Task.sleep(for: .nanoseconds(wait))) != nil else { return }
            await self?.passDeadline(deadline)
        }
    }

    private func passDeadline(_ deadline: Timestamp) {
        guard armedDeadline == deadline else { return }
        armedDeadline = nil
        step(.deadline)
    }

    private func halt(_ reason: String) {
        stopReason = reason
        deadlineTask?.cancel()
        logger.critical("node stopped taking part", metadata: ["reason": "\(reason)"])
    }
}
