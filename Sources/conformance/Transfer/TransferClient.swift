import Canonical
import Crypto
import QUIC
import STOQ

/// The client's one transfer.
final class TransferClient: TransferHandler {
    private let byteCount: Int
    private let uploads: Bool
    private var outgoing: OutgoingBytes
    private var stream: StreamID?
    private var received = 0
    private var answer: [UInt8] = []
    private var hash = SHA256()
    private var progress = TransferProgress()
    private(set) var isFinished = false
    /// What went wrong; empty after a good transfer.
    private(set) var complaints: [String] = []

    init(byteCount: Int, uploads: Bool) {
        self.byteCount = byteCount
        self.uploads = uploads
        outgoing =
            uploads ? OutgoingBytes(patternOf: byteCount) : OutgoingBytes(DownloadRequest(byteCount: byteCount).bytes)
    }

    func handle(_ event: ConnectionEvent, of connection: Connection, now: Timestamp) {
        if case .closed(let reason) = event {
            if !isFinished { finish(complaint: "\(STOQError.sessionClosed(reason))") }
            return
        }
        guard !isFinished else { return }
        do throws(QUICError) {
            try advance(event, connection)
        } catch {
            finish(complaint: "\(error)")
        }
        if isFinished { connection.close(code: 0, reason: "done", now: now) }
    }

    private func advance(_ event: ConnectionEvent, _ connection: Connection) throws(QUICError) {
        switch event {
        case .handshakeCompleted(let alpn, _):
            let agreed = String(decoding: alpn, as: UTF8.self)
            TransferProgress.say("connected to \(connection.remoteAddress.text), \(agreed)")
            progress = TransferProgress()
            try open(connection)
        case .streamsAvailable(.bidirectional): try open(connection)
        case .streamWritable(let id) where id == stream:
            try outgoing.push(on: connection, id)
            if uploads { progress.note("upload", outgoing.offset) }
        case .streamReadable(let id) where id == stream: try read(connection, id)
        case .streamReset(let id, let code) where id == stream:
            finish(complaint: "the server reset the stream with code \(code)")
        case .stopSending(let id, let code) where id == stream && !outgoing.isFinished:
            finish(complaint: "the server asked for no more bytes with code \(code)")
        default: break
        }
    }

    private func open(_ connection: Connection) throws(QUICError) {
        guard stream == nil, let id = try connection.openStream(.bidirectional) else { return }
        stream = id
        try outgoing.push(on: connection, id)
    }

    private func read(_ connection: Connection, _ id: StreamID) throws(QUICError) {
        let limit = uploads ? TransferLimits.lineBytesMax : byteCount
        while true {
            let (bytes, isEnd) = try connection.read(id, maximum: 1 << 18)
            received += bytes.count
            hash.update(data: bytes)
            guard received <= limit else {
                return finish(complaint: "the server sent more than \(limit) bytes")
            }
            if uploads { answer += bytes } else { progress.note("download", received) }
            if isEnd { return judge() }
            if bytes.isEmpty { return }
        }
    }

    private func judge() {
        guard uploads else {
            guard received == byteCount else {
                return finish(complaint: "the server sent \(received) bytes, not \(byteCount)")
            }
            progress.finish("download", received)
            TransferProgress.say("SHA-256 \(Hexadecimal.encode(Array(hash.finalize())))")
            return finish(complaint: nil)
        }
        guard outgoing.isFinished else { return finish(complaint: "the server answered before it had all bytes") }
        let line = String(decoding: answer, as: UTF8.self)
        let digits = line.last?.isNewline == true ? line.dropLast() : line[...]
        guard Hexadecimal.decode(digits) == outgoing.digest else {
            return finish(
                complaint: "the server answered '\(line.debugDescription)', not \(Hexadecimal.encode(outgoing.digest))")
        }
        progress.finish("upload", outgoing.count)
        finish(complaint: nil)
    }

    private func finish(complaint: String?) {
        isFinished = true
        if let complaint { complaints.append(complaint) }
    }
}
