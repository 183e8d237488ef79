import Canonical
import ProofOfState
import Testing

@Suite struct PlotTests {
    private let subject = NodeID(Digest(sha256: [4]))

    @Test func `every opening leads to the root, and to no other`() {
        let plot = PlotBuilder(subject: subject, depth: 6)
        for index in 0..<UInt64(64) {
            let opening = plot.opening(at: index)
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

    @Test func `an audit shows the fill, and a plot of zeros fails it`() throws {
        let plot = PlotBuilder(subject: subject, depth: 7)
        #expect(plot.audit.supports(plot.commitment, subject: subject))
        #expect(!plot.audit.supports(plot.commitment, subject: NodeID(.zero)))
        let empty = try #require(
            PlotBuilder(subject: subject, depth: 7, labelBytes: [UInt8](repeating: 0, count: 32 << 7)))
        #expect(!empty.audit.supports(empty.commitment, subject: subject))
        #expect(!PlotAudit(steps: []).supports(plot.commitment, subject: subject))
    }
}
