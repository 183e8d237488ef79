/// Cuts handshake messages out of a run of bytes that comes in arbitrary pieces. Holds one unfinished message at most.
struct MessageBuffer: Sendable {
    private var bytes: [UInt8] = []
    /// Where the next message begins; what stands before it goes with the next bytes.
    private var start = 0

    /// True between messages.
    var isEmpty: Bool { start == bytes.count }

    mutating func append(_ more: [UInt8]) {
        if start > 0 { bytes.removeFirst(start) }
        start = 0
        bytes += more
    }

    /// The next whole message, or nil until more bytes come. A type outside `accepted` and an excessive length are
    /// refused on the header alone.
    mutating func next(accepting accepted: [HandshakeType], in state: String) throws(TLSError) -> HandshakeMessage? {
        guard start < bytes.count else { return nil }
        let first = bytes[start]
        guard let type = HandshakeType(rawValue: first), accepted.contains(type) else {
            throw .unexpectedMessage("handshake message type \(first) while \(state)")
        }
        guard bytes.count - start >= 4 else { return nil }
        let count = 4 + (Int(bytes[start + 1]) << 16 | Int(bytes[start + 2]) << 8 | Int(bytes[start + 3]))
        guard count <= type.byteCountMax else { throw .messageTooLong(byteCount: count) }
        guard bytes.count - start >= count else { return nil }
        let body = Array(bytes[start + 4..<start + count])
        start += count
        // What is taken is let go of, not kept for messages that seldom come after a handshake.
        if isEmpty { self = MessageBuffer() }
        return HandshakeMessage(type: type, body: body)
    }
}
