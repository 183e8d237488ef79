import Canonical
import ProofOfState

extension Simulation {
    private func token(_ node: Int) -> [UInt8] { SimulatedSigner(node: node).token }

    private mutating func chance(_ percent: UInt64) -> Bool { liarRandom.next() % 100 < percent }

    /// A liar's own message on its way to everyone: passed on as it is (false), or replaced (true).
    mutating func tamper(with message: ConsensusMessage, from node: Int) -> Bool {
        switch message {
        case .proposal(let block, _):
            remember(block)
            guard chance(60) else { return false }
            misproposes(block, from: node)
            return true
        case .vote: return chance(15)
        default: return chance(10)
        }
    }

    /// A leader's lies: two blocks, a block on a stale parent, an invalid one, or one that few get.
    private mutating func misproposes(_ block: Block, from node: Int) {
        if Application.Clients.areReplayed, chance(20) {
            return send(replayed(block), besides: block, from: node)
        }
        let other: Block
        switch liarRandom.next() % 6 {
        case 0, 1: other = altered(block) { $0.time = $0.time.advanced(byNanoseconds: 1) }
        case 2, 3: other = stale(block, node)
        case 4: other = altered(block) { $0.stateRoot = Digest(sha256: [1]) }
        default: other = altered(block) { $0.height &+= 1 }
        }
        send(other, besides: block, from: node)
    }

    private mutating func replayed(_ block: Block) -> Block {
        let old = seen.randomElement(using: &liarRandom)?.operations ?? []
        return Block(sealing: block.header.header, operations: old + block.operations)
    }

    private mutating func send(_ other: Block, besides block: Block, from node: Int) {
        remember(other)
        let sendsBothToAll = chance(40)
        for target in nodes.indices where target != node {
            let draw = liarRandom.next() % 100
            if sendsBothToAll || draw < 55 { transmitBlock(other, from: node, to: target) }
            if sendsBothToAll || draw >= 45 { transmitBlock(block, from: node, to: target) }
        }
        for hash in [block.hash, other.hash] {
            let vote = Vote(
                kind: .notarize, view: block.view, hash: hash, voter: ValidatorIndex(node), signature: token(node))
            scatter(.vote(vote), from: node, percent: 80)
        }
    }

    private func altered(_ block: Block, _ change: (inout BlockHeader) -> Void) -> Block {
        var header = block.header.header
        change(&header)
        return Block(sealing: header, operations: block.operations)
    }

    /// A sibling of an earlier block, valid but for its parent being left behind.
    private mutating func stale(_ block: Block, _ node: Int) -> Block {
        let earlier = seen.filter { $0.view < block.view }
        let isLatest = chance(70)
        guard let sibling = isLatest ? earlier.last : earlier.randomElement(using: &liarRandom) else {
            return altered(block) { $0.time = $0.time.advanced(byNanoseconds: 2) }
        }
        var header = sibling.header.header
        header.view = block.view
        header.proposer = ValidatorIndex(node)
        header.time = max(header.time, block.header.time)
        return Block(sealing: header, operations: [])
    }

    private mutating func transmitBlock(_ block: Block, from node: Int, to target: Int) {
        transmit(.proposal(block, signature: token(node)), from: node, to: target)
    }

    private mutating func scatter(_ message: ConsensusMessage, from node: Int, percent: UInt64) {
        for target in nodes.indices where target != node && chance(percent) {
            transmit(message, from: node, to: target)
        }
    }

    /// From time to time a liar says whatever may do harm.
    mutating func lie(_ node: Int) {
        queue.push(.lie(node: node), at: time + 5_000_000 + liarRandom.next() % 150_000_000)
        guard nodes[node].isAlive else { return }
        switch liarRandom.next() % 8 {
        case 0...3: voteForAnything(node)
        case 4: showShortCertificate(node)
        case 5: askForMuch(node)
        case 6: sendForeignBlocks(node)
        default: scatter(.status(ConsensusStatus(view: 1, finalView: 0, finalHeight: 0)), from: node, percent: 30)
        }
    }

    private mutating func voteForAnything(_ node: Int) {
        guard let block = seen.randomElement(using: &liarRandom) else { return }
        let kinds = VoteKind.allCases
        let isOfCurrentView = chance(30)
        let view = isOfCurrentView ? nodes[node].core.view + liarRandom.next() % 3 : block.view
        for _ in 0..<2 {
            let kind = kinds[Int(liarRandom.next() % 3)]
            let vote = Vote(
                kind: kind, view: view, hash: block.hash, voter: ValidatorIndex(node), signature: token(node))
            scatter(.vote(vote), from: node, percent: 60)
        }
    }

    private mutating func showShortCertificate(_ node: Int) {
        guard let block = seen.randomElement(using: &liarRandom) else { return }
        let signature = Certificate.Signature(voter: ValidatorIndex(node), bytes: token(node))
        let repeated = chance(50) ? Array(repeating: signature, count: nodes.count) : [signature]
        let kind = VoteKind.allCases[Int(liarRandom.next() % 3)]
        let certificate = Certificate(kind: kind, view: block.view, hash: block.hash, signatures: repeated)
        scatter(.certificate(certificate), from: node, percent: 70)
        scatter(.finality(FinalityProof(header: block.header, certificate: certificate)), from: node, percent: 30)
        scatter(.finalRange(FinalRange(blocks: [block], certificate: certificate)), from: node, percent: 30)
    }

    private mutating func askForMuch(_ node: Int) {
        guard let block = seen.randomElement(using: &liarRandom) else { return }
        for _ in 0..<5 {
            scatter(.fetchFinal(from: 1), from: node, percent: 50)
            scatter(.fetchAncestors(block.hash, above: 0), from: node, percent: 50)
            scatter(.fetchCertificates(from: 1, through: .max), from: node, percent: 50)
            scatter(.wake(block.view + 1), from: node, percent: 50)
        }
    }

    private mutating func sendForeignBlocks(_ node: Int) {
        scatter(.blocks(seen.reversed()), from: node, percent: 50)
    }
}
