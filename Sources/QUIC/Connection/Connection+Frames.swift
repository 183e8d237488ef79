extension Connection {
    /// What a packet's frames were like as a whole.
    struct PacketSummary {
        var isAckEliciting = false
        /// Only frames that probe a path.
        var isProbing = true
    }

    /// Works through the frames of a packet.
    func handleFrames(
        _ payload: UnsafeRawBufferPointer, kind: PacketSpace, isEarly: Bool = false, from source: SocketAddressKey,
        size: Int
    ) throws(QUICError) -> PacketSummary {
        var reader = PacketReader(payload)
        var summary = PacketSummary()
        var count = 0
        idleFrames = 0
        while reader.remaining > 0 {
            if kind == .data, let frame = Frame.readStream(from: &reader) {
                // What bulk data consists of, without the detour over a frame of any type.
                count += 1
                guard count <= Limits.framesPerPacketMax else {
                    throw .violation(
                        .protocolViolation, reason: "too many frames in a packet", frameType: frame.type)
                }
                summary.isAckEliciting = true
                summary.isProbing = false
                try handleStream(
                    frame.id, offset: frame.offset, bytes: frame.bytes, finish: frame.finish, type: frame.type)
                if isClosed { break }
                continue
            }
            let (frame, type) = try Frame.read(from: &reader, in: payload)
            count += 1
            guard count <= Limits.framesPerPacketMax else {
                throw .violation(.protocolViolation, reason: "too many frames in a packet", frameType: type)
            }
            guard kind == .data ? !isEarly || Self.isAllowedInEarlyData(type) : FrameType.isAllowedInHandshake(type)
            else {
                throw .violation(.protocolViolation, reason: "frame not allowed in this packet", frameType: type)
            }
            summary.isAckEliciting = summary.isAckEliciting || FrameType.isAckEliciting(type)
            summary.isProbing = summary.isProbing && FrameType.isProbing(type)
            try handle(frame, type: type, kind: kind, from: source, size: size)
            if isClosed { break }
        }
        try spendIdleFrames()
        return summary
    }

    /// Notes a frame that changed nothing here.
    func noteIdleFrame() {
        idleFrames += 1
    }

    /// A few frames without effect are in many packets; a peer that makes a habit of it only wants to cost time.
    private func spendIdleFrames() throws(QUICError) {
        guard idleFrames > Limits.idleFramesPerPacketFree else { return }
        guard idleFrameBudget.spend(UInt64(idleFrames - Limits.idleFramesPerPacketFree), now: currentTime) else {
            throw .violation(.protocolViolation, reason: "too many frames without effect", frameType: 0)
        }
    }

    private func handle(
        _ frame: Frame, type: UInt64, kind: PacketSpace, from source: SocketAddressKey, size: Int
    ) throws(QUICError) {
        switch frame {
        case .padding: break
        case .ping: noteIdleFrame()
        case .acknowledgement(let acknowledgement): try handle(acknowledgement, in: space(kind))
        case .crypto(let offset, let bytes): try handleCrypto(offset, bytes, in: space(kind))
        case .stream(let id, let offset, let bytes, let finish):
            try handleStream(id, offset: offset, bytes: bytes, finish: finish, type: type)
        case .datagram(let payload): try handleDatagram(payload, type: type)
        case .extended(let payload): try handleExtension(payload, type: type)
        case .connectionClose(let close): handleClose(close)
        case .handshakeDone: try handleHandshakeDone()
        case .newToken(let token): try handleNewToken(token)
        case .newConnectionID(let frame): try handleNewConnectionID(frame)
        case .retireConnectionID(let sequence): try handleRetireConnectionID(sequence)
        case .pathChallenge(let data): respond(to: data, from: source, size: size)
        case .pathResponse(let data): handlePathResponse(data)
        case .acknowledgementFrequency(let frame): try handle(frame)
        case .immediateAcknowledgement: handleImmediateAcknowledgement()
        default: try handleStreamControl(frame, type: type)
        }
    }

    private func handleStreamControl(_ frame: Frame, type: UInt64) throws(QUICError) {
        switch frame {
        case .resetStream(let id, let code, let finalSize):
            try handleReset(id, code: code, finalSize: finalSize)
        case .stopSending(let id, let code): try handleStopSending(id, code: code)
        case .maximumData(let limit): raiseSendLimit(limit)
        case .maximumStreamData(let id, let limit): try handleMaximumStreamData(id, limit)
        case .maximumStreams(let direction, let limit): raiseStreamLimit(direction, limit)
        case .streamDataBlocked(let id, _): _ = try receivingStream(id, type: type)
        case .streamsBlocked(let direction, _):
            noteIdleFrame()
            streams.withCounts(direction) { counts in
                if counts.closedOfPeer + counts.concurrency > counts.limitForPeer { counts.isLimitQueued = true }
            }
        default: noteIdleFrame()
        }
    }

    private func handleCrypto(
        _ offset: UInt64, _ bytes: UnsafeRawBufferPointer, in space: PacketNumberSpace
    ) throws(QUICError) {
        let end = offset + UInt64(bytes.count)
        let room = space.kind == .initial ? Limits.cryptoReassemblyInitialBytes : Limits.cryptoReassemblyBytes
        let contiguous = space.cryptoReceive.contiguousEnd
        if bytes.count < Limits.tinyFrameBytes, end <= contiguous || offset > contiguous { noteIdleFrame() }
        if end <= space.cryptoReceive.readOffset + UInt64(room) { space.cryptoReceive.insert(bytes, at: offset) }
        guard end <= space.cryptoReceive.readOffset + UInt64(room), space.cryptoReceive.gapsAreWorthIt else {
            throw .violation(
                .cryptoBufferExceeded, reason: "more than \(room) handshake bytes out of order, or in crumbs",
                frameType: FrameType.crypto)
        }
        try deliverCrypto(space)
    }

    private func handleDatagram(_ payload: UnsafeRawBufferPointer, type: UInt64) throws(QUICError) {
        guard UInt64(payload.count) < configuration.datagramFrameMaximum else {
            throw .violation(.protocolViolation, reason: "DATAGRAM longer than allowed", frameType: type)
        }
        counters.datagramFramesReceived += 1
        if payload.isEmpty { noteIdleFrame() }
        guard datagramEventCount < Limits.datagramEventsMax,
            datagramEventBytes + payload.count <= Limits.datagramEventBytesMax
        else {
            counters.datagramFramesDropped += 1
            return
        }
        datagramEventCount += 1
        datagramEventBytes += payload.count
        emit(.datagramReceived(Array(payload)))
    }

    private func handleHandshakeDone() throws(QUICError) {
        guard role == .client else {
            throw .violation(
                .protocolViolation, reason: "HANDSHAKE_DONE from a client", frameType: FrameType.handshakeDone)
        }
        guard isHandshakeComplete else { return }
        if isHandshakeConfirmed { noteIdleFrame() }
        confirmHandshake()
    }

    private func handleNewToken(_ token: UnsafeRawBufferPointer) throws(QUICError) {
        guard role == .client else {
            throw .violation(.protocolViolation, reason: "NEW_TOKEN from a client", frameType: FrameType.newToken)
        }
        noteIdleFrame()
        guard token.count <= Limits.tokenBytesMax, tokenEventCount < Limits.tokenEventsMax else { return }
        tokenEventCount += 1
        emit(.tokenReceived(Array(token)))
    }
}
