package import Canonical

/// What a TrustChain operation changed. Every event is one entry of the transparency log; who keeps the whole log
/// appends `leafHash` (or the entry) and has the same head as the state.
package struct TrustEvent: Sendable, Hashable {
    package enum Kind: UInt8, Sendable, Hashable {
        case authorityRegistered = 0
        case certificateIssued = 1
        case certificateRenewed = 2
        case certificateRevoked = 3
    }

    package let kind: Kind
    package let authority: AuthorityID
    package let serial: SerialNumber
    /// Holder of the certificate's key.
    package let holder: NodeID
    package let leafIndex: UInt64
    package let leafHash: Digest

    package init(
        kind: Kind,
        authority: AuthorityID,
        serial: SerialNumber,
        holder: NodeID,
        leafIndex: UInt64,
        leafHash: Digest
    ) {
        self.kind = kind
        self.authority = authority
        self.serial = serial
        self.holder = holder
        self.leafIndex = leafIndex
        self.leafHash = leafHash
    }
}

extension TrustEvent: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(kind.rawValue)
        encoder.encode(authority)
        encoder.encode(serial)
        encoder.encode(holder)
        encoder.encode(leafIndex)
        encoder.encode(leafHash)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let value = try decoder.decode(UInt8.self)
        guard let kind = Kind(rawValue: value) else { throw .invalidTag(offset: start, value: value) }
        self.kind = kind
        authority = try decoder.decode()
        serial = try decoder.decode()
        holder = try decoder.decode()
        leafIndex = try decoder.decode()
        leafHash = try decoder.decode()
    }
}
