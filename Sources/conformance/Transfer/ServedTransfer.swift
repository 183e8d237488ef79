import Canonical
import Crypto
import QUIC

/// One stream of a client: first taken in whole, then answered.
struct ServedTransfer {
    private var hash = SHA256()
    private var head: [UInt8] = []
    private var received = 0
    private var outgoing: OutgoingBytes?
    private var progress = TransferProgress()

    /// Whether the stream has taken the whole answer.
    var isAnswered: Bool { outgoing?.isFinished ?? false }
    /// The bytes of the answer that the stream has taken.
    var answeredCount: Int { outgoing?.offset ?? 0 }

    /// Takes what came, and answers at the end of it.
    /// - Returns: what is wrong with the request, nil for nothing.
    mutating func read(_ connection: Connection, _ id: StreamID) throws(QUICError) -> String? {
        while outgoing == nil {
            let (bytes, isEnd) = try connection.read(id, maximum: 1 << 18)
            hash.update(data: bytes)
            head += bytes.prefix(TransferLimits.lineBytesMax - head.count)
            received += bytes.count
            progress.note("upload", received)
            guard isEnd else {
                if bytes.isEmpty { return nil }
                continue
            }
            return try answer(connection, id)
        }
        return nil
    }

    private mutating func answer(_ connection: Connection, _ id: StreamID) throws(QUICError) -> String? {
        if received <= TransferLimits.lineBytesMax, head.starts(with: DownloadRequest.start) {
            guard let request = DownloadRequest(head) else { return "the request names no number of bytes" }
            outgoing = OutgoingBytes(patternOf: request.byteCount)
        } else {
            outgoing = OutgoingBytes(Array(Hexadecimal.encode(Array(hash.finalize())).utf8))
        }
        try write(connection, id)
        return nil
    }

    /// Writes what the stream takes of the answer.
    mutating func write(_ connection: Connection, _ id: StreamID) throws(QUICError) {
        try outgoing?.push(on: connection, id)
    }

    func finish(_ name: String) {
        progress.finish("\(name), in and out", received + answeredCount)
    }
}
