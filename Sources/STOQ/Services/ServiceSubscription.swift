/// A run of answers from a service, to be gone through once. Ending the iteration, cancelling its task or letting go of
/// the subscription ends the run at the service too.
public struct ServiceSubscription: AsyncSequence, Sendable {
    /// Gives one answer at a time.
    public struct Iterator: AsyncIteratorProtocol {
        private var reader: MessageReader

        init(_ stream: STOQStream) {
            reader = MessageReader(stream, limit: STOQLimits.messageBytesMax)
        }

        /// The next answer; nil after the last.
        public mutating func next() async throws -> [UInt8]? {
            guard let message = try await reader.next() else { return nil }
            return try Session.value(of: message)
        }
    }

    private let stream: STOQStream

    init(_ stream: STOQStream) {
        self.stream = stream
    }

    /// Starts going through the answers.
    public func makeAsyncIterator() -> Iterator {
        Iterator(stream)
    }

    /// Ends the run.
    public func cancel() {
        stream.abort(code: SessionCode.cancelled.rawValue)
    }
}
