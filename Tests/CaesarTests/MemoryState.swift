import Canonical

struct MemoryState: StateAccess {
    var values: [StateKey: [UInt8]] = [:]

    func value(for key: StateKey) -> [UInt8]? { values[key] }
    mutating func setValue(_ value: [UInt8]?, for key: StateKey) { values[key] = value }

    var entries: [(key: StateKey, value: [UInt8])] { values.map { ($0.key, $0.value) } }
}

func node(_ number: UInt8) -> NodeID { NodeID(Digest(sha256: [number])) }
func job(_ number: UInt8) -> JobID { JobID(Digest(sha256: [number])) }
