/// A one-way run of messages to a service. Letting go of it without `finish` aborts the run.
public final class ServiceChannel: Sendable {
    private let stream: STOQStream

    init(_ stream: STOQStream) {
        self.stream = stream
    }

    /// Sends one message; waits while flow control holds it back.
    public func send(_ message: [UInt8]) async throws {
        try await stream.write(try MessageReader.frame(message))
    }

    /// Ends the run.
    public func finish() async throws {
        try await stream.write([], finish: true)
    }
}
