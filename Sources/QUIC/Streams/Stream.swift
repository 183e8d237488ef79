/// One stream: its halves, as far as it has them.
final class Stream {
    let id: StreamID
    var send: SendStream?
    var receive: ReceiveStream?
    /// Whether the stream stands in the queue of those with control frames to send.
    var isControlQueued = false

    init(id: StreamID, send: SendStream?, receive: ReceiveStream?) {
        self.id = id
        self.send = send
        self.receive = receive
    }

    /// Whether both halves are over.
    var isDone: Bool {
        (send?.isDone ?? true) && (receive?.isDone ?? true)
    }
}
