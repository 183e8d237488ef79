/// Cuts records out of a byte stream. Holds less than one record beyond what the caller passed in.
struct RecordBuffer: Sendable {
    private var bytes: [UInt8] = []
    private var position = 0

    mutating func append(_ more: [UInt8]) {
        bytes.removeFirst(position)
        position = 0
        bytes += more
    }

    /// True when the stream stands between two records.
    var isEmpty: Bool { position == bytes.count }

    /// The next whole record, or nil until more bytes come. A bad header is refused at once.
    mutating func next(isProtected: Bool) throws(TLSError) -> (header: RecordHeader, body: [UInt8])? {
        let available = bytes.count - position
        guard available >= RecordHeader.byteCount else { return nil }
        let start = position + RecordHeader.byteCount
        let header = try RecordHeader(Array(bytes[position..<start]), isProtected: isProtected)
        guard available >= RecordHeader.byteCount + header.byteCount else { return nil }
        position = start + header.byteCount
        return (header, Array(bytes[start..<position]))
    }
}
