public import Canonical

extension Connection {
    /// Closes the connection, telling the peer why. Streams end at once; unsent data is lost.
    /// - Parameters:
    ///   - code: the application's own error code, below 2^62.
    ///   - reason: for the peer's log, cut to 256 bytes.
    public func close(code: UInt64, reason: String, now: Timestamp) {
        currentTime = max(currentTime, now.nanoseconds)
        guard !isClosed else { return }
        let code = min(code, VariableLengthInteger.maximum)
        enterClosing(
            frame: (code, nil, Array(reason.utf8.prefix(256))),
            reason: .local(code: code, application: true, reason: reason))
    }

    /// Closes the connection because of an error of the peer's or of our own.
    func fail(_ error: QUICError) {
        guard !isClosed else { return }
        guard case .violation(let code, let reason, let frameType) = error else {
            let reason = "\(error)"
            return enterClosing(
                frame: (TransportErrorCode.internalError.rawValue, 0, Array(reason.utf8.prefix(256))),
                reason: .violation(.internalError, reason: reason))
        }
        // A peer that TLS refuses learns the alert; why exactly is for this side's log.
        let told = (0x100..<0x200).contains(code.rawValue) ? "" : reason
        enterClosing(
            frame: (code.rawValue, frameType, Array(told.utf8.prefix(256))), reason: .violation(code, reason: reason))
    }

    private func enterClosing(frame: (code: UInt64, frameType: UInt64?, reason: [UInt8]), reason: CloseReason) {
        closeFrame = frame
        isCloseDue = true
        finish(reason, state: .closing)
    }

    func enterDraining(_ reason: CloseReason) {
        guard !isClosed else {
            if state == .closing { state = .draining }
            return
        }
        finish(reason, state: .draining)
    }

    /// Gives the connection up without a word to the peer.
    func abandon(_ reason: CloseReason) {
        guard !isClosed else { return }
        finish(reason, state: .drained)
        unregister()
    }

    private func finish(_ reason: CloseReason, state new: State) {
        if !isHandshakeComplete { registry.unfinishedHandshakes -= 1 }
        closeDeadline = currentTime &+ 3 &* probeTimeout
        state = new
        streams.removeAll()
        datagrams.removeAll()
        undecryptable.removeAll()
        qlog?.closed(reason, now: currentTime)
        emit(.closed(reason))
    }

    func drain() {
        state = .drained
        closeDeadline = nil
        unregister()
    }

    /// The peer closed: nothing is sent any more (RFC 9000 section 10.2.2).
    func handleClose(_ close: ConnectionCloseFrame) {
        let reason = String(decoding: close.reason.prefix(1024), as: UTF8.self)
        enterDraining(.peer(code: close.code, application: close.isApplication, reason: reason))
    }

    /// Repeats CONNECTION_CLOSE for ever rarer packets (RFC 9000 section 10.2.1).
    func noteWhileClosing() {
        packetsWhileClosing += 1
        guard packetsWhileClosing <= Limits.closePacketsMax else { return }
        if packetsWhileClosing & (packetsWhileClosing - 1) == 0 { isCloseDue = true }
    }

    /// Writes CONNECTION_CLOSE in every space that the peer may still read.
    func closeTransmit(into buffer: UnsafeMutableRawBufferPointer) -> Transmit? {
        guard isCloseDue, let closeFrame else { return nil }
        let room = min(Limits.minimumDatagramBytes, path.amplificationBudget)
        guard room >= 128 else { return nil }
        isCloseDue = false
        let datagram = UnsafeMutableRawBufferPointer(rebasing: buffer[..<room])
        drafts.removeAll(keepingCapacity: true)
        var start = 0
        for space in spaces where space.sendKeys != nil && room - start >= 128 {
            guard space.kind != .data || isHandshakeComplete || role == .server,
                var (draft, writer) = openDraft(space, in: datagram, from: start)
            else { continue }
            let headerEnd = writer.offset
            writeClose(closeFrame, in: space.kind, &writer)
            close(&draft, &writer, headerEnd: headerEnd)
            draft.needsFullDatagram = space.kind == .initial
            drafts.append(draft)
            start = draft.end + Limits.tagBytes
        }
        guard !drafts.isEmpty else { return nil }
        let length = finishDatagram(datagram, mark: .notCapable)
        guard length > 0 else { return nil }
        return Transmit(destination: path.remote, length: length, segmentSize: length, ecn: .notCapable)
    }

    /// An application's code and words are not shown under handshake keys (RFC 9000 section 10.2.3).
    private func writeClose(
        _ frame: (code: UInt64, frameType: UInt64?, reason: [UInt8]), in kind: PacketSpace, _ writer: inout PacketWriter
    ) {
        if frame.frameType == nil, kind != .data {
            _ = writer.writeCloseFrame(
                code: TransportErrorCode.applicationError.rawValue, frameType: 0, reason: [])
        } else {
            _ = writer.writeCloseFrame(
                code: frame.code, frameType: frame.frameType, reason: Array(frame.reason.prefix(64)))
        }
    }
}
