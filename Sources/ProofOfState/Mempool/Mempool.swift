package import Canonical

/// Verified operations that wait for a block: bounded by bytes in all and for each subject, in sequence for each
/// subject, first come first served among subjects.
package struct Mempool: Sendable {
    /// A verified envelope with what ordering needs.
    package struct Entry: Sendable, Hashable {
        package let id: OperationID
        package let subject: NodeID
        package let sequence: UInt64
        package let expiryHeight: UInt64
        package let expiryTime: Timestamp
        /// Canonical bytes of the envelope.
        package let bytes: [UInt8]

        package init(_ envelope: Envelope, bytes: [UInt8]) {
            id = envelope.id
            subject = envelope.intent.subject
            sequence = envelope.intent.sequence
            expiryHeight = envelope.intent.expiryHeight
            expiryTime = envelope.intent.expiryTime
            self.bytes = bytes
        }
    }

    private struct Lane: Sendable {
        var entries: [UInt64: Entry] = [:]
        var bytes = 0
    }

    private let byteLimit: Int
    private let subjectByteLimit: Int
    private var lanes: [NodeID: Lane] = [:]
    /// Ids by arrival, for fairness; entries that left are skipped and dropped in time.
    private var arrivals: [OperationID] = []
    private var entries: [OperationID: Entry] = [:]
    /// Bytes of all waiting envelopes.
    package private(set) var byteCount = 0

    package init(
        byteLimit: Int = ProofLimits.mempoolBytesMax,
        subjectByteLimit: Int = ProofLimits.mempoolSubjectBytesMax
    ) {
        self.byteLimit = byteLimit
        self.subjectByteLimit = subjectByteLimit
    }

    /// Waiting operations.
    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }

    package func contains(_ id: OperationID) -> Bool { entries[id] != nil }
    package func entry(_ id: OperationID) -> Entry? { entries[id] }

    /// Takes a verified envelope.
    package mutating func insert(_ entry: Entry) throws(MempoolRefusal) {
        guard entries[entry.id] == nil else { throw .duplicate(entry.id) }
        var lane = lanes[entry.subject] ?? Lane()
        guard lane.entries[entry.sequence] == nil else { throw .sequenceTaken(entry.sequence) }
        let size = entry.bytes.count
        guard lane.bytes + size <= subjectByteLimit else {
            throw .subjectFull(bytes: lane.bytes + size, limit: subjectByteLimit)
        }
        guard byteCount + size <= byteLimit else { throw .full(bytes: byteCount + size, limit: byteLimit) }
        lane.entries[entry.sequence] = entry
        lane.bytes += size
        lanes[entry.subject] = lane
        entries[entry.id] = entry
        arrivals.append(entry.id)
        byteCount += size
    }

    /// The next operations for a block: in order of arrival, but a subject's only in unbroken sequence from
    /// `nextSequence`, at most `maximumCount` of them and `maximumBytes` bytes. They stay until they are removed.
    package func batch(
        maximumBytes: Int,
        maximumCount: Int,
        nextSequence: (NodeID) -> UInt64
    ) -> [Entry] {
        var taken: [Entry] = []
        var bytes = 0
        var next: [NodeID: UInt64] = [:]
        for id in arrivals {
            guard taken.count < maximumCount else { break }
            guard let entry = entries[id] else { continue }
            var expected = next[entry.subject] ?? nextSequence(entry.subject)
            // An operation that arrived before its predecessor follows as soon as the predecessor is in.
            while entry.sequence >= expected, taken.count < maximumCount,
                let ready = lanes[entry.subject]?.entries[expected], bytes + ready.bytes.count <= maximumBytes
            {
                taken.append(ready)
                bytes += ready.bytes.count
                expected += 1
            }
            next[entry.subject] = expected
        }
        return taken
    }

    /// Forgets operations that entered a block.
    package mutating func remove(_ ids: some Sequence<OperationID>) {
        for id in ids { drop(id) }
        compactArrivals()
    }

    /// Forgets what can no longer enter a block: expired, or with a sequence number that was used.
    package mutating func prune(height: UInt64, time: Timestamp, nextSequence: (NodeID) -> UInt64) {
        let dead = arrivals.filter { id in
            guard let entry = entries[id] else { return false }
            return entry.expiryHeight <= height || entry.expiryTime <= time
                || entry.sequence < nextSequence(entry.subject)
        }
        remove(dead)
    }

    private mutating func drop(_ id: OperationID) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        byteCount -= entry.bytes.count
        lanes[entry.subject]?.entries[entry.sequence] = nil
        lanes[entry.subject]?.bytes -= entry.bytes.count
        if lanes[entry.subject]?.entries.isEmpty == true { lanes[entry.subject] = nil }
    }

    private mutating func compactArrivals() {
        guard arrivals.count > 64, arrivals.count > entries.count * 2 else {
            if entries.isEmpty { arrivals.removeAll() }
            return
        }
        arrivals.removeAll { entries[$0] == nil }
    }
}
