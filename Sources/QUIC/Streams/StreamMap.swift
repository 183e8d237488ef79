import DequeModule

/// All streams of a connection with its flow control.
struct StreamMap {
    let role: Role
    private var streams: [StreamID: Stream] = [:]
    /// The stream found last: frames of one stream come in rows.
    private var recent: Stream?
    var bidirectional: StreamCounts
    var unidirectional: StreamCounts
    /// What the peer may send on all streams.
    var receiveWindow: ReceiveWindow
    /// The sum of the highest offsets received.
    var received: UInt64 = 0
    /// MAX_DATA waits to be sent.
    var isLimitQueued = false
    /// What may be sent on all streams, and what was.
    var sendLimit: UInt64 = 0
    var sent: UInt64 = 0
    /// The limit at which DATA_BLOCKED was last sent.
    var blockedReportedAt: UInt64?
    /// Streams with data to send.
    var sendQueue = SendQueue()
    /// Streams with control frames to send.
    var controlQueue: Deque<StreamID> = []
    /// Streams that hold data but wait for the connection's limit.
    var waitingForLimit: Deque<StreamID> = []

    init(role: Role, configuration: TransportConfiguration) {
        self.role = role
        bidirectional = StreamCounts(concurrency: configuration.bidirectionalStreamsMaximum)
        unidirectional = StreamCounts(concurrency: configuration.unidirectionalStreamsMaximum)
        receiveWindow = ReceiveWindow(
            window: configuration.connectionReceiveWindow, maximum: configuration.connectionReceiveWindowMaximum)
    }

    subscript(id: StreamID) -> Stream? { streams[id] }

    /// Every stream, in order of their numbers.
    func all() -> [Stream] { streams.values.sorted { $0.id.rawValue < $1.id.rawValue } }

    /// The streams not yet over.
    var count: Int { streams.count }

    /// The same as the subscript, quicker when it is the one found last.
    mutating func find(_ id: StreamID) -> Stream? {
        if let recent, recent.id == id { return recent }
        guard let stream = streams[id] else { return nil }
        recent = stream
        return stream
    }

    /// Takes bytes that are the next in order on a stream, within both limits.
    /// - Returns: nil, with nothing changed, when they are anything else; else whether the application is to hear of it.
    mutating func takeNext(_ bytes: UnsafeRawBufferPointer, at offset: UInt64, of id: StreamID) -> Bool? {
        let total = received + UInt64(bytes.count)
        guard total <= receiveWindow.limit, let stream = find(id),
            let isNews = stream.receive?.takeNext(bytes, at: offset)
        else { return nil }
        received = total
        return isNews
    }

    mutating func insert(_ stream: Stream) { streams[stream.id] = stream }

    mutating func remove(_ id: StreamID) {
        streams[id] = nil
        if recent?.id == id { recent = nil }
    }

    mutating func removeAll() {
        streams = [:]
        recent = nil
    }

    func counts(_ direction: StreamDirection) -> StreamCounts {
        direction == .bidirectional ? bidirectional : unidirectional
    }

    mutating func withCounts<Result>(_ direction: StreamDirection, _ body: (inout StreamCounts) -> Result) -> Result {
        direction == .bidirectional ? body(&bidirectional) : body(&unidirectional)
    }

    /// Connection credit left for new bytes.
    var sendCredit: UInt64 { sendLimit - min(sent, sendLimit) }

    /// Puts a stream with data into the queue of those to send.
    mutating func enqueue(_ stream: Stream) {
        guard let send = stream.send, !send.isQueued, send.hasWork else { return }
        stream.send?.isQueued = true
        sendQueue.append(stream.id, priority: send.priority)
    }

    /// Puts a stream among those that wait for the connection's limit, once.
    mutating func waitForLimit(_ stream: Stream) {
        guard stream.send?.isWaitingForLimit == false else { return }
        stream.send?.isWaitingForLimit = true
        waitingForLimit.append(stream.id)
    }

    /// Queues the streams again that waited for the connection's limit.
    mutating func resumeWaiting() {
        while let id = waitingForLimit.popFirst() {
            guard let stream = streams[id] else { continue }
            stream.send?.isWaitingForLimit = false
            enqueue(stream)
        }
    }

    /// Puts a stream into the queue of those with control frames.
    mutating func enqueueControl(_ stream: Stream) {
        guard !stream.isControlQueued else { return }
        stream.isControlQueued = true
        controlQueue.append(stream.id)
    }
}
