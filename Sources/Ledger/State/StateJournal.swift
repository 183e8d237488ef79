package import Canonical

/// Writes over a state that stays as it is, and the way back to any earlier point of them.
package struct StateJournal: StateAccess {
    private let base: [StateKey: [UInt8]]
    // What was written; the inner nil is a removal.
    private var writes: [StateKey: [UInt8]?] = [:]
    // For each write, in order, what `writes` held before (the outer nil: nothing).
    private var log: [(key: StateKey, before: [UInt8]??)] = []

    package init(over base: [StateKey: [UInt8]]) {
        self.base = base
    }

    /// A point to which `revert` can return.
    package var mark: Int { log.count }

    package func value(for key: StateKey) -> [UInt8]? {
        if let written = writes[key] { return written }
        return base[key]
    }

    package mutating func setValue(_ value: [UInt8]?, for key: StateKey) {
        log.append((key, writes[key]))
        writes.updateValue(value, forKey: key)
    }

    /// Takes back every write since the mark.
    package mutating func revert(to mark: Int) {
        while log.count > max(0, mark) {
            let (key, before) = log.removeLast()
            if let before { writes.updateValue(before, forKey: key) } else { writes.removeValue(forKey: key) }
        }
    }

    /// What the writes change in the end, ascending by key. Writes that restore the base are left out.
    package var changes: [StateChange] {
        writes.filter { base[$0.key] != $0.value }
            .map { StateChange(key: $0.key, value: $0.value) }
            .sorted { $0.key < $1.key }
    }
}
