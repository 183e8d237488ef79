/// A record's five-byte header (RFC 8446 §5.1).
struct RecordHeader: Sendable, Equatable {
    static let byteCount = 5

    let type: ContentType
    let byteCount: Int
    let bytes: [UInt8]

    /// A header to send.
    ///
    /// - Parameter version: 0x0303, but 0x0301 before the first ClientHello for old middleboxes.
    init(type: ContentType, byteCount: Int, version: UInt16 = 0x0303) {
        self.type = type
        self.byteCount = byteCount
        var writer = ByteWriter()
        writer.uint8(type.rawValue)
        writer.uint16(version)
        writer.uint16(UInt16(truncatingIfNeeded: byteCount))
        bytes = writer.bytes
    }

    /// Parses a received header and checks the length against the protection in force. The version is ignored, as
    /// RFC 8446 §5.1 demands.
    init(_ bytes: [UInt8], isProtected: Bool) throws(TLSError) {
        var reader = ByteReader(bytes)
        let type = try reader.uint8("record type")
        _ = try reader.uint16("record version")
        byteCount = Int(try reader.uint16("record length"))
        guard let type = ContentType(rawValue: type) else { throw .unexpectedMessage("record type \(type)") }
        let isCiphertext = isProtected && type == .applicationData
        let most = isCiphertext ? TLSLimits.recordCiphertextByteCountMax : TLSLimits.recordPlaintextByteCountMax
        guard byteCount <= most else { throw .recordOverflow }
        self.type = type
        self.bytes = bytes
    }
}
