package import Canonical

/// What a proof says that it was made for, in brief. A proof is bound by the challenge that it answers; this label
/// lets a verifier tell a transplanted proof from a wrong one and name the difference.
package struct ProofBinding: Sendable, Hashable, CanonicalCodable {
    /// First eight bytes of the operation hash.
    package var operation: UInt64
    /// First eight bytes of the subject.
    package var subject: UInt64
    package var anchorHeight: UInt64
    package var sequence: UInt64

    package init(operation: UInt64, subject: UInt64, anchorHeight: UInt64, sequence: UInt64) {
        self.operation = operation
        self.subject = subject
        self.anchorHeight = anchorHeight
        self.sequence = sequence
    }

    package init(of intent: OperationIntent, operationHash: Digest) {
        operation = operationHash.leadingWord
        subject = intent.subject.digest.leadingWord
        anchorHeight = intent.anchor.height
        sequence = intent.sequence
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(operation)
        encoder.encode(subject)
        encoder.encode(anchorHeight)
        encoder.encode(sequence)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        operation = try decoder.decode()
        subject = try decoder.decode()
        anchorHeight = try decoder.decode()
        sequence = try decoder.decode()
    }
}
