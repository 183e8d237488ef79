import Canonical

extension Consensus {
    // Asking. Only a deadline makes a fetch, so no reply ever begets one.

    mutating func fetchIfDue() {
        guard !needs.isEmpty, now >= nextFetch, !isHalted else { return }
        let timing = configuration.timing
        let isRepeated = needs == lastNeeds
        nextFetch = now.advanced(
            byNanoseconds: max(1_000_000, isRepeated ? max(timing.fetchInterval, delta) : timing.fetchInterval))
        lastNeeds = needs
        let peer = nextPeer()
        if let views = needs.certificates {
            send(.fetchCertificates(from: views.lowerBound, through: views.upperBound), to: peer)
        }
        if let hash = needs.block { send(.fetchAncestors(hash, above: tip.height), to: peer) }
        if let height = needs.finalFrom { send(.fetchFinal(from: height), to: peer) }
    }

    /// Another validator, each in turn.
    mutating func nextPeer() -> PeerID {
        let count = UInt64(configuration.validators.count)
        fetchCursor &+= 1
        guard let me = configuration.me, count > 1 else {
            return PeerID(ValidatorIndex(truncatingIfNeeded: fetchCursor % count))
        }
        let step = 1 + fetchCursor % (count - 1)
        return PeerID(ValidatorIndex(truncatingIfNeeded: (UInt64(me) + step) % count))
    }

    /// A reply to `fetchAncestors`: blocks that hashes certify, the asked one first.
    mutating func receive(_ replied: [Block]) {
        var expected = lastNeeds.block
        for block in replied {
            guard block.hash == expected else { break }
            if keep(block) == nil { break }
            expected = block.parentHash
        }
        step()
    }

    // Serving

    func servedPeer(_ peer: PeerID) -> ServedPeer { served[peer] ?? ServedPeer() }

    /// Whether a request may be answered now; notes that it is.
    private mutating func admits(_ peer: PeerID, _ kind: WritableKeyPath<ServedPeer, Timestamp>) -> Bool {
        if served.count > 4 * ConsensusLimits.validatorsMax { served.removeAll() }
        var record = servedPeer(peer)
        let last = record[keyPath: kind]
        guard last == .zero || now.nanoseconds(since: last) >= configuration.timing.fetchInterval / 4 else {
            return false
        }
        record[keyPath: kind] = now
        served[peer] = record
        return true
    }

    mutating func serveCertificates(from first: View, to peer: PeerID) {
        guard admits(peer, \.certificates) else { return }
        sendEndings(from: first, to: peer)
    }

    mutating func serveAncestors(of hash: Digest, above height: Height, to peer: PeerID) {
        guard admits(peer, \.ancestors) else { return }
        var found: [Block] = []
        var bytes = 0
        var current = hash
        while found.count < ConsensusLimits.replyBlocksMax, let block = block(current), block.height > height {
            bytes += block.bodyByteCount
            guard found.isEmpty || bytes <= ConsensusLimits.replyBytesMax else { break }
            found.append(block)
            current = block.parentHash
        }
        if !found.isEmpty {
            send(.blocks(found), to: peer)
        } else if tip.height > height, let message = finalization.message {
            send(message, to: peer)
        }
    }

    private func block(_ hash: Digest) -> Block? {
        if let index = blockIndex(hash) { return blocks[index].block }
        return recentFinal.last { $0.hash == hash }
    }

    mutating func serveFinal(from height: Height, to peer: PeerID) {
        guard height <= tip.height, admits(peer, \.final) else { return }
        emit(.readFinal(FinalReadRequest(peer: peer, from: height)))
    }

    mutating func sendFinal(_ range: FinalRange?, for request: FinalReadRequest) {
        guard let range else { return }
        send(.finalRange(range), to: request.peer)
    }
}
