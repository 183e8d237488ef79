import Canonical
import Logging
import QUIC

extension EndpointLoop {
    /// Passes on what happened on a connection.
    func handleEvents(of state: ConnectionState) {
        while let event = state.connection.nextEvent() { handle(event, of: state) }
    }

    private func handle(_ event: ConnectionEvent, of state: ConnectionState) {
        switch event {
        case .handshakeCompleted(_, let certificates): establish(state, certificates)
        case .handshakeConfirmed: admit(state)
        case .streamOpened(let id): state.deliver(id)
        case .streamReadable(let id): state.resumeReader(of: id)
        case .streamWritable(let id): state.resumeWriters(of: id)
        case .streamReset(let id, let code): state.peerReset(id, code: code)
        case .stopSending(let id, let code): state.peerStopped(id, code: code)
        case .streamsAvailable: state.resumeOpenings()
        case .closed(let reason):
            log(reason, of: state)
            state.fail(.sessionClosed(reason))
        case .datagramReceived(let bytes): state.session?.deliver(datagram: bytes)
        case .extensionFrame(let type, let payload):
            guard let session = state.session else { return }
            extensions.receive(type, payload, session)
        case .ticketReceived(let ticket): if let peer = state.peer { store?.keep(ticket, of: peer) }
        case .tokenReceived(let token): if let peer = state.peer { store?.keep(token: token, of: peer) }
        case .streamDelivered, .pathChanged, .pathTierChanged, .earlyDataAccepted: break
        }
    }

    /// The peer's certificates were accepted here. Ours may still be refused there: until the server confirms the
    /// handshake, which it does after it has checked them, nobody gets a session to use on this end.
    private func establish(_ state: ConnectionState, _ certificates: [[UInt8]]) {
        let session = Session(
            handle: state.connection.handle,
            remoteAddress: state.connection.remoteAddress,
            peerCertificates: certificates,
            isInitiator: state.connection.role == .client,
            isResumed: state.connection.isResumed,
            extensions: extensions.agreed(state.connection.peerExtensions),
            mailbox: mailbox, executor: executor
        )
        state.session = session
        guard state.connection.role == .server else { return }
        if case .enqueued = sessions.yield(session) { return }
        logger.warning("session dropped", metadata: ["reason": "backlog of sessions is full"])
        session.close(code: SessionCode.overloaded.rawValue, reason: "overloaded")
    }

    private func admit(_ state: ConnectionState) {
        guard let session = state.session else { return }
        state.connecting?.resume(returning: session)
        state.connecting = nil
    }

    /// Only handshakes that failed are worth a line: sessions tell their holders.
    private func log(_ reason: CloseReason, of state: ConnectionState) {
        guard state.session == nil || state.connecting != nil, failureLines.admits(MonotonicClock.now) else { return }
        var metadata: Logger.Metadata = [
            "peer": "\(state.connection.remoteAddress.text)", "reason": "\(STOQError.sessionClosed(reason))",
        ]
        let leftOut = failureLines.takeLeftOut()
        if leftOut > 0 { metadata["left-out"] = "\(leftOut)" }
        logger.notice("handshake failed", metadata: metadata)
    }
}
