package import Canonical
package import ProofOfState

/// The least application that notices lost, repeated and reordered operations: it executes every operation once, and
/// its state root chains the operation roots.
package struct CounterApplication: SimulatedApplication {
    package typealias Clients = CounterClients

    private struct Speculation: Sendable {
        let hash: Digest
        let parent: Digest
        let height: Height
        let operations: [[UInt8]]
        let root: Digest
    }

    private static let operationsPerBlockMax = 16

    private var executed: Set<[UInt8]> = []
    private var root = Digest.zero
    private var lastHash: Digest?
    private var repeated = 0
    private var pending: [[UInt8]] = []
    private var speculations: [Speculation] = []

    package init(_ configuration: ConsensusConfiguration) {}

    package mutating func submit(_ operation: [UInt8]) {
        if !executed.contains(operation), pending.count < 1_000 { pending.append(operation) }
    }

    package var hasOperations: Bool { !pending.isEmpty }
    package var stateRoot: Digest { root }
    package var brokenInvariant: String? { repeated == 0 ? nil : "\(repeated) operation(s) executed twice" }

    private func speculation(_ hash: Digest) -> Speculation? { speculations.last { $0.hash == hash } }

    private func root(after hash: Digest) -> Digest? {
        if let lastHash, lastHash == hash { return root }
        if let speculation = speculation(hash) { return speculation.root }
        return lastHash == nil ? root : nil
    }

    private func isExecuted(_ operation: [UInt8], through hash: Digest) -> Bool {
        var current = hash
        while let block = speculation(current) {
            if block.operations.contains(operation) { return true }
            current = block.parent
        }
        return executed.contains(operation)
    }

    package mutating func payload(for request: ProposalRequest) -> BlockPayload? {
        guard let root = root(after: request.parent.hash) else { return nil }
        var chosen: [[UInt8]] = []
        for operation in pending where chosen.count < CounterApplication.operationsPerBlockMax {
            if !isExecuted(operation, through: request.parent.hash) { chosen.append(operation) }
        }
        return BlockPayload(operations: chosen, stateRoot: root, receiptsRoot: .zero, nextValidators: .zero)
    }

    package mutating func verify(_ block: Block) -> Bool {
        guard let parentRoot = root(after: block.parentHash), parentRoot == block.header.header.stateRoot else {
            return false
        }
        var seen: Set<[UInt8]> = []
        for operation in block.operations {
            guard operation.count == 8, seen.insert(operation).inserted,
                !isExecuted(operation, through: block.parentHash)
            else { return false }
        }
        guard speculation(block.hash) == nil else { return true }
        speculations.append(
            Speculation(
                hash: block.hash, parent: block.parentHash, height: block.height, operations: block.operations,
                root: CounterApplication.root(parentRoot, block)))
        return true
    }

    private static func root(_ parent: Digest, _ block: Block) -> Digest {
        block.operations.isEmpty ? parent : Digest(parent, block.header.header.operationsRoot)
    }

    package mutating func finalize(_ block: Block) {
        for operation in block.operations where !executed.insert(operation).inserted { repeated += 1 }
        root = CounterApplication.root(root, block)
        lastHash = block.hash
        speculations.removeAll { $0.height <= block.height }
        if !block.operations.isEmpty { pending.removeAll { executed.contains($0) } }
    }
}
