/// The connection IDs that the peer gave to this endpoint (RFC 9000 section 5.1).
struct RemoteConnectionIDs {
    struct Entry: Hashable {
        var sequence: UInt64
        var id: ConnectionID
        var token: StatelessResetToken?
    }

    private(set) var current: Entry
    private(set) var spare: [Entry] = []
    private var retirePriorTo: UInt64 = 0
    /// Sequence numbers seen and retired, from the lowest kept on.
    private var seen = RangeSet()

    init(first: ConnectionID) {
        current = Entry(sequence: 0, id: first, token: nil)
        seen.insert(0..<1)
    }

    /// Replaces the first ID: by the server's choice, or by what a Retry says.
    mutating func replaceFirst(_ id: ConnectionID) {
        current.id = id
    }

    mutating func setFirstToken(_ token: StatelessResetToken) {
        if current.sequence == 0 { current.token = token }
    }

    /// What followed from a NEW_CONNECTION_ID frame.
    struct Change {
        var retired: [Entry] = []
        var added: Entry?
        /// The current ID was retired; the new current is in place.
        var currentChanged = false
    }

    /// Takes a NEW_CONNECTION_ID frame.
    mutating func insert(_ frame: NewConnectionIDFrame) throws(QUICError) -> Change {
        var change = Change()
        let entry = Entry(sequence: frame.sequence, id: frame.connectionID, token: frame.resetToken)
        if let known = ([current] + spare).first(where: { $0.sequence == frame.sequence || $0.id == frame.connectionID }
        ) {
            guard known.sequence == entry.sequence, known.id == entry.id,
                known.token == nil || known.token == entry.token
            else { throw Self.refuse(.protocolViolation, "NEW_CONNECTION_ID contradicts an earlier one") }
            return change
        }
        let isNew = !seen.contains(frame.sequence)
        seen.insert(frame.sequence..<frame.sequence + 1)
        guard seen.count <= Limits.retirementsInFlightMax else {
            throw Self.refuse(.protocolViolation, "NEW_CONNECTION_ID leaves too many sequence numbers out")
        }
        retirePriorTo = max(retirePriorTo, frame.retirePriorTo)
        guard isNew else { return change }
        if frame.sequence < retirePriorTo {
            change.retired.append(entry)
            return change
        }
        spare.append(entry)
        change.added = entry
        retire(&change)
        guard spare.count < Limits.remoteConnectionIDsMax else {
            throw Self.refuse(.connectionIDLimitError, "more connection IDs than active_connection_id_limit")
        }
        return change
    }

    private mutating func retire(_ change: inout Change) {
        let floor = retirePriorTo
        change.retired += spare.filter { $0.sequence < floor }
        spare.removeAll { $0.sequence < floor }
        guard current.sequence < floor, !spare.isEmpty else { return }
        change.retired.append(current)
        current = spare.removeFirst()
        change.currentChanged = true
    }

    /// Moves on to an unused ID.
    /// - Returns: the ID left, or nil when there is no other.
    mutating func advance() -> Entry? {
        guard !spare.isEmpty else { return nil }
        let old = current
        current = spare.removeFirst()
        return old
    }

    /// Whether a reset token is one of the peer's.
    func hasToken(_ token: StatelessResetToken) -> Bool {
        current.token == token || spare.contains { $0.token == token }
    }

    private static func refuse(_ code: TransportErrorCode, _ reason: String) -> QUICError {
        .violation(code, reason: reason, frameType: FrameType.newConnectionID)
    }
}
