package import Canonical

/// What a proposer signs and a finalization certificate makes final. `docs/formats/consensus.md` gives the layout.
package struct BlockHeader: Sendable, Hashable {
    /// Format version, `ConsensusLimits.headerVersion`.
    package var version: UInt16
    /// Hash of the network's genesis document.
    package var network: NetworkID
    package var epoch: UInt64
    package var height: Height
    package var view: View
    /// View of the parent within this epoch; 0 when the parent is the block under the epoch.
    package var parentView: View
    package var parentHash: Digest
    /// RFC 6962 root over the operations.
    package var operationsRoot: Digest
    /// State root after the parent was executed: execution is deferred by one block.
    package var stateRoot: Digest
    /// Root over the receipts of the parent's operations.
    package var receiptsRoot: Digest
    /// Hash of the set that votes in this epoch.
    package var validators: Digest
    /// Hash of the set that votes in the next epoch, as far as it is known.
    package var nextValidators: Digest
    /// Root over the evidence that the block carries; zero when none.
    package var evidenceRoot: Digest
    package var proposer: ValidatorIndex
    /// Later than the parent's time, and not later than a voter's clock by more than the allowed skew.
    package var time: Timestamp
    /// RFC 6962 root over the body's chunks of `ConsensusLimits.bodyChunkBytes`.
    package var bodyRoot: Digest

    package init(
        version: UInt16 = ConsensusLimits.headerVersion, network: NetworkID, epoch: UInt64, height: Height, view: View,
        parentView: View, parentHash: Digest, operationsRoot: Digest, stateRoot: Digest, receiptsRoot: Digest,
        validators: Digest, nextValidators: Digest, evidenceRoot: Digest, proposer: ValidatorIndex, time: Timestamp,
        bodyRoot: Digest
    ) {
        self.version = version
        self.network = network
        self.epoch = epoch
        self.height = height
        self.view = view
        self.parentView = parentView
        self.parentHash = parentHash
        self.operationsRoot = operationsRoot
        self.stateRoot = stateRoot
        self.receiptsRoot = receiptsRoot
        self.validators = validators
        self.nextValidators = nextValidators
        self.evidenceRoot = evidenceRoot
        self.proposer = proposer
        self.time = time
        self.bodyRoot = bodyRoot
    }
}

extension BlockHeader: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encodeInteger(version)
        encoder.encode(network)
        encoder.encodeInteger(epoch)
        encoder.encodeInteger(height)
        encoder.encodeInteger(view)
        encoder.encodeInteger(parentView)
        encoder.encode(parentHash)
        encoder.encode(operationsRoot)
        encoder.encode(stateRoot)
        encoder.encode(receiptsRoot)
        encoder.encode(validators)
        encoder.encode(nextValidators)
        encoder.encode(evidenceRoot)
        encoder.encodeInteger(proposer)
        encoder.encode(time)
        encoder.encode(bodyRoot)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        version = try decoder.decodeInteger()
        guard version == ConsensusLimits.headerVersion else {
            throw BCSError.invalidValue(
                offset: decoder.offset, rule: "header version is \(ConsensusLimits.headerVersion)")
        }
        network = try decoder.decode()
        epoch = try decoder.decodeInteger()
        height = try decoder.decodeInteger()
        view = try decoder.decodeInteger()
        parentView = try decoder.decodeInteger()
        parentHash = try decoder.decode()
        operationsRoot = try decoder.decode()
        stateRoot = try decoder.decode()
        receiptsRoot = try decoder.decode()
        validators = try decoder.decode()
        nextValidators = try decoder.decode()
        evidenceRoot = try decoder.decode()
        proposer = try decoder.decodeInteger()
        time = try decoder.decode()
        bodyRoot = try decoder.decode()
    }
}
