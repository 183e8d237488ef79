package import Canonical

/// What the ledger knows of a plot: its Merkle root and its size.
package struct PlotCommitment: Sendable, Hashable, CanonicalCodable {
    package var root: Digest
    /// The plot has 2^depth labels of 32 bytes; 19 is 16 MiB.
    package var depth: UInt8

    package init(root: Digest, depth: UInt8) {
        self.root = root
        self.depth = depth
    }

    /// Labels in the plot.
    package var labelCount: UInt64 { 1 << UInt64(min(depth, 63)) }

    /// The labels that root and subject choose to be opened when the plot is committed.
    package func auditIndices(subject: NodeID) -> [UInt64] {
        (0..<ProofLimits.plotOpenings).map { round in
            var encoder = BCSEncoder(capacity: 80)
            encoder.encode(root)
            encoder.encode(subject)
            encoder.encode(UInt32(truncatingIfNeeded: round))
            return Digest(.plotAudit, encoder.bytes).leadingWord % max(labelCount, 1)
        }
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(root)
        encoder.encode(depth)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        root = try decoder.decode()
        let start = decoder.offset
        depth = try decoder.decode()
        guard depth <= UInt8(ProofLimits.plotDepthMax) else {
            throw .invalidValue(offset: start, rule: "a plot has at most 2^\(ProofLimits.plotDepthMax) labels")
        }
    }
}

/// Shows that a committed plot was filled by the rule at randomly chosen labels: each with the two labels it is made of.
/// A plot with a fraction p of wrong labels passes with probability (1 − p)^`ProofLimits.plotOpenings`.
package struct PlotAudit: Sendable, Hashable, CanonicalCodable {
    /// A label and its two predecessors; label 0 has none.
    package struct Step: Sendable, Hashable, CanonicalCodable {
        package var label: PlotOpening
        package var predecessors: [PlotOpening]

        package init(label: PlotOpening, predecessors: [PlotOpening]) {
            self.label = label
            self.predecessors = predecessors
        }

        package func encode(to encoder: inout BCSEncoder) {
            encoder.encode(label)
            encoder.encode(predecessors)
        }

        package init(from decoder: inout BCSDecoder) throws(BCSError) {
            label = try decoder.decode()
            predecessors = try decoder.decodeArray(limit: 2)
        }
    }

    package var steps: [Step]

    package init(steps: [Step]) {
        self.steps = steps
    }

    /// Whether the audit shows what `commitment` and `subject` ask for.
    package func supports(_ commitment: PlotCommitment, subject: NodeID) -> Bool {
        let indices = commitment.auditIndices(subject: subject)
        guard steps.count == indices.count else { return false }
        return zip(steps, indices).allSatisfy { step, index in
            PlotAudit.holds(step, index: index, commitment: commitment, subject: subject)
        }
    }

    private static func holds(_ step: Step, index: UInt64, commitment: PlotCommitment, subject: NodeID) -> Bool {
        let openings = [step.label] + step.predecessors
        guard step.label.index == index,
            openings.allSatisfy({ $0.leads(to: commitment.root, depth: commitment.depth) })
        else { return false }
        guard index > 0 else { return step.label.label == Plot.firstLabel(subject: subject) }
        guard step.predecessors.count == 2 else { return false }
        let (previous, parent) = (step.predecessors[0], step.predecessors[1])
        return previous.index == index - 1
            && parent.index == Plot.parent(of: index, previous: previous.label)
            && step.label.label
                == Plot.label(subject: subject, index: index, previous: previous.label, parent: parent.label)
    }

    package func encode(to encoder: inout BCSEncoder) { encoder.encode(steps) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        steps = try decoder.decodeArray(limit: ProofLimits.plotOpenings)
    }
}
