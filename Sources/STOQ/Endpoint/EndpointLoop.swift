import CLinux
import Canonical
import Glibc
import Logging
import QUIC

/// The thread of one UDP socket: reads datagrams, drives the QUIC endpoint, answers tasks. Everything in it belongs to
/// that thread.
final class EndpointLoop {
    private let socket: UDPSocket
    let mailbox: LoopMailbox
    private let workers: WorkerGroup
    let endpoint: Endpoint
    let sessions: AsyncStream<Session>.Continuation
    let logger: Logger
    let extensions: ExtensionTable
    let store: SessionStore?
    private let sendBuffer: UnsafeMutableRawBufferPointer
    var connections: [ConnectionHandle: ConnectionState] = [:]
    /// Strangers decide how many handshakes fail.
    var failureLines = LineBudget(perMinute: STOQLimits.failureLinesPerMinute)
    private let busyPollNanoseconds: UInt64
    /// When something last came.
    private var lastActivity = MonotonicClock.now
    private var deadlines = DeadlineHeap()
    /// Answers to datagrams that belong to no connection.
    private var replies: [(SocketAddressKey, [UInt8])] = []
    private var qlogFiles: QlogFiles?
    /// Connections with something to do, in the order in which that came up.
    private var marked: [ConnectionState] = []
    /// Who waits for the end, and when it comes at the latest.
    private var shuttingDown: [CheckedContinuation<Void, Never>] = []
    private var shutdownDeadline: Timestamp?

    init(
        socket: UDPSocket,
        mailbox: LoopMailbox,
        workers: WorkerGroup,
        endpoint: Endpoint,
        busyPollNanoseconds: UInt64,
        sessions: AsyncStream<Session>.Continuation,
        extensions: ExtensionTable,
        store: SessionStore?,
        logger: Logger,
        qlogDirectory: String? = nil
    ) {
        self.socket = socket
        self.mailbox = mailbox
        self.workers = workers
        self.endpoint = endpoint
        // With one processor whoever is waited for could not run meanwhile.
        let isAlone = sysconf(Int32(_SC_NPROCESSORS_ONLN)) < 2
        self.busyPollNanoseconds = isAlone ? 0 : min(busyPollNanoseconds, STOQLimits.busyPollNanosecondsMax)
        self.sessions = sessions
        self.extensions = extensions
        self.store = store
        self.logger = logger
        qlogFiles = qlogDirectory.map { QlogFiles(directory: $0, logger: logger) }
        sendBuffer = .allocate(byteCount: STOQLimits.receiveBufferBytes, alignment: 64)
    }

    deinit {
        sendBuffer.deallocate()
    }

    /// Runs until the endpoint is shut down or the socket fails.
    func run() {
        do throws(STOQError) {
            while !isOver { try turn() }
        } catch {
            logger.error("endpoint stopped", metadata: ["reason": "\(error)"])
        }
        for state in orderedConnections { state.fail(.endpointClosed) }
        connections = [:]
        qlogFiles?.closeAll()
        mailbox.shut()
        sessions.finish()
        for continuation in shuttingDown { continuation.resume() }
    }

    /// Peers were told and have had time to ask again.
    private var isOver: Bool {
        guard let shutdownDeadline else { return false }
        return connections.isEmpty || MonotonicClock.now >= shutdownDeadline
    }

    private var orderedConnections: [ConnectionState] {
        connections.values.sorted { $0.connection.handle.rawValue < $1.connection.handle.rawValue }
    }

    private func turn() throws(STOQError) {
        let readable = try sleep()
        let now = MonotonicClock.now
        if readable & 1 != 0 { try receive(now) }
        for command in mailbox.drain(isSignalled: readable & 2 != 0) { perform(command, now) }
        try sendReplies()
        while let state = deadlines.popDue(now) {
            state.connection.handleTimeout(now: now)
            mark(state)
        }
        try serveMarked(now)
    }

    /// Waits for datagrams, commands or the next deadline.
    /// - Returns: bit 0: the socket is readable; bit 1: the mailbox was signalled.
    private func sleep() throws(STOQError) -> Int32 {
        let deadline = min(deadlines.first ?? .distantFuture, shutdownDeadline ?? .distantFuture)
        var result = try poll(0)
        if result == 0, marked.isEmpty { result = try lookFurther(until: deadline) }
        if result == 0, marked.isEmpty {
            let isNever = deadline == .distantFuture
            result = try poll(isNever ? -1 : Int64(clamping: deadline.nanoseconds(since: MonotonicClock.now)))
        }
        if result != 0 { lastActivity = MonotonicClock.now }
        return result
    }

    private func poll(_ nanoseconds: Int64) throws(STOQError) -> Int32 {
        let result = hm_wait_readable(socket.descriptor, mailbox.wakeDescriptor, nanoseconds)
        guard result >= 0 || result == -EINTR else { throw .system(operation: "wait", errno: -result) }
        return max(result, 0)
    }

    /// Looks for more without sleeping, for a while after something came.
    private func lookFurther(until deadline: Timestamp) throws(STOQError) -> Int32 {
        let end = min(lastActivity.advanced(byNanoseconds: busyPollNanoseconds), deadline)
        while MonotonicClock.now < end {
            let result = try poll(0)
            if result != 0 { return result }
            sched_yield()
        }
        return 0
    }

