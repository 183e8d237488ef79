package import Canonical

/// A header and the operations that it commits to. Its two roots always match: every way to make one checks or
/// computes them.
package struct Block: Sendable, Hashable {
    package let header: SealedHeader
    /// Canonical bytes of envelopes, opaque to consensus, in order of execution.
    package let operations: [[UInt8]]

    /// Checks `operations` against the header.
    /// - Throws: `bodyDoesNotMatchHeader`.
    package init(header: SealedHeader, operations: [[UInt8]]) throws(ConsensusError) {
        guard Block.operationsRoot(operations) == header.header.operationsRoot,
            Block.bodyRoot(operations) == header.header.bodyRoot
        else { throw .bodyDoesNotMatchHeader(header.hash) }
        self.header = header
        self.operations = operations
    }

    /// Makes a block whose roots are computed; those in `header` are replaced.
    package init(sealing header: BlockHeader, operations: [[UInt8]]) {
        var header = header
        header.operationsRoot = Block.operationsRoot(operations)
        header.bodyRoot = Block.bodyRoot(operations)
        self.header = SealedHeader(header)
        self.operations = operations
    }

    package var hash: Digest { header.hash }
    package var height: Height { header.height }
    package var view: View { header.view }
    package var parentHash: Digest { header.parentHash }

    /// Bytes of all operations.
    package var bodyByteCount: Int { operations.reduce(0) { $0 + $1.count } }

    package static func == (left: Block, right: Block) -> Bool { left.hash == right.hash }
    package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

extension Block: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(header)
        encoder.encodeList(of: operations)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let header = try decoder.decode(SealedHeader.self)
        let offset = decoder.offset
        let operations = try decoder.decodeList(
            limit: ConsensusLimits.operationsMax, elementLimit: ConsensusLimits.operationBytesMax)
        guard operations.reduce(0, { $0 + $1.count }) <= ConsensusLimits.bodyBytesMax else {
            throw .invalidValue(offset: offset, rule: "a body has at most \(ConsensusLimits.bodyBytesMax) bytes")
        }
        do {
            self = try Block(header: header, operations: operations)
        } catch {
            throw BCSError.invalidValue(offset: offset, rule: "\(error)")
        }
    }
}
