import Canonical
import Crypto

@testable import QUIC

/// The client's side of the peers' protocol: eight bytes N, a number of bytes, the end; the answer is their SHA-256 and
/// N patterned bytes. Several streams go on at a time.
final class Exchange {
    private struct Progress {
        var sent = 0
        var answer: [UInt8] = []
        var isFinished = false
    }

    private let request: [UInt8]
    private let expected: [UInt8]
    private var streams: [StreamID: Progress] = [:]
    private var left: Int
    private(set) var good = 0

    init(count: Int, size: Int) {
        let upload = (0..<size).map { PatternSender.byte($0) }
        var request: [UInt8] = []
        request.appendBigEndian(UInt64(size))
        self.request = request + upload
        expected = Array(SHA256.hash(data: upload)) + upload
        left = count
    }

    var isDone: Bool { left == 0 && streams.values.allSatisfy(\.isFinished) }
    var total: Int { streams.count }

    /// Opens as many streams as the peer allows now.
    func start(_ connection: Connection) throws {
        while left > 0, let id = try connection.openStream(.bidirectional) {
            left -= 1
            streams[id] = Progress()
            try push(connection, id)
        }
    }

    private func push(_ connection: Connection, _ id: StreamID) throws {
        guard var progress = streams[id], progress.sent < request.count else { return }
        progress.sent += try request.withUnsafeBytes { bytes in
            try connection.write(id, UnsafeRawBufferPointer(rebasing: bytes[progress.sent...]), finish: true)
        }
        streams[id] = progress
    }

    func handle(_ connection: Connection, _ event: ConnectionEvent) throws {
        switch event {
        case .streamWritable(let id): try push(connection, id)
        case .streamsAvailable: try start(connection)
        case .streamReadable(let id):
            guard var progress = streams[id] else { return }
            let (bytes, isFinished) = try connection.read(id, maximum: .max)
            progress.answer += bytes
            progress.isFinished = isFinished
            streams[id] = progress
            if isFinished, progress.answer == expected { good += 1 }
        default: break
        }
    }
}

/// The server's side of the same protocol.
final class ExchangeServer {
    private struct Key: Hashable {
        var connection: ConnectionHandle
        var stream: StreamID
    }

    private var received: [Key: [UInt8]] = [:]
    private var answers: [Key: (bytes: [UInt8], sent: Int)] = [:]
    private(set) var answered = 0

    private func push(_ connection: Connection, _ key: Key) throws {
        guard var answer = answers[key], answer.sent < answer.bytes.count else { return }
        answer.sent += try answer.bytes.withUnsafeBytes { bytes in
            try connection.write(key.stream, UnsafeRawBufferPointer(rebasing: bytes[answer.sent...]), finish: true)
        }
        answers[key] = answer
    }

    func handle(_ connection: Connection, _ event: ConnectionEvent) throws {
        switch event {
        case .streamWritable(let id): try push(connection, Key(connection: connection.handle, stream: id))
        case .streamReadable(let id):
            let key = Key(connection: connection.handle, stream: id)
            let (bytes, isFinished) = try connection.read(id, maximum: .max)
            received[key, default: []] += bytes
            guard isFinished, let whole = received.removeValue(forKey: key), whole.count >= 8 else { return }
            let count = whole.prefix(8).reduce(0) { $0 << 8 | Int($1) }
            let answer = Array(SHA256.hash(data: Array(whole[8...]))) + (0..<count).map { PatternSender.byte($0) }
            answers[key] = (answer, 0)
            answered += 1
            try push(connection, key)
        default: break
        }
    }
}
