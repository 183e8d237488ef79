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
    let endpoint: Endpoint
    let sessions: AsyncStream<Session>.Continuation
    let logger: Logger
    private let sendBuffer: UnsafeMutableRawBufferPointer
    var connections: [ConnectionHandle: ConnectionState] = [:]
    /// Strangers decide how many handshakes fail.
    var failureLines = LineBudget(perMinute: STOQLimits.failureLinesPerMinute)
    private var deadlines = DeadlineHeap()
    /// Connections with something to do, in the order in which that came up.
    private var marked: [ConnectionState] = []
    /// Who waits for the end, and when it comes at the latest.
    private var shuttingDown: [CheckedContinuation<Void, Never>] = []
    private var shutdownDeadline: Timestamp?

    init(
        socket: UDPSocket,
        mailbox: LoopMailbox,
        endpoint: Endpoint,
        sessions: AsyncStream<Session>.Continuation,
        logger: Logger
    ) {
        self.socket = socket
        self.mailbox = mailbox
        self.endpoint = endpoint
        self.sessions = sessions
        self.logger = logger
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
        while let state = deadlines.popDue(now) {
            state.connection.handleTimeout(now: now)
            mark(state)
        }
        try serveMarked(now)
    }

    /// Waits for datagrams, commands or the next deadline.
    /// - Returns: bit 0: the socket is readable; bit 1: the mailbox was signalled.
    private func sleep() throws(STOQError) -> Int32 {
        var wait: Int64 = -1
        if !marked.isEmpty {
            wait = 0
        } else if let deadline = [deadlines.first, shutdownDeadline].compactMap({ $0 }).min() {
            wait = max(0, Int64(clamping: deadline.nanoseconds(since: MonotonicClock.now)))
        }
        let result = hm_wait_readable(socket.descriptor, mailbox.wakeDescriptor, wait)
        if result == -EINTR { return 0 }
        guard result >= 0 else { throw .system(operation: "wait", errno: -result) }
        return result
    }

    private func receive(_ now: Timestamp) throws(STOQError) {
        var replies: [(SocketAddressKey, [UInt8])] = []
        _ = try socket.receiveBatches { batch in
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
        for (target, bytes) in replies { try send(bytes, to: target) }
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
        guard state.connection.isDrained else {
            return deadlines.update(state, state.connection.nextDeadline)
        }
        deadlines.update(state, nil)
        endpoint.forget(state.connection.handle)
        connections[state.connection.handle] = nil
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
