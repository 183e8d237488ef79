package import Canonical

/// What the replicated state knows of one certificate.
package struct CertificateRecord: Sendable, Hashable {
    package enum Status: Sendable, Hashable {
        case active
        case revoked(reason: RevocationReason, time: Timestamp)
    }

    /// SHA-256 of the DER.
    package let fingerprint: Digest
    /// Holder of the certificate's key.
    package let holder: NodeID
    /// SHA-256 of the subject's DER.
    package let subject: Digest
    /// Last second of validity, in seconds since 1970.
    package let notAfter: Int64
    /// Where its issuance is in the log.
    package let leafIndex: UInt64
    package internal(set) var status: Status
    /// The certificate that took its place, if one did. A replaced certificate holds until it ends.
    package internal(set) var successor: SerialNumber?

    init(_ certificate: Certificate, holder: NodeID, leafIndex: UInt64) {
        fingerprint = certificate.fingerprint
        self.holder = holder
        subject = Digest(sha256: certificate.subject.encoded)
        notAfter = certificate.validity.notAfter.seconds
        self.leafIndex = leafIndex
        status = .active
    }
}

extension CertificateRecord: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(fingerprint)
        encoder.encode(holder)
        encoder.encode(subject)
        encoder.encode(notAfter)
        encoder.encode(leafIndex)
        switch status {
        case .active: encoder.encodeVariant(0)
        case .revoked(let reason, let time):
            encoder.encodeVariant(1)
            encoder.encode(reason)
            encoder.encode(time)
        }
        encoder.encode(successor)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        fingerprint = try decoder.decode()
        holder = try decoder.decode()
        subject = try decoder.decode()
        notAfter = try decoder.decode()
        leafIndex = try decoder.decode()
        let start = decoder.offset
        switch try decoder.decodeVariant() {
        case 0: status = .active
        case 1: status = .revoked(reason: try decoder.decode(), time: try decoder.decode())
        case let index: throw .unknownVariant(offset: start, type: "CertificateRecord.Status", index: index)
        }
        successor = try decoder.decodeOption()
    }
}
