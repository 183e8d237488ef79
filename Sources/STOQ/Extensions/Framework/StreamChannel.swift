import Synchronization

/// Messages over one stream.
final class StreamChannel: MessageChannel {
    private let stream: STOQStream
    /// Taken out while a task reads.
    private let reader: Mutex<MessageReader?>

    init(_ stream: STOQStream, reader: MessageReader? = nil) {
        self.stream = stream
        self.reader = Mutex(reader ?? MessageReader(stream, limit: STOQLimits.messageBytesMax))
    }

    func receive() async throws -> [UInt8]? {
        let taken = reader.withLock { reader in
            defer { reader = nil }
            return reader
        }
        guard var current = taken else { throw STOQError.streamInUse }
        do {
            let message = try await current.next()
            reader.withLock { $0 = current }
            return message
        } catch {
            reader.withLock { $0 = current }
            throw error
        }
    }

    func send(_ message: [UInt8]) async throws {
        try await stream.write(try MessageReader.frame(message))
    }

    func finish() async throws {
        try await stream.write([], finish: true)
    }

    func abort(code: UInt64) {
        stream.abort(code: code)
    }
}
