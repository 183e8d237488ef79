import Canonical
import ProofOfState

extension Simulation {
    mutating func perform(_ event: WorldEvent) {
        switch event {
        case .deliver(let from, let to, let message): deliver(message, from: from, to: to)
        case .deadline(let node, let life): passDeadline(node, life)
        case .synced(let node, let life, let records):
            guard isCurrent(node, life) else { return }
            let write = nodes[node].disk.endSync(covering: records)
            pass(.persisted(write), to: node)
        case .payload(let node, let life, let request):
            guard isCurrent(node, life) else { return }
            pass(.payload(request, nodes[node].application.payload(for: request)), to: node)
        case .verdict(let node, let life, let block):
            guard isCurrent(node, life) else { return }
            pass(.verdict(block.hash, isValid: nodes[node].application.verify(block)), to: node)
        case .finalRead(let node, let life, let request):
            guard isCurrent(node, life) else { return }
            pass(.finalBlocks(request, nodes[node].disk.finalRange(from: request.from)), to: node)
        case .operation(let node, let operation): submit(operation, to: node)
        case .availability(let node, let life, let has):
            guard isCurrent(node, life) else { return }
            pass(.operationsAvailable(has), to: node)
        case .restart(let node): restart(node)
        case .workload: makeWork()
        case .fault: makeFault()
        case .lie(let node): lie(node)
        case .powerFailure: failPower()
        case .judgement: demandProgress()
        }
    }

    private func isCurrent(_ node: Int, _ life: Int) -> Bool { nodes[node].isAlive && nodes[node].life == life }

    func clock(of node: Int) -> Timestamp { Timestamp(nanoseconds: time &+ nodes[node].clockOffset) }

    private mutating func deliver(_ message: ConsensusMessage, from: Int, to: Int) {
        mix(UInt64(from << 8 | to))
        guard nodes[to].isAlive else { return }
        pass(.received(PeerID(ValidatorIndex(from)), message), to: to)
    }

    private mutating func passDeadline(_ node: Int, _ life: Int) {
        guard isCurrent(node, life), nodes[node].deadlineAt <= time else { return }
        nodes[node].deadlineAt = .max
        guard let due = nodes[node].nextDeadline(), due <= clock(of: node) else {
            scheduleDeadline(node)
            return
        }
        pass(.deadline, to: node)
    }

    /// Starts a node's core for the first time in its life.
    mutating func start(_ node: Int) {
        var actions = self.actions
        nodes[node].core.start(at: clock(of: node), into: &actions)
        carryOut(&actions, of: node)
    }

    /// Gives one event to a node's core and carries out what it answers.
    mutating func pass(_ event: ConsensusEvent, to node: Int) {
        var actions: [ConsensusAction] = []
        swap(&actions, &self.actions)
        nodes[node].pass(event, at: clock(of: node), into: &actions)
        carryOut(&actions, of: node)
    }

    private mutating func carryOut(_ actions: inout [ConsensusAction], of node: Int) {
        for action in actions { perform(action, of: node) }
        actions.removeAll(keepingCapacity: true)
        swap(&actions, &self.actions)
        if let records = nodes[node].disk.beginSync() {
            let latency = 50_000 + diskRandom.next() % profile.diskLatencyMax
            queue.push(.synced(node: node, life: nodes[node].life, records: records), at: time + latency)
        }
        scheduleDeadline(node)
    }

    private mutating func scheduleDeadline(_ node: Int) {
        guard let due = nodes[node].nextDeadline() else { return }
        let offset = nodes[node].clockOffset
        let at = max(time + 1, due.nanoseconds > offset ? due.nanoseconds - offset : 0)
        guard at < nodes[node].deadlineAt else { return }
        nodes[node].deadlineAt = at
        queue.push(.deadline(node: node, life: nodes[node].life), at: at)
    }

    private mutating func perform(_ action: ConsensusAction, of node: Int) {
        switch action {
        case .persist(_, let record):
            nodes[node].disk.append(throughDisk(record))
            if case .certificate(let certificate) = record { observe(certificate, at: node) }
        case .send(let peer, let message):
            let target = Int(peer.rawValue)
            if target < nodes.count, target != node { transmit(message, from: node, to: target) }
        case .broadcast(let message): broadcast(message, from: node)
        case .propose(let request):
            queue.push(.payload(node: node, life: nodes[node].life, request), at: time + applicationLatency())
        case .verify(let block):
            queue.push(.verdict(node: node, life: nodes[node].life, block), at: time + applicationLatency())
        case .finalize(let block, let certificate): execute(block, certificate, at: node)
        case .readFinal(let request):
            queue.push(.finalRead(node: node, life: nodes[node].life, request), at: time + applicationLatency())
        case .evidence(let evidence): judge(evidence, by: node)
        case .report(.conflictingCertificates(let view)) where nodes[node].isHonest:
            fail(.agreement, "node \(node) met two quorums that contradict each other in view \(view)")
        case .report: break
        }
    }

    private mutating func applicationLatency() -> UInt64 {
        20_000 + diskRandom.next() % profile.applicationLatencyMax
    }

    private mutating func observe(_ certificate: Certificate, at node: Int) {
        guard nodes[node].isHonest else { return }
        if let contradiction = certificates.observe(certificate) { fail(.certificates, contradiction) }
    }

    private mutating func execute(_ block: Block, _ certificate: Certificate?, at node: Int) {
        nodes[node].application.finalize(block)
        nodes[node].promisedHeight = block.height
        tellAvailability(node)
        guard !nodes[node].isLiar else { return }
        mix(block.height &* 31 &+ UInt64(node))
        if let certificate { observe(certificate, at: node) }
        if let (property, detail) = chain.observe(block, root: nodes[node].application.stateRoot, by: node) {
            fail(property, detail)
        }
        checkInvariants(of: node)
    }

    mutating func checkInvariants(of node: Int) {
        if let broken = nodes[node].application.brokenInvariant { fail(.application, "node \(node): \(broken)") }
        if let problem = nodes[node].disk.segments?.problem { fail(.durability, "node \(node): \(problem)") }
    }

    private mutating func judge(_ evidence: Evidence, by node: Int) {
        guard nodes[node].isHonest else { return }
        count(\.accusations)
        let accused = Int(evidence.offender)
        if accused < nodes.count, nodes[accused].isHonest {
            fail(.evidence, "node \(node) accuses honest node \(accused)")
        }
    }
}
