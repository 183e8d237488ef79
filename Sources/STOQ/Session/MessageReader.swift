/// Cuts a stream into messages: four length bytes, little-endian, then that many bytes.
struct MessageReader {
    private let stream: STOQStream
    private let limit: Int
    private var buffer: [UInt8] = []
    private var start = 0

    init(_ stream: STOQStream, limit: Int) {
        self.stream = stream
        self.limit = min(limit, STOQLimits.messageBytesMax)
    }

    /// The next message; nil when the stream ended between two messages.
    mutating func next() async throws -> [UInt8]? {
        guard try await fill(4) else {
            guard start == buffer.count else { throw STOQError.protocolViolation("the stream ended inside a message") }
            return nil
        }
        let length = (0..<4).reduce(0) { $0 | Int(buffer[start + $1]) << (8 * $1) }
        guard length <= limit else { throw STOQError.messageTooLarge(bytes: length, limit: limit) }
        guard try await fill(4 + length) else {
            throw STOQError.protocolViolation("the stream ended inside a message")
        }
        let message = Array(buffer[start + 4..<start + 4 + length])
        start += 4 + length
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: true)
            start = 0
        }
        return message
    }

    /// The next message and those that came with it whole; empty when the stream ended between two messages.
    mutating func nextBatch() async throws -> [[UInt8]] {
        guard let first = try await next() else { return [] }
        var messages = [first]
        while hasWhole, let message = try await next() { messages.append(message) }
        return messages
    }

    private var hasWhole: Bool {
        let available = buffer.count - start
        guard available >= 4 else { return false }
        return available - 4 >= (0..<4).reduce(0) { $0 | Int(buffer[start + $1]) << (8 * $1) }
    }

    private mutating func fill(_ count: Int) async throws -> Bool {
        while buffer.count - start < count {
            guard let bytes = try await stream.read() else { return false }
            if start > 0 {
                buffer.removeFirst(start)
                start = 0
            }
            buffer.append(contentsOf: bytes)
        }
        return true
    }

    /// A message with its length before it.
    static func frame(_ message: [UInt8]) throws(STOQError) -> [UInt8] {
        guard message.count <= STOQLimits.messageBytesMax else {
            throw .messageTooLarge(bytes: message.count, limit: STOQLimits.messageBytesMax)
        }
        let count = UInt32(truncatingIfNeeded: message.count)
        return (0..<4).map { UInt8(truncatingIfNeeded: count >> UInt32(8 * $0)) } + message
    }
}
