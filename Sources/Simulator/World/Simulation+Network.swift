import Canonical
import ProofOfState

extension Simulation {
    mutating func broadcast(_ message: ConsensusMessage, from node: Int) {
        if nodes[node].isHonest {
            observeSigned(message, by: node)
        } else if nodes[node].isLiar, tamper(with: message, from: node) {
            return
        }
        for target in nodes.indices where target != node { transmit(message, from: node, to: target) }
    }

    private mutating func observeSigned(_ message: ConsensusMessage, by node: Int) {
        let contradiction: String?
        switch message {
        case .vote(let vote): contradiction = signatures.observe(vote, of: node)
        case .proposal(let block, _):
            contradiction = signatures.observeProposal(block, of: node)
            remember(block)
        default: return
        }
        if let contradiction { fail(.honestSignatures, contradiction) }
    }

    mutating func remember(_ block: Block) {
        if seen.count >= 16 { seen.removeFirst() }
        seen.append(block)
    }

    /// Puts a message on the wire: it may be lost, doubled, delayed and so overtaken.
    mutating func transmit(_ message: ConsensusMessage, from: Int, to: Int) {
        guard !nodes[from].isMute else { return }
        countMessage()
        let message = throughWire(message)
        guard blocked[from] >> UInt64(to) & 1 == 0 else { return }
        let draw = networkRandom.next()
        guard draw % 1000 >= profile.loss else { return }
        queue.push(.deliver(from: from, to: to, message), at: time + delay())
        guard (draw >> 20) % 1000 < profile.duplication else { return }
        queue.push(.deliver(from: from, to: to, message), at: time + delay())
    }

    private mutating func throughWire(_ message: ConsensusMessage) -> ConsensusMessage {
        guard options.encodes else { return message }
        guard let read = try? ConsensusMessage(canonicalBytes: message.canonicalBytes), read == message else {
            fail(.encoding, "a message did not come back: \(message)")
            return message
        }
        return read
    }

    /// A record as it stands on disk.
    mutating func throughDisk(_ record: ConsensusRecord) -> ConsensusRecord {
        guard options.encodes else { return record }
        guard let read = try? ConsensusRecord(canonicalBytes: record.canonicalBytes), read == record else {
            fail(.encoding, "a record did not come back: \(record)")
            return record
        }
        return read
    }

    private mutating func delay() -> UInt64 {
        let draw = networkRandom.next()
        let usual = profile.delayMin + draw % profile.delayMax
        guard profile.longDelay > 0, (draw >> 40) % 100 == 0 else { return usual }
        return usual + networkRandom.next() % profile.longDelay
    }
}
