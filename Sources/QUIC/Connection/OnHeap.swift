/// A large value that few connections have: one reference in those that do not.
final class OnHeap<Value> {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
