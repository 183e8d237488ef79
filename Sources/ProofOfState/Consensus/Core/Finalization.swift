import Canonical

/// The highest finalization known; its block may not be here yet.
struct Finalization: Sendable {
    var view: View
    var hash: Digest
    /// nil only for the block under the epoch.
    var certificate: Certificate?
    var header: SealedHeader?

    /// What to show a peer that lags.
    var message: ConsensusMessage? {
        guard let certificate else { return nil }
        guard let header else { return .certificate(certificate) }
        return .finality(FinalityProof(header: header, certificate: certificate))
    }
}
