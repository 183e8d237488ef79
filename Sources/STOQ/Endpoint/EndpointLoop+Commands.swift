import Canonical
import QUIC

extension EndpointLoop {
    /// Does what a task asked for.
    func perform(_ command: LoopCommand, _ now: Timestamp) {
        switch command {
        case .connect(let address, let configuration, let name, let ticket, let continuation):
            guard !ticket.isCancelled else { return command.refuse(.cancelled) }
            connect(address, configuration, name, (continuation, ticket), now)
        case .cancelConnecting(let ticket): cancelConnecting(ticket, now)
        case .shutDown(let continuation): shutDown(continuation, now)
        case .datagrams(let batch): takeForwarded(batch, now)
        case .openStream(let link, let direction, let priority, let first, let ticket, let continuation):
            withConnection(link.handle, command) {
                $0.open(
                    .init(
                        link: link, direction: direction, priority: priority, first: first, ticket: ticket,
                        continuation: continuation))
            }
        case .cancelOpening(let handle, let ticket): withConnection(handle, command) { $0.cancelOpening(ticket) }
        case .statistics(let handle, let continuation):
            withConnection(handle, command) { continuation.resume(returning: $0.connection.statistics) }
        case .heldStreams(let handle, let continuation):
            withConnection(handle, command) { continuation.resume(returning: $0.heldStreams) }
        case .sendDatagram(let handle, let bytes, let continuation):
            withConnection(handle, command) { $0.send(datagram: bytes, continuation) }
        case .sendDatagrams(let handle, let datagrams, let continuation):
            withConnection(handle, command) { $0.send(datagrams, continuation) }
        case .sendFrame(let handle, let type, let payload, let continuation):
            withConnection(handle, command) { state in
                do throws(QUICError) {
                    try state.connection.sendExtensionFrame(type: type, payload: payload)
                    continuation.resume()
                } catch {
                    continuation.resume(throwing: STOQError.quic(error))
                }
            }
        case .connectionIDs(let handle, let continuation):
            withConnection(handle, command) { continuation.resume(returning: $0.connection.localConnectionIDs) }
        case .close(let handle, let code, let reason):
            withConnection(handle, command) { $0.connection.close(code: code, reason: reason, now: now) }
        case .write, .read, .abort, .release, .watch: performOnStream(command)
        }
    }

    private func performOnStream(_ command: LoopCommand) {
        switch command {
        case .write(let handle, let id, let bytes, let finish, let continuation):
            withConnection(handle, command) {
                $0.write(id, .init(bytes: bytes, offset: 0, finish: finish, continuation: continuation))
            }
        case .read(let handle, let id, let maximum, let continuation):
            withConnection(handle, command) { $0.read(id, .init(maximum: maximum, continuation: continuation)) }
        case .abort(let handle, let id, let code):
            withConnection(handle, command) { $0.abort(id, code: code) }
        case .release(let handle, let id, let resets):
            withConnection(handle, command) { $0.release(id, resets: resets) }
        case .watch(let handle, let id, let action):
            withConnection(handle, command) { $0.watch(id, action) }
        default: break
        }
    }

    private func withConnection(_ handle: ConnectionHandle, _ command: LoopCommand, _ body: (ConnectionState) -> Void) {
        guard let state = connections[handle] else { return command.refuse(.quic(.connectionClosed)) }
        guard !state.connection.isClosed else {
            // Whoever comes late hears why.
            handleEvents(of: state)
            return command.refuse(state.ending ?? .quic(.connectionClosed))
        }
        // What has happened comes first: a stream that the peer aborted this very turn is told as aborted.
        handleEvents(of: state)
        body(state)
        mark(state)
    }

    private func connect(
        _ address: SocketAddressKey,
        _ configuration: ClientConfiguration,
        _ name: String?,
        _ waiting: (continuation: CheckedContinuation<Session, any Error>, ticket: RequestTicket),
        _ now: Timestamp
    ) {
        do throws(QUICError) {
            let connection = try endpoint.connect(
                to: address, configuration: configuration, serverName: name, now: now)
            let state = ConnectionState(connection, connecting: waiting.continuation, ticket: waiting.ticket)
            state.peer = SessionStore.Peer(address: address, serverName: name)
            connections[connection.handle] = state
            mark(state)
        } catch {
            waiting.continuation.resume(throwing: STOQError.quic(error))
        }
    }

    private func cancelConnecting(_ ticket: RequestTicket, _ now: Timestamp) {
        let found = connections.values.first { $0.connectingTicket === ticket && $0.connecting != nil }
        guard let state = found else { return }
        state.connecting?.resume(throwing: STOQError.cancelled)
        state.connecting = nil
        state.connection.close(code: SessionCode.cancelled.rawValue, reason: "cancelled", now: now)
        mark(state)
    }
}
