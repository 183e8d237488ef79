package import Caesar
package import Canonical
package import Catalog
package import Satchel

/// What others read of the state. A damaged value reads as absent here; executing a block names the damage.
extension LedgerState {
    package func identity(of node: NodeID) -> IdentityRecord? { try? decoded(for: LedgerKey.identity(node)) }

    /// An account's balance, spendable or not.
    package func balance(of account: AccountID) -> Amount { (try? Caesar.balance(account, in: self)) ?? .zero }

    /// What an identity can pay at the time of the last block.
    package func spendable(of node: NodeID) -> Amount {
        (try? Caesar.account(.node(node), in: self))?.spendable(at: tip.time) ?? .zero
    }

    /// The validators of the present epoch.
    package var validators: [ValidatorRecord] {
        guard let bytes = value(for: LedgerKey.validators) else { return [] }
        var decoder = BCSDecoder(bytes)
        return (try? decoder.decodeArray(of: ValidatorRecord.self, limit: 1024)) ?? []
    }

    package func program(_ id: ProgramID) -> ProgramRecord? { try? decoded(for: LedgerKey.program(id)) }
    package func job(_ id: JobID) -> Job? { try? decoded(for: LedgerKey.job(id)) }

    /// The receipt kept for a result of a job: of a settled job the agreed one.
    package func receipt(of job: JobID, result: Digest) -> JobReceipt? {
        try? decoded(for: LedgerKey.receipt(job, result: result))
    }

    package func pool(of node: NodeID) -> AssetPool? { try? decoded(for: LedgerKey.pool(node)) }

    /// The nodes that offer assets, in the order of the ledger's list.
    package var providers: [NodeID] {
        let count: UInt64 = (try? decoded(for: LedgerKey.providerCount)) ?? 0
        return (0..<count).compactMap { try? decoded(NodeID.self, for: LedgerKey.provider($0)) }
    }

    /// Why an operation cannot stand in the next block, whatever comes before it; nil when it can. For the mempool:
    /// a sequence above the next is no reason.
    package func refusal(of operation: VerifiedOperation) -> LedgerRefusal? {
        do throws(LedgerRefusal) {
            let decoded = try OperationExecution.decode(operation)
            let next = nextSequence(of: operation.subject)
            guard operation.sequence >= next else {
                throw .wrongSequence(have: operation.sequence, next: next)
            }
            if case .registerIdentity = decoded { return nil }
            guard identity(of: operation.subject) != nil else { throw .unknownIdentity(operation.subject) }
            let fee = policy.entry(decoded.kind).fee
            let have = spendable(of: operation.subject)
            guard have >= fee else {
                throw .caesar(
                    .insufficientBalance(.node(operation.subject), have: have, need: fee, locked: .zero))
            }
            return nil
        } catch {
            return error
        }
    }
}
