extension Handshake {
    /// Replaces own application keys, over a byte stream (RFC 8446 §4.6.3); QUIC updates its keys by itself.
    ///
    /// - Parameter requestPeer: whether the peer is asked to replace its keys too.
    /// - Throws: `.closed` before completion and for QUIC.
    public mutating func updateKeys(requestPeer: Bool) throws(TLSError) {
        guard isComplete, !configuration.isQUIC else { throw .closed }
        try sendKeyUpdate(requestPeer: requestPeer)
    }

    mutating func receiveKeyUpdate(_ message: HandshakeMessage) throws(TLSError) {
        guard message.body.count == 1 else { throw .decode("KeyUpdate of \(message.body.count) bytes") }
        guard message.body[0] <= 1 else { throw .illegalParameter("KeyUpdate request \(message.body[0])") }
        guard let next = readSecret?.next(label: "traffic upd") else { throw .internalFailure("no secret") }
        replace(next, of: role.peer)
        installRead(next)
        if message.body[0] == 1 {
            try sendKeyUpdate(requestPeer: false)
        }
    }

    private mutating func sendKeyUpdate(requestPeer: Bool) throws(TLSError) {
        guard let next = writeSecret?.next(label: "traffic upd") else { throw .internalFailure("no secret") }
        let message = HandshakeMessage(type: .keyUpdate, body: [requestPeer ? 1 : 0])
        emit(.send(message.bytes, .application))
        replace(next, of: role)
        emit(.installWriteSecret(next))
    }

    private mutating func replace(_ secret: TrafficSecret, of owner: HandshakeRole) {
        switch owner {
        case .client: clientSecret = secret
        case .server: serverSecret = secret
        }
    }
}
