@testable import QUIC

/// As much of HTTP/3 (RFC 9114) as it takes to ask a real server for a file, and to answer a real client: for tests only.
enum MinimalHTTP3 {
    /// A control stream with empty SETTINGS.
    static let control: [UInt8] = [0x00, 0x04, 0x00]

    static func frame(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [type]
        bytes.appendVariableLength(UInt64(body.count))
        return bytes + body
    }

    /// GET by indices into QPACK's static table (RFC 9204 appendix A).
    static func request(path: String, authority: String) -> [UInt8] {
        var fields: [UInt8] = [0, 0, 0xC0 | 17, 0xC0 | 23]
        fields += [0x50 | 1, UInt8(path.utf8.count)] + Array(path.utf8)
        fields += [0x50, UInt8(authority.utf8.count)] + Array(authority.utf8)
        return frame(1, fields)
    }

    /// 200 and a body.
    static func response(_ body: [UInt8]) -> [UInt8] {
        frame(1, [0, 0, 0xC0 | 25]) + frame(0, body)
    }

    /// The bytes of all DATA frames of a stream.
    static func body(of stream: [UInt8]) -> [UInt8] {
        stream.withUnsafeBytes { bytes in
            var reader = PacketReader(bytes)
            var body: [UInt8] = []
            while let type = reader.readVariableLength(), let content = reader.readLengthPrefixedBytes() {
                if type == 0 { body += Array(content) }
            }
            return body
        }
    }
}
