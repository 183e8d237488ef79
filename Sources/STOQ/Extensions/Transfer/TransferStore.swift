package import Canonical

/// Where received objects go.
package protocol TransferStore: Sendable {
    /// Decides about an offer; throws `refused` with the reason.
    func open(_ offer: TransferOffer, from peer: NodeID) throws(STOQError) -> any IncomingObject
}

/// An object on its way in. Belongs to one transfer.
package protocol IncomingObject: Sendable {
    /// Says which pieces are there and whole; may copy them from elsewhere. Asked once, before anything is kept.
    func inspect(_ list: PieceList) throws(STOQError) -> (present: [Bool], reusedBytes: UInt64)
    /// Keeps a piece that was checked.
    func keep(_ bytes: [UInt8], at offset: UInt64) throws(STOQError)
    /// Makes the whole object durable, then visible.
    func commit() throws(STOQError)
    /// The transfer ended early. What was kept may stay for another try.
    func abandon()
}
