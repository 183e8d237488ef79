package import Canonical

/// What a node knows about itself; every figure was read or measured when it was asked for.
package struct NodeStatus: Sendable, Hashable, CanonicalCodable {
    package struct Root: Sendable, Hashable, CanonicalCodable {
        package var height: UInt64
        package var root: Digest

        package func encode(to encoder: inout BCSEncoder) {
            encoder.encode(height)
            encoder.encode(root)
        }

        package init(from decoder: inout BCSDecoder) throws(BCSError) {
            height = try decoder.decode()
            root = try decoder.decode()
        }

        package init(height: UInt64, root: Digest) {
            self.height = height
            self.root = root
        }
    }

    package var id: NodeID
    package var network: NetworkID
    package var processID: UInt32
    package var height: UInt64
    package var blockHash: BlockHash
    package var blockTime: Timestamp
    package var view: UInt64
    package var leader: NodeID
    /// State roots after the last final blocks, oldest first.
    package var recentRoots: [Root]
    /// Validators that this node has a session with.
    package var peers: [NodeID]
    package var validatorCount: UInt32
    /// Validators that must take part for blocks to become final.
    package var quorum: UInt32
    package var waitingOperations: UInt32
    package var certificateSerial: String
    package var certificateNotAfter: Timestamp
    /// Resident memory of the process in bytes.
    package var residentBytes: UInt64
    /// Processor time that the process has used, nanoseconds.
    package var processorNanoseconds: UInt64
    package var uptimeNanoseconds: UInt64
    /// Why no block becomes final; nil while they do.
    package var stall: String?
    /// Logarithm of the plot's labels.
    package var plotDepth: UInt8
    /// How job processes are held to their limits on this host.
    package var enforcement: String
    /// Handshakes refused since start, newest last, with the reason.
    package var refusals: [String]

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(id)
        encoder.encode(network)
        encoder.encode(processID)
        encoder.encode(height)
        encoder.encode(blockHash)
        encoder.encode(blockTime)
        encoder.encode(view)
        encoder.encode(leader)
        encoder.encode(recentRoots)
        encoder.encode(peers)
        encoder.encode(validatorCount)
        encoder.encode(quorum)
        encoder.encode(waitingOperations)
        encoder.encode(certificateSerial)
        encoder.encode(certificateNotAfter)
        encoder.encode(residentBytes)
        encoder.encode(processorNanoseconds)
        encoder.encode(uptimeNanoseconds)
        encoder.encode(stall)
        encoder.encode(plotDepth)
        encoder.encode(enforcement)
        encoder.encode(refusals)
    }
}

extension NodeStatus {
    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        id = try decoder.decode()
        network = try decoder.decode()
        processID = try decoder.decode()
        height = try decoder.decode()
        blockHash = try decoder.decode()
        blockTime = try decoder.decode()
        view = try decoder.decode()
        leader = try decoder.decode()
        recentRoots = try decoder.decodeArray(limit: 1024)
        peers = try decoder.decodeArray(limit: 65_536)
        validatorCount = try decoder.decode()
        quorum = try decoder.decode()
        waitingOperations = try decoder.decode()
        certificateSerial = try decoder.decode()
        certificateNotAfter = try decoder.decode()
        residentBytes = try decoder.decode()
        processorNanoseconds = try decoder.decode()
        uptimeNanoseconds = try decoder.decode()
        stall = try decoder.decodeOption()
        plotDepth = try decoder.decode()
        enforcement = try decoder.decode()
        refusals = try decoder.decodeArray(limit: 1024)
    }
}
