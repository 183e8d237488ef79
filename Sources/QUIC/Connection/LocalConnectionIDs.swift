/// The connection IDs that this endpoint gave to the peer (RFC 9000 section 5.1).
struct LocalConnectionIDs {
    private(set) var active: [(sequence: UInt64, id: ConnectionID)]
    private(set) var nextSequence: UInt64 = 1
    /// The peer is asked to give up all below.
    private(set) var retirePriorTo: UInt64 = 0
    /// One past the highest sequence number that the peer was told.
    private(set) var toldEnd: UInt64 = 1

    init(first: ConnectionID) {
        active = [(0, first)]
    }

    /// The IDs that the peer may go on using.
    var kept: Int { active.count { $0.sequence >= retirePriorTo } }

    /// Asks the peer to give up every ID that it has.
    mutating func retireAll() {
        retirePriorTo = nextSequence
    }

    mutating func append(_ id: ConnectionID) -> UInt64 {
        defer { nextSequence += 1 }
        active.append((nextSequence, id))
        return nextSequence
    }

    /// Notes that a NEW_CONNECTION_ID frame was sent.
    mutating func noteTold(_ sequence: UInt64) {
        toldEnd = max(toldEnd, sequence + 1)
    }

    func id(sequence: UInt64) -> ConnectionID? {
        active.first { $0.sequence == sequence }?.id
    }

    /// - Returns: the ID that the peer gave up, if it was active.
    mutating func retire(sequence: UInt64) -> ConnectionID? {
        guard let index = active.firstIndex(where: { $0.sequence == sequence }) else { return nil }
        return active.remove(at: index).id
    }
}
