import DequeModule

extension Connection {
    /// Gives the peer connection IDs up to its limit and ours.
    func issueConnectionIDs() {
        guard let peer = peerParameters else { return }
        let wanted = min(Int(min(peer.activeConnectionIDLimit, 64)), Limits.localConnectionIDsMax)
        while localIDs.kept < wanted {
            let id = registry.makeConnectionID()
            registry.add(id, to: self)
            connectionIDsQueued.append(localIDs.append(id))
        }
    }

    /// Changes the connection IDs of both directions, so that an onlooker who lost sight of the connection does not find
    /// it again: another of the peer's is used, and the peer is asked to give up all of ours for new ones.
    /// - Throws: `notReady` before the handshake is confirmed, until the last change is done, and when the peer left none.
    public func rotateConnectionIDs() throws(QUICError) {
        guard !isClosed else { throw .connectionClosed }
        guard isHandshakeConfirmed, localIDs.kept == localIDs.active.count else {
            throw .notReady("the handshake, or the last change of connection IDs, is not confirmed yet")
        }
        guard changeRemoteID() else { throw .notReady("the peer has left no connection ID to change to") }
        localIDs.retireAll()
        issueConnectionIDs()
    }

    /// Client: notes the ID of an address that the server prefers (RFC 9000 section 9.6).
    func noteAddress(_ preferred: PreferredAddress?) throws(QUICError) {
        guard let preferred else { return }
        guard remoteIDs.current.id.count > 0 else {
            throw .violation(
                .transportParameterError, reason: "preferred_address of a server without connection IDs", frameType: 0)
        }
        try handleNewConnectionID(
            NewConnectionIDFrame(
                sequence: 1, retirePriorTo: 0, connectionID: preferred.connectionID, resetToken: preferred.resetToken))
    }

    func handleNewConnectionID(_ frame: NewConnectionIDFrame) throws(QUICError) {
        guard remoteIDs.current.id.count > 0 else {
            throw .violation(
                .protocolViolation, reason: "NEW_CONNECTION_ID to a peer that uses none",
                frameType: FrameType.newConnectionID)
        }
        let change = try remoteIDs.insert(frame)
        if change.added == nil, change.retired.isEmpty { noteIdleFrame() }
        if let token = change.added?.token { registry.add(token, to: self) }
        for entry in change.retired { try retire(entry) }
    }

    private func retire(_ entry: RemoteConnectionIDs.Entry) throws(QUICError) {
        guard retirementsInFlight < Limits.retirementsInFlightMax else {
            throw .violation(
                .connectionIDLimitError, reason: "too many connection IDs retired at once",
                frameType: FrameType.newConnectionID)
        }
        retirementsInFlight += 1
        retirementsQueued.append(entry.sequence)
        if let token = entry.token { registry.remove(token, of: self) }
    }

    /// Uses another of the peer's IDs, so that a new path cannot be linked with the old one.
    /// - Returns: false when the peer left no other.
    @discardableResult
    func changeRemoteID() -> Bool {
        guard let old = remoteIDs.advance() else { return false }
        return (try? retire(old)) != nil
    }

    func handleRetireConnectionID(_ sequence: UInt64) throws(QUICError) {
        guard sequence < localIDs.toldEnd else {
            throw .violation(
                .protocolViolation, reason: "RETIRE_CONNECTION_ID for one never issued",
                frameType: FrameType.retireConnectionID)
        }
        guard let id = localIDs.retire(sequence: sequence) else { return noteIdleFrame() }
        registry.remove(id, of: self)
        connectionIDsQueued.removeAll { $0 == sequence }
        issueConnectionIDs()
    }

    /// Takes the routes of a connection that is over out of the registry.
    func unregister() {
        for entry in localIDs.active { registry.remove(entry.id, of: self) }
        registry.remove(originalDestination, of: self)
        if let retrySource { registry.remove(retrySource, of: self) }
        for entry in [remoteIDs.current] + remoteIDs.spare {
            if let token = entry.token { registry.remove(token, of: self) }
        }
    }

    /// A datagram that made no sense may be a stateless reset: its last 16 bytes tell (RFC 9000 section 10.3.1).
    func checkStatelessReset(_ datagram: UnsafeMutableRawBufferPointer) {
        guard datagram.count >= Limits.statelessResetBytesMin, datagram[0] & 0x80 == 0 else { return }
        let tail = UnsafeRawBufferPointer(rebasing: datagram[(datagram.count - Limits.resetTokenBytes)...])
        var reader = PacketReader(tail)
        guard let high = reader.readInteger(UInt64.self), let low = reader.readInteger(UInt64.self),
            remoteIDs.hasToken(StatelessResetToken(high: high, low: low))
        else { return }
        handleStatelessReset()
    }

    /// The peer has lost all state: nothing is to be sent any more.
    func handleStatelessReset() {
        guard state != .draining, state != .drained else { return }
        enterDraining(.statelessReset)
    }
}
