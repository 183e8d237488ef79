package import Canonical

/// What a subject wants done and when, before any proof stands for it. Its `challenge` is what all four proofs are
/// made for, so that no proof serves a second operation.
package struct OperationIntent: Sendable, Hashable, CanonicalCodable {
    package var network: NetworkID
    /// Row of the policy table; the ledger holds it equal to the kind inside `operation`.
    package var kind: UInt16
    /// Canonical bytes of the ledger's operation.
    package var operation: [UInt8]
    package var subject: NodeID
    /// 0 for a subject's first operation, then one more each time.
    package var sequence: UInt64
    package var anchor: Anchor
    /// Last height at which a block may hold the operation.
    package var expiryHeight: UInt64
    /// Last block time at which a block may hold the operation.
    package var expiryTime: Timestamp

    package init(
        network: NetworkID,
        kind: UInt16,
        operation: [UInt8],
        subject: NodeID,
        sequence: UInt64,
        anchor: Anchor,
        expiryHeight: UInt64,
        expiryTime: Timestamp
    ) {
        self.network = network
        self.kind = kind
        self.operation = operation
        self.subject = subject
        self.sequence = sequence
        self.anchor = anchor
        self.expiryHeight = expiryHeight
        self.expiryTime = expiryTime
    }

    /// Hash of kind and operation, without who and when.
    package var operationHash: Digest {
        var encoder = BCSEncoder(capacity: operation.count + 8)
        encoder.encode(kind)
        encoder.encodeBytes(operation)
        return Digest(.operation, encoder.bytes)
    }

    /// What the proofs are bound to: every field, the operation through its hash.
    package var challenge: Digest {
        challenge(operationHash: operationHash)
    }

    package func challenge(operationHash: Digest) -> Digest {
        var encoder = BCSEncoder(capacity: 192)
        encoder.encode(network)
        encoder.encode(operationHash)
        encoder.encode(subject)
        encoder.encode(sequence)
        encoder.encode(anchor)
        encoder.encode(expiryHeight)
        encoder.encode(expiryTime)
        return Digest(.challenge, encoder.bytes)
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(network)
        encoder.encode(kind)
        encoder.encodeBytes(operation)
        encoder.encode(subject)
        encoder.encode(sequence)
        encoder.encode(anchor)
        encoder.encode(expiryHeight)
        encoder.encode(expiryTime)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        network = try decoder.decode()
        kind = try decoder.decode()
        operation = try decoder.decodeBytes(limit: ProofLimits.operationBytesMax)
        subject = try decoder.decode()
        sequence = try decoder.decode()
        anchor = try decoder.decode()
        expiryHeight = try decoder.decode()
        expiryTime = try decoder.decode()
    }
}

extension HashDomain {
    /// Hash of an operation's kind and bytes.
    package static let operation = HashDomain("HM/operation/v1")
    /// What the four proofs of an operation are bound to.
    package static let challenge = HashDomain("HM/challenge/v1")
    /// Signature over an envelope's content.
    package static let envelope = HashDomain("HM/envelope/v1")
}
