import Crypto

/// What a handshake knows about resuming an earlier one, and about being resumed.
struct ResumptionProgress: Sendable {
    /// How far 0-RTT data got.
    enum EarlyData: Sendable {
        case none, offered, accepted, rejected
    }

    /// Client: the ticket in the last ClientHello.
    var offered: SessionTicket?
    var earlyData = EarlyData.none
    /// From which the secrets of tickets follow, once both Finished are there.
    var masterSecret: SymmetricKey?
    var ticketsTaken = 0
}

/// A ticket that a server can resume.
struct ResumableSession: Sendable {
    let state: SessionState
    /// The client's, verified again; empty when it showed none.
    let peerChain: [[UInt8]]
    /// Its place in the client's offer.
    let index: Int
    let offer: PreSharedKeyOffer
}
