import DequeModule

/// Streams with data to send: higher priorities first, in turn within one.
struct SendQueue {
    private var levels: [(priority: Int, streams: Deque<StreamID>)] = []

    var isEmpty: Bool { levels.isEmpty }

    mutating func append(_ id: StreamID, priority: Int) {
        if let index = levels.firstIndex(where: { $0.priority <= priority }) {
            if levels[index].priority == priority {
                levels[index].streams.append(id)
            } else {
                levels.insert((priority, [id]), at: index)
            }
        } else {
            levels.append((priority, [id]))
        }
    }

    /// The stream whose turn it is.
    var first: StreamID? { levels.first?.streams.first }

    mutating func popFirst() -> StreamID? {
        guard !levels.isEmpty else { return nil }
        let id = levels[0].streams.popFirst()
        if levels[0].streams.isEmpty { levels.removeFirst() }
        return id
    }
}
