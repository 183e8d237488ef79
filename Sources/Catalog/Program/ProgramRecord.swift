package import Canonical

/// What the ledger keeps of a published program.
package struct ProgramRecord: Sendable, Hashable {
    package let publisher: NodeID
    package let program: Program
    /// Height of the block that published it.
    package let height: UInt64
    /// A yanked program takes no new jobs; running ones finish.
    package private(set) var isYanked = false

    package init(publisher: NodeID, program: Program, height: UInt64) {
        self.publisher = publisher
        self.program = program
        self.height = height
    }

    /// Withdraws the program from new jobs. Only its publisher may.
    package mutating func yank(by node: NodeID) throws(CatalogError) {
        guard node == publisher else { throw .notPublisher(node, of: program.id) }
        guard !isYanked else { throw .programYanked(program.id) }
        isYanked = true
    }
}

extension ProgramRecord: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(publisher)
        encoder.encode(program)
        encoder.encode(height)
        encoder.encode(isYanked)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        publisher = try decoder.decode(NodeID.self)
        program = try decoder.decode(Program.self)
        height = try decoder.decode(UInt64.self)
        isYanked = try decoder.decode(Bool.self)
    }
}
