package import Canonical

/// Asks the application for the payload of a block. Every block from the final tip up to `parent` was given to the
/// application by `verify` (or is final), so its state after `parent` can be computed.
package struct ProposalRequest: Sendable, Hashable {
    package let view: View
    package let parent: SealedHeader
    /// The time that the header will carry.
    package let time: Timestamp

    package init(view: View, parent: SealedHeader, time: Timestamp) {
        self.view = view
        self.parent = parent
        self.time = time
    }
}
