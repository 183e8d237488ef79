import TLS

extension Connection {
    /// Begins the handshake: a client's first flight is queued, a server waits.
    func start() throws(QUICError) {
        tls.currentTimeMilliseconds = registry.unixTime(currentTime) / 1_000_000
        do {
            try tls.start()
        } catch {
            throw Self.violation(of: error)
        }
        try drainHandshake()
    }

    /// Hands TLS the CRYPTO bytes that are in order.
    func deliverCrypto(_ space: PacketNumberSpace) throws(QUICError) {
        let bytes = space.cryptoReceive.read(maximum: Limits.cryptoReassemblyBytes).bytes
        guard !bytes.isEmpty else { return }
        let level: EncryptionLevel =
            switch space.kind {
            case .initial: .initial
            case .handshake: .handshake
            case .data: .application
            }
        tls.currentTimeMilliseconds = registry.unixTime(currentTime) / 1_000_000
        var failure: TLSError?
        do {
            try tls.receive(bytes, at: level)
        } catch {
            failure = error
        }
        try drainHandshake()
        if let failure { throw Self.violation(of: failure) }
    }

    private static func violation(of error: TLSError) -> QUICError {
        guard let alert = error.alert else {
            return .violation(.internalError, reason: "TLS: \(error)", frameType: FrameType.crypto)
        }
        return .violation(.crypto(alert: alert.rawValue), reason: "TLS: \(error)", frameType: FrameType.crypto)
    }

    func drainHandshake() throws(QUICError) {
        while let event = tls.nextEvent() {
            switch event {
            case .send(let bytes, let level):
                bytes.withUnsafeBytes { spaces[Self.space(level).rawValue].cryptoSend.append($0) }
            case .installWriteSecret(let secret):
                space(Self.space(secret.level)).sendKeys = try PacketKeys(secret, version: version)
            case .installReadSecret(let secret):
                try installReadKeys(secret)
            case .peerTransportParameters(let bytes):
                try apply(TransportParameters(bytes, from: role.peer))
            case .applicationProtocol(let name):
                applicationProtocol = name
            case .peerCertificates(let chain):
                peerCertificates = chain
            case .earlyDataBegins(let ticket):
                beginEarlyData(ticket)
            case .earlyDataAccepted(let isAccepted):
                try settleEarlyData(isAccepted: isAccepted)
            case .sessionTicket(let ticket):
                try handleTicket(ticket)
            case .serverName:
                break
            case .completed:
                try completeHandshake()
            }
        }
    }

    private static func space(_ level: EncryptionLevel) -> PacketSpace {
        switch level {
        case .initial: .initial
        case .handshake: .handshake
        case .earlyData, .application: .data
        }
    }

    private func installReadKeys(_ secret: TrafficSecret) throws(QUICError) {
        let keys = try PacketKeys(secret, version: version)
        guard secret.level != .earlyData else {
            earlyReceiveKeys = keys
            return
        }
        let kind = Self.space(secret.level)
        space(kind).receiveKeys = keys
        if kind == .data { nextReceiveKeys = try keys.next() }
    }

    private func completeHandshake() throws(QUICError) {
        guard peerParameters != nil else {
            throw .violation(
                .crypto(alert: AlertDescription.missingExtension.rawValue), reason: "no transport parameters",
                frameType: FrameType.crypto)
        }
        isHandshakeComplete = true
        state = .established
        registry.unfinishedHandshakes -= 1
        if earlyReceiveKeys != nil { earlyKeysDeadline = deadline(after: 3 &* probeTimeout) }
        emit(.handshakeCompleted(alpn: applicationProtocol, peerCertificates: peerCertificates))
        issueConnectionIDs()
        guard role == .server else { return }
        isHandshakeDoneQueued = true
        confirmHandshake()
        registry.remove(originalDestination, of: self)
        if issuesTokens { queueToken() }
    }

    /// Both ends have the other's Finished: Handshake keys are no longer of use (RFC 9001 section 4.9.2).
    func confirmHandshake() {
        guard !isHandshakeConfirmed else { return }
        isHandshakeConfirmed = true
        // Until here a client may wait for a server that never got its Finished.
        handshakeDeadline = nil
        peerValidatedAddress = true
        discard(.handshake)
        emit(.handshakeConfirmed)
        followPreferredAddress()
    }

    private func handleTicket(_ ticket: SessionTicket) throws(QUICError) {
        guard ticket.earlyDataByteCountMax == 0 || ticket.earlyDataByteCountMax == .max else {
            throw .violation(
                .protocolViolation, reason: "max_early_data_size is not 0xffffffff", frameType: FrameType.crypto)
        }
        emit(.ticketReceived(ticket))
    }

    func queueToken() {
        guard
            let token = try? registry.tokens.later(
                address: path.remote, version: version, now: registry.unixTime(currentTime),
                nonce: registry.randomBytes(12))
        else { return }
        tokensQueued.append(token)
    }

    /// Lets go of a space's keys and all that was in flight under them.
    func discard(_ kind: PacketSpace) {
        let space = space(kind)
        guard !space.isDiscarded else { return }
        space.isDiscarded = true
        if kind == .initial { otherInitialKeys = nil }
        for number in space.sent.base..<space.sent.end {
            let packet = space.sent[number]
            guard packet.state == .inFlight, packet.countsInFlight, packet.path == path.number else { continue }
            path.bytesInFlight -= Int(packet.size)
        }
        space.sent.removeAll()
        space.sendKeys = nil
        space.receiveKeys = nil
        space.lossTime = nil
        space.ackElicitingInFlight = 0
        space.probesPending = 0
        space.acknowledgementDeadline = nil
        space.isAcknowledgementDue = false
        space.unacknowledgedCount = 0
        space.cryptoSend.clear()
        space.cryptoReceive.clear()
        probeTimeoutCount = 0
    }

    /// Checks and applies what the peer declared (RFC 9000 sections 7.3 and 7.4).
    private func apply(_ parameters: TransportParameters) throws(QUICError) {
        func refuse(_ reason: String) -> QUICError {
            .violation(.transportParameterError, reason: reason, frameType: 0)
        }
        guard let source = parameters.initialSourceConnectionID, source == peerInitialSource else {
            throw refuse("initial_source_connection_id does not match the packets")
        }
        if role == .client {
            guard parameters.originalDestinationConnectionID == originalDestination else {
                throw refuse("original_destination_connection_id does not match")
            }
            guard parameters.retrySourceConnectionID == retrySource else {
                throw refuse("retry_source_connection_id does not match")
            }
            try checkVersion(told: parameters.versionInformation)
            if let token = parameters.statelessResetToken {
                remoteIDs.setFirstToken(token)
                registry.add(token, to: self)
            }
            try noteAddress(parameters.preferredAddress)
        } else {
            try chooseVersion(offered: parameters.versionInformation)
        }
        if earlyData == .sending { rememberedParameters = peerParameters }
        peerParameters = parameters
        if parameters.greaseQuicBit { fixedBitState = registry.randomNumber() | 1 }
        try checkOpenedStreams(parameters)
        if earlyData == .refused { applyStreamLimits(parameters) }
        streams.sendLimit = parameters.initialMaxData
        streams.bidirectional.limitByPeer = parameters.initialMaxStreamsBidirectional
        streams.unidirectional.limitByPeer = parameters.initialMaxStreamsUnidirectional
        let payload = Int(min(parameters.maxUDPPayloadSize, UInt64(Limits.maximumDatagramBytes)))
        path.datagramSize = min(path.datagramSize, payload)
        path.mtuSearch.limit(to: payload)
        idleRestart = nil
        restartIdleTimer()
    }
}
