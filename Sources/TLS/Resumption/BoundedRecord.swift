/// Values by key; when it is full, the oldest goes.
struct BoundedRecord<Value: Sendable>: Sendable {
    private let capacity: Int
    private var values: [[UInt8]: Value] = [:]
    private var order: [[UInt8]] = []
    private var oldest = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    subscript(_ key: [UInt8]) -> Value? { values[key] }

    mutating func insert(_ value: Value, for key: [UInt8]) {
        guard values.updateValue(value, forKey: key) == nil else { return }
        guard order.count == capacity else {
            order.append(key)
            return
        }
        values[order[oldest]] = nil
        order[oldest] = key
        oldest = (oldest + 1) % capacity
    }
}
