package import ProofOfState

/// Where a chain sends what it says. Calls return at once.
package protocol ChainOutput: Sendable {
    func send(_ message: ConsensusMessage, to peer: PeerID)
    func broadcast(_ message: ConsensusMessage)
    /// Passes a client's operation on to every other validator.
    func gossip(_ envelope: [UInt8])
}
