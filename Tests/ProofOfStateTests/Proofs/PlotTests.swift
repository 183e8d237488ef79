import Canonical
import ProofOfState
import Testing

@Suite struct PlotTests {
    private let subject = NodeID(Digest(sha256: [4]))

    @Test func `every opening leads to the root, and to no other`() throws {
        let plot = PlotBuilder(subject: subject, depth: 6)
        for index in 0..<UInt64(64) {
            let opening = try #require(plot.opening(at: index))
            #expect(opening.leads(to: plot.commitment.root, depth: 6))
            #expect(!opening.leads(to: .zero, depth: 6))
            #expect(!opening.leads(to: plot.commitment.root, depth: 5))
            var moved = opening
            moved.index ^= 1
            #expect(!moved.leads(to: plot.commitment.root, depth: 6))
        }
    }

    @Test func `reads its own labels back and refuses another size`() throws {
        let plot = PlotBuilder(subject: subject, depth: 5)
        let again = try #require(PlotBuilder(subject: subject, depth: 5, labelBytes: plot.labelBytes))
        #expect(again.commitment == plot.commitment)
        #expect(PlotBuilder(subject: subject, depth: 6, labelBytes: plot.labelBytes) == nil)
    }

    @Test(arguments: [UInt8(0), 1, 7, 8, 9, 11])
    func `a stored plot opens as the one in memory does`(depth: UInt8) throws {
        let plot = PlotBuilder(subject: subject, depth: depth)
        let bytes = plot.storedBytes
        let stored = try #require(
            StoredPlot(subject: subject, depth: depth) { offset, count in
                offset + count <= bytes.count ? Array(bytes[offset..<offset + count]) : nil
            })
        #expect(stored.commitment == plot.commitment)
        for index in stride(from: 0, to: plot.commitment.labelCount, by: 7) {
            #expect(stored.opening(at: index) == plot.opening(at: index))
        }
        #expect(StoredPlot(subject: subject, depth: depth) { _, _ in nil } == nil)
    }

    @Test func `an audit shows the fill, and a plot of zeros fails it`() throws {
        let plot = PlotBuilder(subject: subject, depth: 7)
        let audit = try #require(plot.audit)
        #expect(audit.supports(plot.commitment, subject: subject))
        #expect(!audit.supports(plot.commitment, subject: NodeID(.zero)))
        let empty = try #require(
            PlotBuilder(subject: subject, depth: 7, labelBytes: [UInt8](repeating: 0, count: 32 << 7)))
        #expect(try !#require(empty.audit).supports(empty.commitment, subject: subject))
        #expect(!PlotAudit(steps: []).supports(plot.commitment, subject: subject))
    }
}
