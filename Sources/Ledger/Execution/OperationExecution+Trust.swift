import Canonical
import TrustChain

extension OperationExecution {
    mutating func applyTrust(_ bytes: [UInt8], by subject: NodeID) throws(LedgerRefusal) {
        let operation: TrustOperation
        do {
            operation = try TrustOperation(canonicalBytes: bytes)
        } catch {
            throw .malformed(error)
        }
        // Nobody acts for an authority that is not its own as long as there is no governance.
        let happened: [TrustEvent]
        do {
            happened = try TrustState.apply(
                operation, subject: subject, isAuthorized: false, height: block.height, time: block.time,
                state: &state)
            for event in happened { try OperationExecution.indexCertificate(of: event, in: &state) }
        } catch {
            throw .trust("\(error)")
        }
        for event in happened { report(.trust(event)) }
    }

    // Proofs of stake name a certificate by the hash of its DER.
    static func indexCertificate(
        of event: TrustEvent, in state: inout StateJournal
    ) throws(TrustChainError) {
        let reference = CertificateReference(authority: event.authority, serial: event.serial)
        guard let record = try TrustState.record(reference, in: state) else { return }
        state.set(reference, for: LedgerKey.certificate(record.fingerprint))
    }
}
