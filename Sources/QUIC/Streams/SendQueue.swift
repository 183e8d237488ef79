import DequeModule

/// Streams with data to send: higher priorities first, in turn within one.
struct SendQueue {
    private var levels: [(priority: Int, streams: Deque<StreamID>)] = []
    /// The memory of a level that ran empty, for the next one: a lone stream leaves and comes back with every batch.
    private var spare: Deque<StreamID> = []

    var isEmpty: Bool { levels.isEmpty }

    mutating func append(_ id: StreamID, priority: Int) {
        if let index = levels.firstIndex(where: { $0.priority <= priority }) {
            if levels[index].priority == priority {
                levels[index].streams.append(id)
            } else {
                levels.insert((priority, level(of: id)), at: index)
            }
        } else {
            levels.append((priority, level(of: id)))
        }
    }

    private mutating func level(of id: StreamID) -> Deque<StreamID> {
        var streams: Deque<StreamID> = []
        swap(&streams, &spare)
        streams.append(id)
        return streams
    }

    /// The stream whose turn it is.
    var first: StreamID? { levels.first?.streams.first }

    mutating func popFirst() -> StreamID? {
        guard !levels.isEmpty else { return nil }
        let id = levels[0].streams.popFirst()
        if levels[0].streams.isEmpty { spare = levels.removeFirst().streams }
        return id
    }
}
