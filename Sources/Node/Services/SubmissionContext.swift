package import Canonical
package import ProofOfState

/// Asks what an operation of a kind by a subject has to be made with.
package struct SubmissionContextRequest: Sendable, Hashable, CanonicalCodable {
    package var subject: NodeID
    package var kind: UInt16

    package init(subject: NodeID, kind: UInt16) {
        self.subject = subject
        self.kind = kind
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(subject)
        encoder.encode(kind)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        subject = try decoder.decode()
        kind = try decoder.decode()
    }
}

/// What a submitter needs from the ledger: where to anchor, which number comes next, what to prove, what it costs.
package struct SubmissionContext: Sendable, Hashable, CanonicalCodable {
    package var network: NetworkID
    package var anchor: Anchor
    package var tipTime: Timestamp
    package var nextSequence: UInt64
    package var policy: ProofPolicy
    package var fee: Amount
    package var bond: Amount

    package init(
        network: NetworkID, anchor: Anchor, tipTime: Timestamp, nextSequence: UInt64, policy: ProofPolicy, fee: Amount,
        bond: Amount
    ) {
        self.network = network
        self.anchor = anchor
        self.tipTime = tipTime
        self.nextSequence = nextSequence
        self.policy = policy
        self.fee = fee
        self.bond = bond
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(network)
        encoder.encode(anchor)
        encoder.encode(tipTime)
        encoder.encode(nextSequence)
        encoder.encode(policy)
        encoder.encode(fee)
        encoder.encode(bond)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        network = try decoder.decode()
        anchor = try decoder.decode()
        tipTime = try decoder.decode()
        nextSequence = try decoder.decode()
        policy = try decoder.decode()
        fee = try decoder.decode()
        bond = try decoder.decode()
    }

    /// An intent made with this context that expires after `blocks` blocks or `seconds` seconds.
    package func intent(
        subject: NodeID, kind: UInt16, operation: [UInt8], blocks: UInt64 = 512, seconds: UInt64 = 3600
    ) -> OperationIntent {
        OperationIntent(
            network: network, kind: kind, operation: operation, subject: subject, sequence: nextSequence,
            anchor: anchor,
            expiryHeight: anchor.height + blocks, expiryTime: tipTime.advanced(byMilliseconds: seconds * 1000))
    }
}
