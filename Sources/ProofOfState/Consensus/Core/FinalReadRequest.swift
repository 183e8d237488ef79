/// Asks the driver to read final blocks for a peer.
package struct FinalReadRequest: Sendable, Hashable {
    package let peer: PeerID
    /// Height of the first block.
    package let from: Height

    package init(peer: PeerID, from: Height) {
        self.peer = peer
        self.from = from
    }
}
