import Synchronization

/// Passes the messages of one circuit on, both ways, until both directions have ended. It sees ciphertext only.
final class CircuitRelay: Sendable {
    private struct Counts {
        var forward: UInt64 = 0
        var backward: UInt64 = 0
    }

    private let near: any MessageChannel
    private let far: any MessageChannel
    private let counts = Mutex(Counts())

    init(near: any MessageChannel, far: any MessageChannel) {
        self.near = near
        self.far = far
    }

    /// Bytes of ciphertext towards the circuit's end, and back.
    var forward: UInt64 { counts.withLock { $0.forward } }
    var backward: UInt64 { counts.withLock { $0.backward } }

    func run() async throws {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.carryForward() }
                group.addTask { try await self.carryBackward() }
                // The first failure cancels the other direction.
                while try await group.next() != nil {}
            }
        } catch {
            near.abort(code: SessionCode.cancelled.rawValue)
            far.abort(code: SessionCode.cancelled.rawValue)
            throw error
        }
    }

    private func carryForward() async throws {
        while let message = try await near.receive() {
            if let bytes = CircuitMessage.dataBytes(message) { counts.withLock { $0.forward += UInt64(bytes) } }
            try await far.send(message)
        }
        try await far.finish()
    }

    /// Receipts of relays farther on come after the end and are passed on like all else.
    private func carryBackward() async throws {
        while let message = try await far.receive() {
            if let bytes = CircuitMessage.dataBytes(message) { counts.withLock { $0.backward += UInt64(bytes) } }
            try await near.send(message)
        }
    }
}
