import Canonical
import QUIC
import STOQ

/// The server's end of every connection. A transfer is good when the client has acknowledged the whole answer, or has
/// closed with code 0 after all of it was sent: a close need not carry the last acknowledgement.
final class TransferServer: TransferHandler {
    private struct Peer {
        var transfers: [StreamID: ServedTransfer] = [:]
        /// Bytes of answers, of settled transfers too.
        var answeredCount = 0
        var caseCount = 0
    }

    private let endsAfterFirst: Bool
    private var peers: [ConnectionHandle: Peer] = [:]
    private var closedCount = 0
    private(set) var tally = Tally()

    init(endsAfterFirst: Bool) {
        self.endsAfterFirst = endsAfterFirst
    }

    var isFinished: Bool { endsAfterFirst && closedCount > 0 }

    func handle(_ event: ConnectionEvent, of connection: Connection, now: Timestamp) {
        switch event {
        case .handshakeCompleted(let alpn, _):
            let agreed = String(decoding: alpn, as: UTF8.self)
            TransferProgress.say("connection from \(connection.remoteAddress.text), \(agreed)")
        case .streamReadable(let id) where id.direction == .bidirectional && id.initiator == .client:
            advance(connection, id) { transfer throws(QUICError) in try transfer.read(connection, id) }
        case .streamWritable(let id):
            advance(connection, id) { transfer throws(QUICError) in
                try transfer.write(connection, id)
                return nil
            }
        case .streamDelivered(let id): settle(connection, id, complaint: nil)
        case .streamReset(let id, let code):
            settle(connection, id, complaint: "the client reset the stream with code \(code)")
        case .stopSending(let id, let code):
            settle(connection, id, complaint: "the client asked for no more bytes with code \(code)")
        case .closed(let reason): close(connection, reason)
        default: break
        }
    }

    private func advance(
        _ connection: Connection, _ id: StreamID, _ step: (inout ServedTransfer) throws(QUICError) -> String?
    ) {
        var peer = peers[connection.handle] ?? Peer()
        if peer.transfers[id] == nil { peer.caseCount += 1 }
        var transfer = peer.transfers[id] ?? ServedTransfer()
        var complaint: String?
        let before = transfer.answeredCount
        do throws(QUICError) {
            complaint = try step(&transfer)
            if complaint != nil { try connection.reset(id, code: 1) }
        } catch {
            complaint = "\(error)"
        }
        peer.answeredCount += transfer.answeredCount - before
        peer.transfers[id] = transfer
        peers[connection.handle] = peer
        if let complaint { settle(connection, id, complaint: complaint) }
    }

    private func settle(_ connection: Connection, _ id: StreamID, complaint: String?) {
        guard let transfer = peers[connection.handle]?.transfers.removeValue(forKey: id) else { return }
        let name = "\(connection.remoteAddress.text) stream \(id)"
        tally.note(name, complaints: complaint.map { [$0] } ?? [])
        if complaint == nil { transfer.finish(name) }
    }

    private func close(_ connection: Connection, _ reason: CloseReason) {
        closedCount += 1
        let peer = peers[connection.handle] ?? Peer()
        let isSatisfied = if case .peer(code: 0, _, _) = reason { true } else { false }
        let isAllSent = connection.statistics.streamBytesSent >= UInt64(clamping: peer.answeredCount)
        for (id, transfer) in peer.transfers.sorted(by: { $0.key < $1.key }) {
            let isGood = isSatisfied && isAllSent && transfer.isAnswered
            settle(connection, id, complaint: isGood ? nil : "\(STOQError.sessionClosed(reason))")
        }
        if peer.caseCount == 0 {
            tally.note(
                connection.remoteAddress.text, complaints: ["no transfer: \(STOQError.sessionClosed(reason))"])
        }
        peers[connection.handle] = nil
    }
}
