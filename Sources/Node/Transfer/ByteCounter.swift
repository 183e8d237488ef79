import Synchronization

/// Adds up what a transfer moves.
final class ByteCounter: Sendable {
    private let count = Atomic<UInt64>(0)

    /// - Returns: all bytes so far.
    func add(_ bytes: Int) -> UInt64 {
        count.wrappingAdd(UInt64(clamping: bytes), ordering: .relaxed).newValue
    }
}
