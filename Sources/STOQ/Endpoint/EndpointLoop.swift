import CLinux
import Canonical
import Glibc
import Logging
import QUIC

/// The thread of one UDP socket: reads datagrams, drives the QUIC endpoint, answers tasks. Everything in it belongs to
/// that thread.
final class EndpointLoop {
    private let socket: UDPSocket
    private let mailbox: LoopMailbox
    private let endpoint: Endpoint
    private let sessions: AsyncStream<Session>.Continuation
    private let logger: Logger
    private let sendBuffer: UnsafeMutableRawBufferPointer
    private var connections: [ConnectionHandle: ConnectionState] = [:]
    /// Connections with something to do, in the order in which that came up.
    private var marked: [ConnectionState] = []
    private var shuttingDown: [CheckedContinuation<Void, Never>] = []
    private var isShuttingDown = false

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
            while !(isShuttingDown && connections.isEmpty) { try turn() }
        } catch {
            logger.error("endpoint stopped", metadata: ["reason": "\(error)"])
        }
        for state in connections.values { state.fail(.endpointClosed) }
        mailbox.shut()
        sessions.finish()
        for continuation in shuttingDown { continuation.resume() }
    }

    private func turn() throws(STOQError) {
        try sleep()
        var now = MonotonicClock.now
        var batches = 0
        while batches < 8, try receive(now) { batches += 1 }
        for command in mailbox.drain() { perform(command, now) }
        now = MonotonicClock.now
        for state in connections.values {
            guard let deadline = state.connection.nextDeadline, deadline <= now else { continue }
            state.connection.handleTimeout(now: now)
            mark(state)
        }
        try serveMarked(now)
    }

    private func sleep() throws(STOQError) {
        let deadline = connections.values.compactMap(\.connection.nextDeadline).min()
        let now = MonotonicClock.now
        let wait = deadline.map { Int64(clamping: $0.nanoseconds(since: now)) } ?? -1
        let result = hm_wait_readable(socket.descriptor, mailbox.wakeDescriptor, wait)
        guard result >= 0 || result == -EINTR else { throw .system(operation: "wait", errno: -result) }
    }

    private func receive(_ now: Timestamp) throws(STOQError) -> Bool {
        var replies: [(SocketAddressKey, [UInt8])] = []
        let any = try socket.receive { datagram, source, mark in
            switch endpoint.receive(datagram, from: source, ecn: mark, now: now) {
            case .connection(let handle): connections[handle].map(self.mark)
            case .newConnection(let handle, let connection):
                let state = ConnectionState(connection)
                connections[handle] = state
                self.mark(state)
            case .reply(let bytes): replies.append((source, bytes))
            case .ignored: break
            }
        }
        for (target, bytes) in replies { try send(bytes, to: target) }
        return any
    }

    private func send(_ bytes: [UInt8], to target: SocketAddressKey) throws(STOQError) {
        guard bytes.count <= sendBuffer.count else { return }
        sendBuffer.copyBytes(from: bytes)
        let transmit = Transmit(destination: target, length: bytes.count, segmentSize: bytes.count, ecn: .notCapable)
        try socket.send(transmit, from: sendBuffer)
    }

    private func mark(_ state: ConnectionState) {
        guard !state.isMarked else { return }
        state.isMarked = true
        marked.append(state)
    }

    private func serveMarked(_ now: Timestamp) throws(STOQError) {
        let states = marked
        marked.removeAll(keepingCapacity: true)
        for state in states {
            state.isMarked = false
            while let event = state.connection.nextEvent() { handle(event, of: state) }
            while let transmit = state.connection.nextTransmit(
                into: sendBuffer, maximumSegments: STOQLimits.segmentsMax, now: now)
            {
                try socket.send(transmit, from: sendBuffer)
            }
            // Sending may have freed room that a writer waits for.
            while let event = state.connection.nextEvent() { handle(event, of: state) }
            if state.connection.isDrained {
                endpoint.forget(state.connection.handle)
                connections[state.connection.handle] = nil
            }
        }
    }
}

// MARK: Commands and events

