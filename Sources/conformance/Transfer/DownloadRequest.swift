/// The request of HTTP/0.9 for a number of bytes: `GET /N` and a line end.
struct DownloadRequest: Hashable {
    static let start = Array("GET /".utf8)
    let byteCount: Int

    init(byteCount: Int) {
        self.byteCount = byteCount
    }

    /// Nil unless the line is a request for a number of bytes that may be asked for. The line end may lack.
    init?(_ line: some Collection<UInt8>) {
        guard line.starts(with: Self.start) else { return nil }
        var digits = Array(line.dropFirst(Self.start.count))
        if digits.last == UInt8(ascii: "\n") { digits.removeLast() }
        if digits.last == UInt8(ascii: "\r") { digits.removeLast() }
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let count = Int(String(decoding: digits, as: UTF8.self)), count <= TransferLimits.bytesMax
        else { return nil }
        byteCount = count
    }

    var bytes: [UInt8] { Self.start + Array("\(byteCount)\r\n".utf8) }
}
