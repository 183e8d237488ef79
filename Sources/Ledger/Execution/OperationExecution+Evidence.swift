import Caesar
package import Canonical
import ProofOfState

extension OperationExecution {
    /// Records evidence once, and forfeits the whole bond of the validator that it convicts.
    mutating func recordEvidence(_ bytes: [UInt8]) throws(LedgerRefusal) {
        let digest = Digest(.evidence, bytes)
        guard state.value(for: LedgerKey.evidence(digest)) == nil else { throw .evidenceKnown(digest) }
        let evidence: Evidence
        do {
            evidence = try Evidence(canonicalBytes: bytes)
        } catch {
            throw .invalidEvidence("\(error)")
        }
        let records = try validators()
        let offender = try convict(evidence, among: records)
        // One offence is punished once, however many pairs of signatures show it.
        let offence = LedgerKey.offence(of: offender, view: evidence.view)
        guard state.value(for: offence) == nil else { throw .evidenceKnown(digest) }
        var forfeited = Amount.zero
        do throws(CaesarError) {
            forfeited = try Caesar.balance(.bond(offender), in: state)
            if forfeited > .zero {
                try Caesar.move(
                    forfeited, from: .bond(offender), to: .named(.forfeited), in: &state, at: block.time)
            }
        } catch {
            throw .caesar(error)
        }
        state.set(block.height, for: LedgerKey.evidence(digest))
        state.set(digest, for: offence)
        report(.evidenceRecorded(digest, offender: offender, forfeited: forfeited))
    }

    private func convict(_ evidence: Evidence, among records: [ValidatorRecord]) throws(LedgerRefusal) -> NodeID {
        do {
            let set = try ValidatorSet(records.map(\.validator))
            // The first epoch is the only one as long as the validator set cannot change.
            try evidence.verify(
                validators: set, context: SigningContext(network: network, epoch: 0),
                checker: ValidatorKeys(set))
            guard let offender = set[evidence.offender] else { throw ConsensusError.invalidSigner(evidence.offender) }
            return offender.node
        } catch {
            throw .invalidEvidence("\(error)")
        }
    }

    private func validators() throws(LedgerRefusal) -> [ValidatorRecord] {
        guard let bytes = state.value(for: LedgerKey.validators) else { return [] }
        do {
            var decoder = BCSDecoder(bytes)
            let records = try decoder.decodeArray(of: ValidatorRecord.self, limit: 1024)
            try decoder.finish()
            return records
        } catch {
            throw .corruptState(error)
        }
    }
}

extension HashDomain {
    /// Evidence as the ledger records it.
    package static let evidence = HashDomain("HM/evidencebytes")
}