extension EndpointLoop {
    private func perform(_ command: LoopCommand, _ now: Timestamp) {
        switch command {
        case .connect(let address, let configuration, let name, let continuation):
            connect(address, configuration, name, continuation, now)
        case .openStream(let handle, let direction, let priority, let continuation):
            withConnection(handle, command) {
                $0.open(.init(direction: direction, priority: priority, continuation: continuation))
            }
        case .write(let handle, let id, let bytes, let finish, let continuation):
            withConnection(handle, command) {
                $0.write(id, .init(bytes: bytes, offset: 0, finish: finish, continuation: continuation))
            }
        case .read(let handle, let id, let maximum, let continuation):
            withConnection(handle, command) { $0.read(id, .init(maximum: maximum, continuation: continuation)) }
        case .abort(let handle, let id, let code):
            withConnection(handle, command) { $0.abort(id, code: code) }
        case .statistics(let handle, let continuation):
            withConnection(handle, command) { continuation.resume(returning: $0.connection.statistics) }
        case .close(let handle, let code, let reason):
            withConnection(handle, command) { $0.connection.close(code: code, reason: reason, now: now) }
        case .shutDown(let continuation): shutDown(continuation, now)
        }
    }

    private func withConnection(_ handle: ConnectionHandle, _ command: LoopCommand, _ body: (ConnectionState) -> Void) {
        guard let state = connections[handle], !state.connection.isClosed else {
            return command.refuse(.quic(.connectionClosed))
        }
        body(state)
        mark(state)
    }

    private func connect(
        _ address: SocketAddressKey,
        _ configuration: ClientConfiguration,
        _ name: String?,
        _ continuation: CheckedContinuation<Session, any Error>,
        _ now: Timestamp
    ) {
        do throws(QUICError) {
            let connection = try endpoint.connect(
                to: address, configuration: configuration, serverName: name, now: now)
            let state = ConnectionState(connection, connecting: continuation)
            connections[connection.handle] = state
            mark(state)
        } catch {
            continuation.resume(throwing: STOQError.quic(error))
        }
    }

    private func shutDown(_ continuation: CheckedContinuation<Void, Never>, _ now: Timestamp) {
        isShuttingDown = true
        shuttingDown.append(continuation)
        for state in connections.values {
            state.connection.close(code: 0, reason: "shutting down", now: now)
            mark(state)
        }
    }

    private func handle(_ event: ConnectionEvent, of state: ConnectionState) {
        switch event {
        case .handshakeCompleted(_, let certificates): establish(state, certificates)
        case .streamOpened(let id): state.session?.deliver(id)
        case .streamReadable(let id): state.resumeReader(of: id)
        case .streamWritable(let id): state.resumeWriters(of: id)
        case .streamReset(let id, let code): failReader(of: id, code, state)
        case .stopSending(let id, let code): failWriters(of: id, code, state)
        case .streamsAvailable: state.resumeOpenings()
        case .closed(let reason):
            log(reason, of: state)
            state.fail(.sessionClosed(reason))
        case .streamDelivered(let id):
            if state.streams[id]?.reader == nil { state.streams[id] = nil }
        case .handshakeConfirmed, .datagramReceived, .pathChanged, .tokenReceived: break
        }
    }

    private func establish(_ state: ConnectionState, _ certificates: [[UInt8]]) {
        let session = Session(
            handle: state.connection.handle,
            remoteAddress: state.connection.remoteAddress,
            peerCertificates: certificates,
            isInitiator: state.connection.role == .client,
            mailbox: mailbox
        )
        state.session = session
        if let connecting = state.connecting {
            state.connecting = nil
            return connecting.resume(returning: session)
        }
        if case .dropped = sessions.yield(session) {
            logger.warning("session dropped", metadata: ["reason": "backlog of sessions is full"])
            session.close(code: SessionCode.overloaded.rawValue, reason: "overloaded")
        }
    }

    private func failReader(of id: StreamID, _ code: UInt64, _ state: ConnectionState) {
        state.streams[id]?.reader?.continuation.resume(throwing: STOQError.streamAborted(code: code))
        state.streams[id]?.reader = nil
    }

    private func failWriters(of id: StreamID, _ code: UInt64, _ state: ConnectionState) {
        for writer in state.streams[id]?.writers ?? [] {
            writer.continuation.resume(throwing: STOQError.streamAborted(code: code))
        }
        state.streams[id]?.writers.removeAll()
    }

    private func log(_ reason: CloseReason, of state: ConnectionState) {
        guard state.session == nil else { return }
        logger.notice(
            "handshake failed",
            metadata: [
                "peer": "\(state.connection.remoteAddress.text)", "reason": "\(STOQError.sessionClosed(reason))",
            ])
    }
}
