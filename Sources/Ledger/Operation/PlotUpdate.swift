package import Canonical
package import ProofOfState

/// Another plot for the subject, with the audit that shows how it was filled.
package struct PlotUpdate: Sendable, Hashable {
    package let plot: PlotCommitment
    package let audit: PlotAudit

    package init(plot: PlotCommitment, audit: PlotAudit) {
        self.plot = plot
        self.audit = audit
    }
}

extension PlotUpdate: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(plot)
        encoder.encode(audit)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        plot = try decoder.decode(PlotCommitment.self)
        audit = try decoder.decode(PlotAudit.self)
    }
}