    private func receive(_ now: Timestamp) throws(STOQError) {
        _ = try socket.receiveBatches { workers.mailboxes.count > 1 ? distribute($0, now) : take($0, now) }
        try sendReplies()
    }

    /// Takes what is for this worker and hands the rest on, in rows for one worker each.
    private func distribute(_ batch: UDPSocket.Batch, _ now: Timestamp) {
        var start = 0
        while start < batch.bytes.count {
            let target = owner(of: batch, at: start)
            var end = start + batch.segmentSize
            while end < batch.bytes.count, owner(of: batch, at: end) === target { end += batch.segmentSize }
            end = min(end, batch.bytes.count)
            let row = UnsafeMutableRawBufferPointer(rebasing: batch.bytes[start..<end])
            start = end
            guard let target else {
                take(
                    UDPSocket.Batch(
                        bytes: row, segmentSize: batch.segmentSize, source: batch.source, mark: batch.mark), now)
                continue
            }
            target.forward(
                ForwardedBatch(
                    bytes: Array(row), segmentSize: batch.segmentSize, source: batch.source, mark: batch.mark))
        }
    }

    /// The worker that a datagram is for, if that is another one.
    private func owner(of batch: UDPSocket.Batch, at offset: Int) -> LoopMailbox? {
        let end = min(offset + batch.segmentSize, batch.bytes.count)
        let datagram = UnsafeRawBufferPointer(rebasing: batch.bytes[offset..<end])
        guard let byte = endpoint.strangerFirstByte(of: datagram) else { return nil }
        let other = workers.mailbox(forFirstByte: byte)
        return other === mailbox ? nil : other
    }

    /// Takes datagrams that another worker's socket got. They are not handed on again.
    func takeForwarded(_ forwarded: ForwardedBatch, _ now: Timestamp) {
        var bytes = forwarded.bytes
        bytes.withUnsafeMutableBytes {
            take(
                UDPSocket.Batch(
                    bytes: $0, segmentSize: forwarded.segmentSize, source: forwarded.source, mark: forwarded.mark),
                now)
        }
    }

    private func take(_ batch: UDPSocket.Batch, _ now: Timestamp) {
        endpoint.receive(
            batch: batch.bytes, segmentSize: batch.segmentSize, from: batch.source, ecn: batch.mark, now: now
        ) { disposition in
            switch disposition {
            case .connection(let handle): connections[handle].map(mark)
            case .newConnection(let handle, let connection): adopt(connection, handle, now)
            case .reply(let bytes): replies.append((batch.source, bytes))
            case .ignored: break
            }
        }
    }

    private func sendReplies() throws(STOQError) {
        guard !replies.isEmpty else { return }
        let waiting = replies
        replies = []
        for (target, bytes) in waiting { try send(bytes, to: target) }
    }

    private func adopt(_ connection: Connection, _ handle: ConnectionHandle, _ now: Timestamp) {
        let state = ConnectionState(connection)
        connections[handle] = state
        if shutdownDeadline != nil { connection.close(code: 0, reason: "shutting down", now: now) }
        mark(state)
    }

    private func send(_ bytes: [UInt8], to target: SocketAddressKey) throws(STOQError) {
        guard bytes.count <= sendBuffer.count else { return }
        sendBuffer.copyBytes(from: bytes)
        let transmit = Transmit(destination: target, length: bytes.count, segmentSize: bytes.count, ecn: .notCapable)
        try socket.send(transmit, from: sendBuffer)
    }

    /// Puts a connection among those to be served this turn.
    func mark(_ state: ConnectionState) {
        guard !state.isMarked else { return }
        state.isMarked = true
        marked.append(state)
    }

    private func serveMarked(_ now: Timestamp) throws(STOQError) {
        let states = marked
        marked = []
        for state in states {
            state.isMarked = false
            try serve(state, now)
        }
    }

    private func serve(_ state: ConnectionState, _ now: Timestamp) throws(STOQError) {
        handleEvents(of: state)
        var batches = 0
        while let transmit = state.connection.nextTransmit(
            into: sendBuffer, maximumSegments: STOQLimits.segmentsMax, now: now)
        {
            try socket.send(transmit, from: sendBuffer)
            batches += 1
            guard batches < STOQLimits.batchesPerTurnMax else {
                // The others first, and what has arrived meanwhile; then on.
                mark(state)
                break
            }
        }
        // Sending may have freed room that a writer waits for.
        handleEvents(of: state)
        qlogFiles?.drain(state.connection)
        guard state.connection.isDrained else {
            return deadlines.update(state, state.connection.nextDeadline)
        }
        deadlines.update(state, nil)
        endpoint.forget(state.connection.handle)
        connections[state.connection.handle] = nil
        qlogFiles?.close(state.connection.handle)
    }

    /// Tells all peers, and ends soon.
    func shutDown(_ continuation: CheckedContinuation<Void, Never>, _ now: Timestamp) {
        shuttingDown.append(continuation)
        guard shutdownDeadline == nil else { return }
        shutdownDeadline = Timestamp(nanoseconds: now.nanoseconds &+ STOQLimits.shutdownLingerNanoseconds)
        for state in orderedConnections {
            state.connection.close(code: 0, reason: "shutting down", now: now)
            mark(state)
        }
    }
}
