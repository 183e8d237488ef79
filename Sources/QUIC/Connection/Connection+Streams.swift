extension Connection {
    /// Opens a stream.
    /// - Returns: nil when the peer allows no more now; ``ConnectionEvent/streamsAvailable(_:)`` tells when it does.
    public func openStream(_ direction: StreamDirection) throws(QUICError) -> StreamID? {
        guard !isClosed else { throw .connectionClosed }
        guard let peer = peerParameters else { throw .notReady("the handshake has not got far enough") }
        var counts = streams.counts(direction)
        defer { streams.withCounts(direction) { $0 = counts } }
        guard counts.openedLocally < counts.limitByPeer else {
            counts.isOpenerWaiting = true
            counts.isBlockedQueued = true
            return nil
        }
        let id = StreamID(initiator: role, direction: direction, index: counts.openedLocally)
        counts.openedLocally += 1
        let limit =
            direction == .bidirectional
            ? peer.initialMaxStreamDataBidirectionalRemote : peer.initialMaxStreamDataUnidirectional
        streams.insert(
            Stream(
                id: id, send: SendStream(limit: limit),
                receive: direction == .bidirectional ? ReceiveStream(window: makeWindow(), pool: registry.chunks) : nil)
        )
        return id
    }

    private func makeWindow() -> ReceiveWindow {
        ReceiveWindow(window: configuration.streamReceiveWindow, maximum: configuration.streamReceiveWindowMaximum)
    }

    /// Queues bytes to send.
    /// - Parameter finish: ends the stream after these bytes, if all of them are accepted.
    /// - Returns: the bytes accepted. When fewer, ``ConnectionEvent/streamWritable(_:)`` tells when to go on.
    public func write(
        _ id: StreamID, _ bytes: UnsafeRawBufferPointer, finish: Bool = false
    ) throws(QUICError) -> Int {
        let stream = try sendingStream(id)
        let room = max(0, sendBufferLimit - (stream.send?.buffer.count ?? 0))
        let count = min(room, bytes.count)
        if count > 0 { stream.send?.buffer.append(UnsafeRawBufferPointer(rebasing: bytes[..<count])) }
        noteWritten(stream, count, of: bytes.count, copied: count, finish: finish)
        return count
    }

    /// Queues bytes to send, from `start` on to the array's end; see the other overload. A long array is kept as it is
    /// until it is acknowledged, and not copied.
    public func write(
        _ id: StreamID, _ bytes: [UInt8], from start: Int = 0, finish: Bool = false
    ) throws(QUICError) -> Int {
        let stream = try sendingStream(id)
        let start = min(max(start, 0), bytes.count)
        let room = max(0, sendBufferLimit - (stream.send?.buffer.count ?? 0))
        let count = min(room, bytes.count - start)
        let copied = count > 0 ? stream.send?.buffer.append(bytes, start..<start + count) ?? 0 : 0
        noteWritten(stream, count, of: bytes.count - start, copied: copied, finish: finish)
        return count
    }

    private func noteWritten(_ stream: Stream, _ count: Int, of wanted: Int, copied: Int, finish: Bool) {
        counters.streamBytesCopied += UInt64(copied)
        if count < wanted {
            stream.send?.isWriterWaiting = true
        } else if finish {
            stream.send?.finish = .queued
        }
        streams.enqueue(stream)
        if stream.send?.isBlockedByPeer == true { streams.enqueueControl(stream) }
    }

    private func sendingStream(_ id: StreamID) throws(QUICError) -> Stream {
        guard !isClosed else { throw .connectionClosed }
        guard let stream = streams[id] else { throw .unknownStream(id) }
        guard let send = stream.send else { throw .wrongDirection(id) }
        if let code = send.stopCode { throw .streamStopped(id, code: code) }
        guard !send.isFinished else { throw .streamFinished(id) }
        return stream
    }

    private func readableStream(_ id: StreamID) throws(QUICError) -> Stream {
        guard !isClosed else { throw .connectionClosed }
        guard let stream = streams[id] else { throw .unknownStream(id) }
        guard let receive = stream.receive else { throw .wrongDirection(id) }
        if let code = receive.resetCode { throw .streamReset(id, code: code) }
        guard receive.stopCode == nil, !receive.isEndRead else { throw .streamFinished(id) }
        return stream
    }

    /// Moves bytes out of a stream.
    /// - Returns: how many, and whether the stream's end was reached with them. None and not finished: wait for
    ///   ``ConnectionEvent/streamReadable(_:)``.
    public func read(
        _ id: StreamID, into buffer: UnsafeMutableRawBufferPointer
    ) throws(QUICError) -> (count: Int, finished: Bool) {
        let stream = try readableStream(id)
        let count = stream.receive?.buffer.read(into: buffer) ?? 0
        counters.streamBytesCopied += UInt64(count)
        return (count, finishRead(stream, count))
    }

    /// Moves up to `maximum` bytes out of a stream; see the other overload.
    public func read(_ id: StreamID, maximum: Int) throws(QUICError) -> (bytes: [UInt8], finished: Bool) {
        let stream = try readableStream(id)
        let (bytes, copied) = stream.receive?.buffer.read(maximum: maximum) ?? ([], 0)
        counters.streamBytesCopied += UInt64(copied)
        return (bytes, finishRead(stream, bytes.count))
    }

    /// Moves up to `maximum` bytes out of a stream, fewer though more are there when these come without a copy: in the
    /// array in which they were gathered. Ask until nothing is left.
    public func readNext(_ id: StreamID, maximum: Int) throws(QUICError) -> (bytes: [UInt8], finished: Bool) {
        let stream = try readableStream(id)
        let (bytes, copied) = stream.receive?.buffer.readNext(maximum: maximum) ?? ([], 0)
        counters.streamBytesCopied += UInt64(copied)
        return (bytes, finishRead(stream, bytes.count))
    }

    private func finishRead(_ stream: Stream, _ count: Int) -> Bool {
        counters.streamBytesRead += UInt64(count)
        if stream.receive?.window.consume(UInt64(count)) == true, stream.receive?.finalSize == nil {
            stream.receive?.isLimitQueued = true
            streams.enqueueControl(stream)
        }
        returnCredit(UInt64(count))
        let isFinished = stream.receive.map { $0.finalSize == $0.buffer.readOffset } ?? false
        if isFinished { stream.receive?.isEndRead = true }
        if stream.receive?.isReadable != true { stream.receive?.isReadableReported = false }
        if isFinished { removeIfDone(stream) }
        return isFinished
    }

    /// Gives connection credit back for bytes that were taken, or will never be.
    func returnCredit(_ count: UInt64) {
        if count > 0, streams.receiveWindow.consume(count) { streams.isLimitQueued = true }
    }

    /// Gives the sending half up: what was not delivered is lost, and the peer is told `code`.
    public func reset(_ id: StreamID, code: UInt64) throws(QUICError) {
        guard !isClosed else { throw .connectionClosed }
        guard code <= VariableLengthInteger.maximum else { throw .valueOutOfRange(code) }
        guard let stream = streams[id] else { throw .unknownStream(id) }
        guard stream.send != nil else { throw .wrongDirection(id) }
        abort(stream, code: code)
    }

    func abort(_ stream: Stream, code: UInt64) {
        guard stream.send?.reset == SendStream.Ending.none, stream.send?.isDone == false else { return }
        stream.send?.reset = .queued
        stream.send?.resetCode = code
        stream.send?.buffer.clear()
        streams.enqueueControl(stream)
    }

    /// Tells the peer that no more of its bytes are wanted; those that come are dropped.
    public func stopSending(_ id: StreamID, code: UInt64) throws(QUICError) {
        guard !isClosed else { throw .connectionClosed }
        guard code <= VariableLengthInteger.maximum else { throw .valueOutOfRange(code) }
        guard let stream = streams[id] else { throw .unknownStream(id) }
        guard let receive = stream.receive else { throw .wrongDirection(id) }
        guard receive.stopCode == nil, receive.resetCode == nil, !receive.isEndRead else { return }
        returnCredit(receive.unreadCount)
        stream.receive?.stopCode = code
        if receive.finalSize == nil {
            stream.receive?.isStopQueued = true
            streams.enqueueControl(stream)
        } else {
            stream.receive?.resetCode = code
        }
        removeIfDone(stream)
    }

    /// Sets how early a stream's bytes go, compared with other streams: higher first, 0 at the start.
    public func setPriority(_ id: StreamID, _ priority: Int) throws(QUICError) {
        guard let stream = streams[id] else { throw .unknownStream(id) }
        guard stream.send != nil else { throw .wrongDirection(id) }
        stream.send?.priority = priority
    }
}
