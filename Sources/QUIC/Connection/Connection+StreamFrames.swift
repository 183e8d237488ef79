import DequeModule

extension Connection {
    /// The stream that a frame about the peer's data names, opened if the peer may (RFC 9000 section 19.8).
    /// - Returns: nil when the stream is over.
    func receivingStream(_ id: StreamID, type: UInt64) throws(QUICError) -> Stream? {
        guard id.initiator == role.peer || id.direction == .bidirectional else {
            throw .violation(.streamStateError, reason: "data on a stream that only we send on", frameType: type)
        }
        return try stream(id, type: type)
    }

    /// The stream that a frame about our data names.
    private func sendingStream(_ id: StreamID, type: UInt64) throws(QUICError) -> Stream? {
        guard id.initiator == role || id.direction == .bidirectional else {
            throw .violation(
                .streamStateError, reason: "credit for a stream that only the peer sends on", frameType: type)
        }
        return try stream(id, type: type)
    }

    private func stream(_ id: StreamID, type: UInt64) throws(QUICError) -> Stream? {
        if let stream = streams.find(id) { return stream }
        let counts = streams.counts(id.direction)
        if id.initiator == role {
            guard id.index < counts.openedLocally else {
                throw .violation(.streamStateError, reason: "a stream of ours that we did not open", frameType: type)
            }
            return nil
        }
        guard id.index < counts.limitForPeer else {
            throw .violation(.streamLimitError, reason: "more streams than MAX_STREAMS", frameType: type)
        }
        guard id.index >= counts.openedByPeer else { return nil }
        for index in counts.openedByPeer...id.index {
            openByPeer(StreamID(initiator: role.peer, direction: id.direction, index: index))
        }
        streams.withCounts(id.direction) { $0.openedByPeer = id.index + 1 }
        return streams[id]
    }

    private func openByPeer(_ id: StreamID) {
        let window = ReceiveWindow(
            window: configuration.streamReceiveWindow, maximum: configuration.streamReceiveWindowMaximum)
        let limit = peerParameters?.initialMaxStreamDataBidirectionalLocal ?? 0
        streams.insert(
            Stream(
                id: id, send: id.direction == .bidirectional ? SendStream(limit: limit) : nil,
                receive: ReceiveStream(window: window, pool: registry.chunks)))
        emit(.streamOpened(id))
    }

    func handleStream(
        _ id: StreamID, offset: UInt64, bytes: UnsafeRawBufferPointer, finish: Bool, type: UInt64
    ) throws(QUICError) {
        if !finish, takeNext(bytes, at: offset, of: id) { return }
        guard let stream = try receivingStream(id, type: type), var receive = stream.receive else { return }
        // Out of the stream for the while, so that its buffers are changed in place.
        stream.receive = nil
        defer {
            stream.receive = receive
            if receive.stopCode != nil { removeIfDone(stream) }
        }
        let grown = try receive.admit(offset: offset, count: bytes.count, finish: finish, frameType: type)
        try countReceived(grown, type: type)
        guard receive.resetCode == nil else { return }
        guard receive.stopCode == nil else {
            returnCredit(grown)
            if receive.finalSize != nil { receive.resetCode = receive.stopCode }
            return
        }
        if bytes.count < Limits.tinyFrameBytes, !finish, grown == 0 || offset > receive.buffer.contiguousEnd {
            noteIdleFrame()
        }
        receive.buffer.insert(bytes, at: offset)
        guard receive.buffer.gapsAreWorthIt else {
            throw .violation(.internalError, reason: "too many gaps in a stream", frameType: type)
        }
        counters.streamBytesCopied += UInt64(bytes.count)
        guard !receive.isReadableReported, receive.isReadable else { return }
        receive.isReadableReported = true
        emit(.streamReadable(id))
    }

    /// Takes bytes that are the next in order on a stream, as nearly all are, when nothing stands against it.
    private func takeNext(_ bytes: UnsafeRawBufferPointer, at offset: UInt64, of id: StreamID) -> Bool {
        guard let isNews = streams.takeNext(bytes, at: offset, of: id) else { return false }
        counters.streamBytesCopied += UInt64(bytes.count)
        if isNews { emit(.streamReadable(id)) }
        return true
    }

    private func countReceived(_ grown: UInt64, type: UInt64) throws(QUICError) {
        streams.received += grown
        guard streams.received <= streams.receiveWindow.limit else {
            throw .violation(.flowControlError, reason: "stream data beyond MAX_DATA", frameType: type)
        }
    }

    func handleReset(_ id: StreamID, code: UInt64, finalSize: UInt64) throws(QUICError) {
        let type = FrameType.resetStream
        guard let stream = try receivingStream(id, type: type), var receive = stream.receive else { return }
        defer {
            stream.receive = receive
            removeIfDone(stream)
        }
        let grown = try receive.admit(offset: finalSize, count: 0, finish: true, frameType: type)
        try countReceived(grown, type: type)
        guard receive.resetCode == nil, !receive.isEndRead else { return noteIdleFrame() }
        receive.resetCode = code
        if receive.stopCode == nil {
            returnCredit(receive.unreadCount)
            emit(.streamReset(id, code: code))
        } else {
            returnCredit(grown)
        }
        receive.buffer.clear()
    }

    func handleStopSending(_ id: StreamID, code: UInt64) throws(QUICError) {
        guard let stream = try sendingStream(id, type: FrameType.stopSending), let send = stream.send else { return }
        guard send.stopCode == nil, !send.isDone else { return noteIdleFrame() }
        stream.send?.stopCode = code
        emit(.stopSending(id, code: code))
        abort(stream, code: code)
    }

    func handleMaximumStreamData(_ id: StreamID, _ limit: UInt64) throws(QUICError) {
        guard let stream = try sendingStream(id, type: FrameType.maximumStreamData), let send = stream.send else {
            return
        }
        guard limit > send.limit else { return noteIdleFrame() }
        stream.send?.limit = limit
        streams.enqueue(stream)
    }

    func raiseSendLimit(_ limit: UInt64) {
        guard limit > streams.sendLimit else { return noteIdleFrame() }
        streams.sendLimit = limit
        streams.resumeWaiting()
    }

    func raiseStreamLimit(_ direction: StreamDirection, _ limit: UInt64) {
        if limit <= streams.counts(direction).limitByPeer { noteIdleFrame() }
        let isAwaited = streams.withCounts(direction) { counts -> Bool in
            guard limit > counts.limitByPeer else { return false }
            counts.limitByPeer = limit
            counts.isBlockedQueued = false
            defer { counts.isOpenerWaiting = false }
            return counts.isOpenerWaiting
        }
        if isAwaited { emit(.streamsAvailable(direction)) }
    }

    /// Tells a writer that was refused that there is room again: once a quarter of the buffer is free.
    func reportWritable(_ stream: Stream) {
        guard let send = stream.send, send.isWriterWaiting,
            send.buffer.count <= sendBufferLimit / 4 * 3
        else { return }
        stream.send?.isWriterWaiting = false
        emit(.streamWritable(stream.id))
    }

    /// Forgets a stream whose halves are both over, and lets the peer open another.
    func removeIfDone(_ stream: Stream) {
        guard stream.isDone, streams[stream.id] != nil else { return }
        streams.remove(stream.id)
        guard stream.id.initiator == role.peer else { return }
        streams.withCounts(stream.id.direction) { $0.closeOfPeer() }
    }
}
