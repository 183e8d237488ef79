package import Canonical

/// A plot that can open its labels.
package protocol PlotSource: Sendable {
    var subject: NodeID { get }
    var commitment: PlotCommitment { get }
    /// The label at `index`, taken modulo the plot's size, with its path; nil when the plot cannot be read.
    func opening(at index: UInt64) -> PlotOpening?
}

extension PlotSource {
    /// What a registration shows of the plot; nil when it cannot be read.
    package var audit: PlotAudit? {
        var steps: [PlotAudit.Step] = []
        for index in commitment.auditIndices(subject: subject) {
            guard let step = auditStep(at: index) else { return nil }
            steps.append(step)
        }
        return PlotAudit(steps: steps)
    }

    private func auditStep(at index: UInt64) -> PlotAudit.Step? {
        guard let label = opening(at: index) else { return nil }
        guard index > 0 else { return PlotAudit.Step(label: label, predecessors: []) }
        guard let previous = opening(at: index - 1),
            let parent = opening(at: Plot.parent(of: index, previous: previous.label))
        else { return nil }
        return PlotAudit.Step(label: label, predecessors: [previous, parent])
    }
}
