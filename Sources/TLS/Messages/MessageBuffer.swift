/// Cuts handshake messages out of a run of bytes that comes in arbitrary pieces. Holds one unfinished message at most.
struct MessageBuffer: Sendable {
    private var bytes: [UInt8] = []

    /// True between messages.
    var isEmpty: Bool { bytes.isEmpty }

    mutating func append(_ more: [UInt8]) {
        bytes += more
    }

    /// The next whole message, or nil until more bytes come. A type outside `accepted` and an excessive length are
    /// refused on the header alone.
    mutating func next(accepting accepted: [HandshakeType], in state: String) throws(TLSError) -> HandshakeMessage? {
        guard let first = bytes.first else { return nil }
        guard let type = HandshakeType(rawValue: first), accepted.contains(type) else {
            throw .unexpectedMessage("handshake message type \(first) while \(state)")
        }
        guard bytes.count >= 4 else { return nil }
        let count = 4 + (Int(bytes[1]) << 16 | Int(bytes[2]) << 8 | Int(bytes[3]))
        guard count <= type.byteCountMax else { throw .messageTooLong(byteCount: count) }
        guard bytes.count >= count else { return nil }
        let body = Array(bytes[4..<count])
        bytes.removeFirst(count)
        return HandshakeMessage(type: type, body: body)
    }
}
