import Caesar
import Canonical
import Falcon
package import ProofOfState
import TrustChain

extension LedgerState {
    /// The state before the first block. Its tip has height 0 and the network's id as hash.
    package init(_ genesis: Genesis) throws(LedgerError) {
        try genesis.validate()
        var state = StateJournal(over: [:])
        do {
            try Caesar.distribute(in: &state, at: genesis.time)
            for validator in genesis.validators { try LedgerState.found(validator, in: &state, at: genesis.time) }
            for grant in genesis.grants {
                try Caesar.grant(
                    grant.amount, from: grant.from, to: grant.to, vestingSeconds: grant.vestingSeconds, in: &state,
                    at: genesis.time)
            }
            try Caesar.checkTracked(in: state)
        } catch {
            throw .malformedGenesis("\(error)")
        }
        for identity in genesis.identities {
            LedgerState.register(identity.id, key: identity.publicKey, plot: identity.plot, in: &state)
        }
        try LedgerState.record(genesis, in: &state)
        state.set(genesis.networkID, for: LedgerKey.network)
        state.set(genesis.policy, for: LedgerKey.policy)
        let tip = Tip(height: 0, time: genesis.time, hash: BlockHash(genesis.networkID.digest))
        state.set(tip, for: LedgerKey.tip)
        state.set(tip, for: LedgerKey.anchor(0))
        var values: [StateKey: [UInt8]] = [:]
        for change in state.changes { values[change.key] = change.value }
        try self.init(values: values)
    }

    private static func found(
        _ validator: GenesisValidator, in state: inout StateJournal, at time: Timestamp
    ) throws(CaesarError) {
        register(validator.id, key: validator.publicKey, plot: validator.plot, in: &state)
        guard validator.bond > .zero else { return }
        try Caesar.grant(
            validator.bond, from: .communityRewards, to: validator.id, vestingSeconds: nil, in: &state, at: time)
        try Caesar.move(validator.bond, from: .node(validator.id), to: .bond(validator.id), in: &state, at: time)
    }

    private static func register(
        _ node: NodeID, key: [UInt8], plot: PlotCommitment, in state: inout StateJournal
    ) {
        let record = IdentityRecord(publicKey: key, plot: plot, sponsor: nil, height: 0)
        state.set(record, for: LedgerKey.identity(node))
    }

    // Validators, and the certificates that exist from the start, as TrustChain records any other.
    private static func record(_ genesis: Genesis, in state: inout StateJournal) throws(LedgerError) {
        var encoder = BCSEncoder()
        encoder.encode(genesis.validators.map(\.record))
        state.setValue(encoder.bytes, for: LedgerKey.validators)
        guard !genesis.rootCertificate.isEmpty else { return }
        let operations =
            [TrustOperation.registerAuthority(certificate: genesis.rootCertificate)]
            + genesis.certificates.map { .issueCertificate($0) }
        do {
            for operation in operations {
                let events = try TrustState.apply(
                    operation, subject: NodeID(genesis.networkID.digest), isAuthorized: true, height: 0,
                    time: genesis.time, state: &state)
                for event in events { try OperationExecution.indexCertificate(of: event, in: &state) }
            }
        } catch {
            throw .malformedGenesis("a certificate is refused: \(error)")
        }
    }
}

extension Genesis {
    /// Refuses a genesis from which no mesh could run.
    func validate() throws(LedgerError) {
        guard !networkName.isEmpty, networkName.utf8.count <= Genesis.nameBytesMax else {
            throw .malformedGenesis("the mesh's name has 1 to \(Genesis.nameBytesMax) bytes")
        }
        do {
            _ = try ValidatorSet(validators.map(\.record.validator))
        } catch {
            throw .malformedGenesis("\(error)")
        }
        let keys = validators.map(\.publicKey) + identities.map(\.publicKey)
        guard Set(keys).count == keys.count else { throw .malformedGenesis("a key occurs twice") }
        for key in keys where (try? Falcon1024.PublicKey(rawRepresentation: key)) == nil {
            throw .malformedGenesis("\(NodeID(publicKey: key).shortDescription) has no FALCON-1024 key")
        }
        guard certificates.isEmpty || !rootCertificate.isEmpty else {
            throw .malformedGenesis("certificates need a root certificate")
        }
    }

    /// The validators of the first epoch, as consensus takes them.
    package func validatorSet() throws(LedgerError) -> ValidatorSet {
        do {
            return try ValidatorSet(validators.map(\.record.validator))
        } catch {
            throw .malformedGenesis("\(error)")
        }
    }
}
