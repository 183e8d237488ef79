/// A framed handshake message: one byte of type, three of length, the body.
struct HandshakeMessage: Sendable {
    let type: HandshakeType
    let body: [UInt8]

    /// Header and body, as they enter the transcript.
    let bytes: [UInt8]

    init(_ type: HandshakeType, _ writer: ByteWriter) throws(TLSError) {
        guard !writer.isOverflowed, writer.bytes.count <= TLSLimits.handshakeMessageByteCountMax - 4 else {
            throw .internalFailure("own \(type) message is too long: \(writer.bytes.count) bytes")
        }
        self.init(type: type, body: writer.bytes)
    }

    /// For bodies known to be short.
    init(type: HandshakeType, body: [UInt8]) {
        var framed = ByteWriter()
        framed.uint8(type.rawValue)
        framed.vector24(body)
        self.type = type
        self.body = body
        bytes = framed.bytes
    }
}
