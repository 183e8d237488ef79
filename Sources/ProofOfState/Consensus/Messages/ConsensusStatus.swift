package import Canonical

/// Where a node stands. Sent while stuck and on a new connection; a peer that is ahead answers with what is missing.
package struct ConsensusStatus: Sendable, Hashable, CanonicalCodable {
    package let view: View
    /// View and height of the highest block that is final and here.
    package let finalView: View
    package let finalHeight: Height

    package init(view: View, finalView: View, finalHeight: Height) {
        self.view = view
        self.finalView = finalView
        self.finalHeight = finalHeight
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encodeInteger(view)
        encoder.encodeInteger(finalView)
        encoder.encodeInteger(finalHeight)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        view = try decoder.decodeInteger()
        finalView = try decoder.decodeInteger()
        finalHeight = try decoder.decodeInteger()
    }
}
