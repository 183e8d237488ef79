/// A one-way run of messages to a service. Letting go of it without `finish` aborts the run.
public final class ServiceChannel: Sendable {
    private let stream: STOQStream

    init(_ stream: STOQStream) {
        self.stream = stream
    }

    /// Sends one message; waits while flow control holds it back.
    public func send(_ message: [UInt8]) async throws {
        try await send([message])
    }

    /// Sends messages in one go, in their order; waits while flow control holds them back.
    public func send(_ messages: [[UInt8]]) async throws {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(messages.reduce(0) { $0 + $1.count + 4 })
        for message in messages { bytes += try MessageReader.frame(message) }
        try await stream.write(bytes)
    }

    /// Ends the run.
    public func finish() async throws {
        try await stream.write([], finish: true)
    }
}
