import Caesar
package import Canonical
package import Falcon
package import ProofOfState
import TrustChain

extension LedgerState: AdmissionState {
    package var tipHeight: UInt64 { tip.height }
    package var tipTime: Timestamp { tip.time }

    package func finalBlockHash(at height: UInt64) -> BlockHash? {
        guard let anchor: Tip = try? decoded(for: LedgerKey.anchor(height)), anchor.height == height else {
            return nil
        }
        return anchor.hash
    }

    package func policy(for kind: UInt16) -> ProofPolicy? {
        UInt8(exactly: kind).flatMap { OperationKind(rawValue: $0) }.map { policy.entry($0).proofs }
    }

    package func publicKey(of subject: NodeID) -> Falcon1024.PublicKey? {
        identity(of: subject).flatMap { try? Falcon1024.PublicKey(rawRepresentation: $0.publicKey) }
    }

    package func plot(of subject: NodeID) -> PlotCommitment? { identity(of: subject)?.plot }

    /// TrustChain records no certificate before it is valid, so none found here begins in the future.
    package func certificate(_ digest: Digest) -> CertificateStanding? {
        guard let reference: CertificateReference = try? decoded(for: LedgerKey.certificate(digest)),
            let record = try? TrustState.record(reference, in: self)
        else { return nil }
        return CertificateStanding(
            subject: record.holder, notBefore: .zero,
            notAfter: Timestamp(seconds: UInt64(clamping: record.notAfter)), isRevoked: record.status != .active)
    }

    package func bond(of subject: NodeID) -> Amount { balance(of: .bond(subject)) }

    package func nextSequence(of subject: NodeID) -> UInt64 {
        (try? decoded(for: LedgerKey.sequence(subject))) ?? 0
    }

    package func bootstrapIdentity(in intent: OperationIntent) -> BootstrapIdentity? {
        guard case .registerIdentity(let registration)? = try? Operation(canonicalBytes: intent.operation),
            let key = try? Falcon1024.PublicKey(rawRepresentation: registration.publicKey)
        else { return nil }
        return BootstrapIdentity(publicKey: key, plot: registration.plot, audit: registration.audit)
    }
}
