import QUIC

/// The workers of an endpoint: threads with a socket each on the same port, told apart by the first byte of the connection
/// IDs that they give themselves. The kernel spreads datagrams over the sockets by address and port; one that reaches a
/// worker whose connection it is not for is handed on.
final class WorkerGroup: Sendable {
    /// By a worker's number.
    let mailboxes: [LoopMailbox]
    /// What a worker's number is XORed with in connection IDs, so that onlookers of several hosts cannot compare them.
    let secret: UInt8

    init(mailboxes: [LoopMailbox], secret: UInt8) {
        self.mailboxes = mailboxes
        self.secret = secret
    }

    /// The first byte of a worker's connection IDs; none when there is one worker only.
    func prefix(of worker: Int) -> [UInt8] {
        mailboxes.count > 1 ? [UInt8(truncatingIfNeeded: worker) ^ secret] : []
    }

    /// The worker that gave itself a connection ID.
    func mailbox(forFirstByte byte: UInt8) -> LoopMailbox? {
        let worker = Int(byte ^ secret)
        return worker < mailboxes.count ? mailboxes[worker] : nil
    }
}

/// Datagrams handed from one worker to another.
struct ForwardedBatch: Sendable {
    var bytes: [UInt8]
    var segmentSize: Int
    var source: SocketAddressKey
    var mark: ECNCodepoint
}
