package import Canonical
package import Falcon

/// An operation with its four proofs under one FALCON-1024 signature: the only form in which anything asks to change
/// shared state.
package struct Envelope: Sendable, Hashable, CanonicalCodable {
    package var intent: OperationIntent
    package var proofs: ProofBundle
    /// 1280 bytes, FALCON-1024 padded, over `signedMessage`.
    package var signature: [UInt8]

    package init(intent: OperationIntent, proofs: ProofBundle, signature: [UInt8]) {
        self.intent = intent
        self.proofs = proofs
        self.signature = signature
    }

    /// Signs the intent and its proofs.
    package init(
        signing intent: OperationIntent,
        proofs: ProofBundle,
        with key: Falcon1024.PrivateKey
    ) throws(FalconError) {
        let message = Envelope.signedMessage(intent: intent, proofs: proofs)
        self.init(intent: intent, proofs: proofs, signature: try key.signature(for: message))
    }

    /// The bytes under the signature: domain, challenge (network, operation hash, subject, sequence, anchor, expiry), proofs.
    package var signedMessage: [UInt8] { Envelope.signedMessage(intent: intent, proofs: proofs) }

    /// Names the operation: the hash of what is signed, so that re-signing makes no second operation.
    package var id: OperationID { OperationID(Digest(sha256: signedMessage)) }

    private static func signedMessage(intent: OperationIntent, proofs: ProofBundle) -> [UInt8] {
        var encoder = BCSEncoder(capacity: 1536)
        encoder.encode(intent.challenge)
        encoder.encode(proofs)
        return HashDomain.envelope.message(encoder.bytes)
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(intent)
        encoder.encode(proofs)
        encoder.encodeBytes(signature)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        intent = try decoder.decode()
        proofs = try decoder.decode()
        signature = try decoder.decodeBytes(limit: ProofLimits.signatureBytesMax)
    }
}
