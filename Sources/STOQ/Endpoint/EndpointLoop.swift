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
    /// Connections with something to do, in the order in which that came up, and those of them being served.
    private var marked: [ConnectionState] = []
    private var serving: [ConnectionState] = []
    /// Runs tasks on this thread, and what of them and of other tasks is at hand.
    let executor: LoopExecutor
    private var work = LoopMailbox.Work()
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
        executor = LoopExecutor(mailbox)
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
        for job in mailbox.shut() { globalConcurrentExecutor.enqueue(job) }
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
        let now = MonotonicClock.now
        let hasReceived = try receive(now)
        while let state = deadlines.popDue(now) {
            state.connection.handleTimeout(now: now)
            mark(state)
        }
        let hasWorked = workThrough(now)
        try serveMarked(hasWorked ? MonotonicClock.now : now)
        // Work may take as long as looking for more does.
        guard !hasReceived, !hasWorked else { return lastActivity = MonotonicClock.now }
        if marked.isEmpty { try rest(now) }
    }

    /// Passes on what happened on connections, does what tasks asked for and runs those that run here, and again what these
    /// ask for, so that as much as possible goes out together.
    /// - Returns: whether there was anything.
    private func workThrough(_ now: Timestamp) -> Bool {
        for state in marked { handleEvents(of: state) }
        var hasWorked = false
        for _ in 0..<STOQLimits.roundsPerTurnMax {
            mailbox.take(into: &work)
            guard !work.isEmpty else { break }
            hasWorked = true
            // Out of the loop for the while: a command may end in anything that looks at it.
            var taken = LoopMailbox.Work()
            swap(&taken, &work)
            while let spare = taken.spares.popLast() { endpoint.recycle(spare) }
            for command in taken.commands { perform(command, now) }
            executor.run(taken.jobs)
            taken.removeAll()
            work = taken
        }
        return hasWorked
    }

    /// Nothing is to be done: looks again for a while after something came, then sleeps until there is something.
    private func rest(_ now: Timestamp) throws(STOQError) {
        let deadline = min(deadlines.first ?? .distantFuture, shutdownDeadline ?? .distantFuture)
        guard now >= min(lastActivity.advanced(byNanoseconds: busyPollNanoseconds), deadline) else {
            sched_yield()
            return
        }
        guard mailbox.prepareToSleep() else { return }
        let isNever = deadline == .distantFuture
        let limit = isNever ? -1 : Int64(clamping: deadline.nanoseconds(since: now))
        let result = hm_wait_readable(socket.descriptor, mailbox.wakeDescriptor, limit)
        mailbox.noteAwake(isSignalled: result > 0 && result & 2 != 0)
        guard result >= 0 || result == -EINTR else { throw .system(operation: "wait", errno: -result) }
        if result > 0 { lastActivity = MonotonicClock.now }
    }

    /// - Returns: whether something was there.
    private func receive(_ now: Timestamp) throws(STOQError) -> Bool {
        let hasReceived = try socket.receiveBatches { batch in
            workers.mailboxes.count > 1 ? distribute(batch, now) : take(batch, now)
        }
        try sendReplies()
        return hasReceived
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
        swap(&marked, &serving)
        defer { serving.removeAll(keepingCapacity: true) }
        for state in serving {
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
