package import Canonical
import MerkleTree

/// TrustChain's part of the replicated state: which authorities and certificates there are, and the head of the
/// transparency log. Pure transitions; a refused operation writes nothing.
package enum TrustState {
    /// Applies one operation.
    ///
    /// A certificate needs no other permission than a registered authority's signature: whoever submits it, the
    /// authority decided. A revocation comes from the authority's own key, from the certificate's holder, or from a
    /// subject that the ledger's policy authorizes.
    ///
    /// - Parameters:
    ///   - subject: who signed the operation.
    ///   - isAuthorized: whether the ledger's policy lets `subject` act for any authority (governance).
    ///   - height: of the block; 0 is genesis.
    ///   - time: of the block, wall-clock.
    package static func apply(
        _ operation: TrustOperation,
        subject: NodeID,
        isAuthorized: Bool,
        height: UInt64,
        time: Timestamp,
        state: inout some StateAccess
    ) throws(TrustChainError) -> [TrustEvent] {
        let block = BlockContext(height: height, time: time)
        switch operation {
        case .registerAuthority(let der):
            return [try register(Certificate(derEncoded: der), at: block, state: &state)]
        case .issueCertificate(let der):
            return [try record(Certificate(derEncoded: der), replacing: nil, at: block, state: &state)]
        case .renewCertificate(let der, let replaces):
            return [try record(Certificate(derEncoded: der), replacing: replaces, at: block, state: &state)]
        case .revokeCertificate(let authority, let serial, let reason):
            let reference = CertificateReference(authority: authority, serial: serial)
            try requireMayRevoke(reference, subject: subject, isAuthorized: isAuthorized, state: state)
            return [try revoke(reference, reason: reason, at: block, state: &state)]
        }
    }

    /// The block in which an operation is applied.
    struct BlockContext {
        let height: UInt64
        let time: Timestamp
    }

    private static func register(
        _ root: Certificate,
        at block: BlockContext,
        state: inout some StateAccess
    ) throws(TrustChainError) -> TrustEvent {
        guard block.height == 0 else { throw .genesisOnly }
        guard CertificateProfile(of: root) == .root else { throw .notAuthority(subject: root.label) }
        let verifier = ChainVerifier(anchors: [root])
        _ = try verifier.verify(root, purpose: .authority, now: CertificateTime(block.time))
        try root.verifySignature(with: root.publicKey)
        let id = AuthorityID(of: root.publicKey)
        let reference = try reference(to: root)
        guard reference.authority == id else { throw .unknownAuthority(keyIdentifier: "\(reference.authority)") }
        guard try authority(id, in: state) == nil else { throw .authorityExists }
        let ids = try rootIDs(in: state)
        let log = try log(in: state) ?? LogRecord(logID: LogHead.logID(of: root))
        let holder = try root.nodeID()

        var encoder = BCSEncoder()
        encoder.encode(ids + [id])
        state.setValue(encoder.bytes, for: .trustRoots)
        state.set(root, for: .trustAuthority(id))
        let event = append(.issuance(certificate: root.encoded), to: log, at: block, state: &state)
        state.set(
            CertificateRecord(root, holder: holder, leafIndex: event.index),
            for: .trustCertificate(id, root.serialNumber))
        return TrustEvent(
            kind: .authorityRegistered, authority: id, serial: root.serialNumber, holder: holder,
            leafIndex: event.index, leafHash: event.hash)
    }

    /// Records a certificate after checking it as any verifier would.
    private static func record(
        _ certificate: Certificate,
        replacing old: SerialNumber?,
        at block: BlockContext,
        state: inout some StateAccess
    ) throws(TrustChainError) -> TrustEvent {
        let reference = try reference(to: certificate)
        try verify(certificate, now: CertificateTime(block.time), in: state)
        guard try record(reference, in: state) == nil else { throw .serialTaken(certificate.serialNumber) }
        let replaced = try old.map { old throws(TrustChainError) in
            try replaceable(old, by: certificate, of: reference.authority, in: state)
        }
        let ownID = AuthorityID(of: certificate.publicKey)
        if certificate.isAuthority, replaced == nil, try authority(ownID, in: state) != nil { throw .authorityExists }
        guard let log = try log(in: state) else { throw .stateCorrupt("transparency log") }
        let holder = try certificate.nodeID()

        let entry: LogEntry.Event =
            if let old {
                .renewal(certificate: certificate.encoded, replaces: old)
            } else {
                .issuance(certificate: certificate.encoded)
            }
        let event = append(entry, to: log, at: block, state: &state)
        if let old, var replaced {
            replaced.successor = certificate.serialNumber
            state.set(replaced, for: .trustCertificate(reference.authority, old))
        }
        if certificate.isAuthority { state.set(certificate, for: .trustAuthority(ownID)) }
        state.set(
            CertificateRecord(certificate, holder: holder, leafIndex: event.index),
            for: .trustCertificate(reference.authority, certificate.serialNumber))
        state.set(reference, for: .trustHolder(holder))
        return TrustEvent(
            kind: old == nil ? .certificateIssued : .certificateRenewed, authority: reference.authority,
            serial: certificate.serialNumber, holder: holder, leafIndex: event.index, leafHash: event.hash)
    }

    private static func revoke(
        _ reference: CertificateReference,
        reason: RevocationReason,
        at block: BlockContext,
        state: inout some StateAccess
    ) throws(TrustChainError) -> TrustEvent {
        guard var record = try record(reference, in: state) else { throw .notRecorded(reference.serial) }
        guard record.status == .active else { throw .alreadyRevoked(reference.serial) }
        guard reason != .certificateHold, reason != .removeFromList else { throw .revocationNotFinal(reason) }
        guard let log = try log(in: state) else { throw .stateCorrupt("transparency log") }

        let entry = LogEntry.Event.revocation(
            authority: reference.authority, serial: reference.serial, reason: reason)
        let event = append(entry, to: log, at: block, state: &state)
        record.status = .revoked(reason: reason, time: block.time)
        state.set(record, for: .trustCertificate(reference.authority, reference.serial))
        return TrustEvent(
            kind: .certificateRevoked, authority: reference.authority, serial: reference.serial,
            holder: record.holder, leafIndex: event.index, leafHash: event.hash)
    }

    private static func append(
        _ event: LogEntry.Event,
        to log: LogRecord,
        at block: BlockContext,
        state: inout some StateAccess
    ) -> (index: UInt64, hash: Digest) {
        var log = log
        let hash = LogEntry(time: block.time, height: block.height, event: event).leafHash
        let index = log.frontier.append(leafHash: hash)
        log.time = block.time
        state.set(log, for: .trustLog)
        return (index, hash)
    }
}
