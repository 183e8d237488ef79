import Canonical

extension Consensus {
    /// Hands a record out to be stored; the number of its write.
    @discardableResult
    mutating func persist(_ record: ConsensusRecord) -> UInt64 {
        let write = nextWrite
        nextWrite += 1
        writes.append(.persist(WriteID(rawValue: write), record))
        return write
    }

    /// Lets `effect` happen once `write` and all before it are durable. Effects keep their order.
    mutating func after(_ write: UInt64, _ effect: DeferredEffect) {
        let position = deferred.lastIndex { $0.write <= write }.map { $0 + 1 } ?? 0
        deferred.insert((write, effect), at: position)
    }

    /// Lets happen what waited only for durable writes. Runs after each event, when no rule is half applied.
    mutating func releaseDeferred() {
        while let first = deferred.first, first.write <= durableWrite {
            deferred.removeFirst()
            perform(first.effect)
        }
    }

    mutating func noteDurable(through write: UInt64) {
        durableWrite = max(durableWrite, min(write, nextWrite - 1))
    }

    private mutating func perform(_ effect: DeferredEffect) {
        switch effect {
        case .castVote(let vote): castDurable(vote)
        case .sendProposal(let block, let proposal): sendProposal(block, proposal)
        case .emit(let action): emit(action)
        }
    }

    /// Asks the application about blocks only after it was told which of their ancestors are final.
    mutating func askApplication(_ action: ConsensusAction) {
        after(unverifiedFinalWrite, .emit(action))
    }
}
