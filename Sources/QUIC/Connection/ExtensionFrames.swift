import DequeModule

/// Frames of extensions on their way to the peer, kept until they are acknowledged.
struct ExtensionFrames {
    private var outstanding: [UInt64: (type: UInt64, payload: [UInt8])] = [:]
    private var queue: Deque<UInt64> = []
    private var nextNumber: UInt64 = 0
    /// Received frames that wait for the application.
    var eventCount = 0

    /// Whether a frame waits to be sent, for the first time or again.
    var hasQueued: Bool { !queue.isEmpty }
    /// Frames that are not acknowledged.
    var count: Int { outstanding.count }

    mutating func append(type: UInt64, payload: [UInt8]) {
        outstanding[nextNumber] = (type, payload)
        queue.append(nextNumber)
        nextNumber += 1
    }

    /// The next frame to send; `sent` takes it off the queue.
    var first: (number: UInt64, type: UInt64, payload: [UInt8])? {
        guard let number = queue.first, let frame = outstanding[number] else { return nil }
        return (number, frame.type, frame.payload)
    }

    mutating func sentFirst() { queue.removeFirst() }

    mutating func acknowledge(_ number: UInt64) {
        guard outstanding.removeValue(forKey: number) != nil else { return }
        queue.removeAll { $0 == number }
    }

    mutating func lose(_ number: UInt64) {
        guard outstanding[number] != nil, !queue.contains(number) else { return }
        queue.append(number)
    }
}
