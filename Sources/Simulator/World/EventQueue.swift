/// A binary heap of events by time, then by order of insertion, so that equal times never depend on luck.
struct EventQueue<Event: Sendable>: Sendable {
    private struct Entry {
        let time: UInt64
        let sequence: UInt64
        let slot: Int32
    }

    private var heap: ContiguousArray<Entry> = []
    private var slots: ContiguousArray<Event?> = []
    private var free: ContiguousArray<Int32> = []
    private var sequence: UInt64 = 0

    var count: Int { heap.count }

    mutating func push(_ event: Event, at time: UInt64) {
        let slot: Int32
        if let reused = free.popLast() {
            slot = reused
            slots[Int(slot)] = event
        } else {
            slot = Int32(truncatingIfNeeded: slots.count)
            slots.append(event)
        }
        sequence += 1
        heap.append(Entry(time: time, sequence: sequence, slot: slot))
        siftUp(heap.count - 1)
    }

    mutating func pop() -> (time: UInt64, event: Event)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            siftDown()
        }
        guard let event = slots[Int(first.slot)].take() else { return nil }
        free.append(first.slot)
        return (first.time, event)
    }

    private static func precedes(_ left: Entry, _ right: Entry) -> Bool {
        left.time != right.time ? left.time < right.time : left.sequence < right.sequence
    }

    private mutating func siftUp(_ start: Int) {
        var index = start
        let entry = heap[index]
        while index > 0 {
            let parent = (index - 1) / 2
            guard EventQueue.precedes(entry, heap[parent]) else { break }
            heap[index] = heap[parent]
            index = parent
        }
        heap[index] = entry
    }

    private mutating func siftDown() {
        let entry = heap[0]
        let count = heap.count
        var index = 0
        while true {
            var child = 2 * index + 1
            guard child < count else { break }
            if child + 1 < count, EventQueue.precedes(heap[child + 1], heap[child]) { child += 1 }
            guard EventQueue.precedes(heap[child], entry) else { break }
            heap[index] = heap[child]
            index = child
        }
        heap[index] = entry
    }
}
