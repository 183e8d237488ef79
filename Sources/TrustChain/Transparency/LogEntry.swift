package import Canonical
import MerkleTree

/// One entry of the transparency log. The leaf of the Merkle tree is the hash of its canonical encoding.
package struct LogEntry: Sendable, Hashable {
    package enum Event: Sendable, Hashable {
        /// A certificate (DER) was issued, or an authority registered.
        case issuance(certificate: [UInt8])
        /// A certificate (DER) was issued in place of another of the same authority.
        case renewal(certificate: [UInt8], replaces: SerialNumber)
        /// A certificate was revoked for good.
        case revocation(authority: AuthorityID, serial: SerialNumber, reason: RevocationReason)
    }

    /// Time and height of the block that made the entry.
    package let time: Timestamp
    package let height: UInt64
    package let event: Event

    package init(time: Timestamp, height: UInt64, event: Event) {
        self.time = time
        self.height = height
        self.event = event
    }

    /// The entry's leaf in the Merkle tree.
    package var leafHash: Digest { LogHash.leaf(canonicalBytes) }
}

extension LogEntry: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(time)
        encoder.encode(height)
        switch event {
        case .issuance(let certificate):
            encoder.encodeVariant(0)
            encoder.encodeBytes(certificate)
        case .renewal(let certificate, let replaces):
            encoder.encodeVariant(1)
            encoder.encodeBytes(certificate)
            encoder.encode(replaces)
        case .revocation(let authority, let serial, let reason):
            encoder.encodeVariant(2)
            encoder.encode(authority)
            encoder.encode(serial)
            encoder.encode(reason)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        time = try decoder.decode()
        height = try decoder.decode()
        let start = decoder.offset
        switch try decoder.decodeVariant() {
        case 0: event = .issuance(certificate: try decoder.decodeBytes(limit: Limits.certificateBytesMax))
        case 1:
            event = .renewal(
                certificate: try decoder.decodeBytes(limit: Limits.certificateBytesMax),
                replaces: try decoder.decode())
        case 2:
            event = .revocation(
                authority: try decoder.decode(), serial: try decoder.decode(), reason: try decoder.decode())
        case let index: throw .unknownVariant(offset: start, type: "LogEntry", index: index)
        }
    }
}
