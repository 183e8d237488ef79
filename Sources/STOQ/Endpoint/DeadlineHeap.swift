import Canonical

/// The connections of an endpoint, the one to be called next on top: a binary heap in which each connection knows its
/// place, so that a new time costs a few comparisons however many connections there are.
struct DeadlineHeap {
    private var states: [ConnectionState] = []

    /// The earliest time.
    var first: Timestamp? { states.first?.deadline }

    /// Takes out a connection whose time has come.
    mutating func popDue(_ now: Timestamp) -> ConnectionState? {
        guard let top = states.first, let deadline = top.deadline, deadline <= now else { return nil }
        update(top, nil)
        return top
    }

    /// Moves a connection to a new time; nil takes it out.
    mutating func update(_ state: ConnectionState, _ deadline: Timestamp?) {
        guard state.deadline != deadline else { return }
        state.deadline = deadline
        if deadline == nil { return remove(state) }
        if let index = state.heapIndex {
            siftDown(siftUp(index))
        } else {
            state.heapIndex = states.count
            states.append(state)
            siftUp(states.count - 1)
        }
    }

    private mutating func remove(_ state: ConnectionState) {
        guard let index = state.heapIndex else { return }
        state.heapIndex = nil
        let last = states.removeLast()
        guard last !== state else { return }
        place(last, at: index)
        siftDown(siftUp(index))
    }

    private mutating func place(_ state: ConnectionState, at index: Int) {
        states[index] = state
        state.heapIndex = index
    }

    private func isEarlier(_ left: ConnectionState, than right: ConnectionState) -> Bool {
        guard let first = left.deadline, let second = right.deadline else { return left.deadline != nil }
        return first < second
    }

    /// - Returns: where the connection stands then.
    @discardableResult
    private mutating func siftUp(_ start: Int) -> Int {
        var index = start
        while index > 0, isEarlier(states[index], than: states[(index - 1) / 2]) {
            swap(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
        return index
    }

    private mutating func siftDown(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < states.count {
                if isEarlier(states[child], than: states[least]) { least = child }
            }
            guard least != index else { return }
            swap(index, least)
            index = least
        }
    }

    private mutating func swap(_ left: Int, _ right: Int) {
        let state = states[left]
        place(states[right], at: left)
        place(state, at: right)
    }
}
