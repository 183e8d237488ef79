/// A run of messages both ways with one peer: over a stream, or through relays. One task may receive while another sends.
public protocol MessageChannel: Sendable {
    /// The next message; nil after the peer's last.
    func receive() async throws -> [UInt8]?
    /// Sends a message; waits while flow control holds it back.
    func send(_ message: [UInt8]) async throws
    /// Says that no message follows.
    func finish() async throws
    /// Gives both directions up.
    func abort(code: UInt64)
}
