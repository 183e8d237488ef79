import DequeModule

extension Connection {
    /// Whether control frames wait in the data space.
    var hasControlFrames: Bool {
        isHandshakeDoneQueued || isPingQueued || path.isChallengeQueued || streams.isLimitQueued
            || !streams.controlQueue.isEmpty || !connectionIDsQueued.isEmpty || !retirementsQueued.isEmpty
            || !tokensQueued.isEmpty || extensions.hasQueued || streams.bidirectional.isLimitQueued
            || streams.unidirectional.isLimitQueued
            || streams.bidirectional.isBlockedQueued || streams.unidirectional.isBlockedQueued
            || hasPathResponse || acknowledgementRequests.isQueued || isDataBlockedDue
    }

    private var hasPathResponse: Bool {
        !pathResponses.isEmpty && pathResponses.contains { $0.destination == path.remote }
    }

    private var isDataBlockedDue: Bool {
        !streams.waitingForLimit.isEmpty && streams.sendCredit == 0 && streams.blockedReportedAt != streams.sendLimit
    }

    /// Writes control frames as far as they fit; the others wait for the next packet.
    func writeControlFrames(_ writer: inout PacketWriter, _ draft: inout PacketDraft) {
        let before = writer.offset
        if isHandshakeDoneQueued, writer.remaining > 0 {
            writer.write(UInt8(FrameType.handshakeDone))
            isHandshakeDoneQueued = false
            draft.packet.add(.handshakeDone)
        }
        writePathFrames(&writer, &draft)
        writeConnectionIDFrames(&writer, &draft.packet)
        writeLimits(&writer, &draft.packet)
        writeAcknowledgementFrequency(&writer, &draft.packet)
        while let id = streams.controlQueue.first, writeStreamControl(id, &writer, &draft.packet) {
            streams.controlQueue.removeFirst()
        }
        if let token = tokensQueued.first, writer.writeTokenFrame(token) {
            tokensQueued.removeFirst()
            draft.packet.add(.newToken)
        }
        writeExtensionFrames(&writer, &draft.packet)
        if isPingQueued, writer.remaining > 0 {
            writer.write(UInt8(FrameType.ping))
            isPingQueued = false
        }
        if writer.offset > before { draft.packet.isAckEliciting = true }
    }

    private func writePathFrames(_ writer: inout PacketWriter, _ draft: inout PacketDraft) {
        if path.isChallengeQueued, let data = path.challenge,
            writer.writePathFrame(FrameType.pathChallenge, data: data)
        {
            path.isChallengeQueued = false
            path.challengesSent += 1
            draft.needsFullDatagram = true
        }
        while let index = pathResponses.firstIndex(where: { $0.destination == path.remote }),
            writer.writePathFrame(FrameType.pathResponse, data: pathResponses[index].data)
        {
            pathResponses.remove(at: index)
            draft.needsFullDatagram = true
        }
    }

    private func writeConnectionIDFrames(_ writer: inout PacketWriter, _ packet: inout SentPacket) {
        while let sequence = connectionIDsQueued.first {
            if let id = localIDs.id(sequence: sequence) {
                let frame = NewConnectionIDFrame(
                    sequence: sequence, retirePriorTo: localIDs.retirePriorTo, connectionID: id,
                    resetToken: registry.resetToken(for: id))
                guard writer.writeFrame(frame) else { return }
                localIDs.noteTold(sequence)
                packet.add(.newConnectionID(sequence: sequence))
            }
            connectionIDsQueued.removeFirst()
        }
        while let sequence = retirementsQueued.first, writer.writeFrame(FrameType.retireConnectionID, sequence) {
            retirementsQueued.removeFirst()
            packet.add(.retireConnectionID(sequence: sequence))
        }
    }

    private func writeLimits(_ writer: inout PacketWriter, _ packet: inout SentPacket) {
        if streams.isLimitQueued {
            streams.receiveWindow.update(
                now: currentTime, roundTrip: path.roundTrip.smoothed, floor: 2 * receiveWindowFloor)
            if writer.writeFrame(FrameType.maximumData, streams.receiveWindow.limit) {
                streams.isLimitQueued = false
                packet.add(.maximumData)
            }
        }
        if isDataBlockedDue, writer.writeFrame(FrameType.dataBlocked, streams.sendLimit) {
            streams.blockedReportedAt = streams.sendLimit
        }
        writeStreamCounts(.bidirectional, &writer, &packet)
        writeStreamCounts(.unidirectional, &writer, &packet)
    }

    private func writeStreamCounts(
        _ direction: StreamDirection, _ writer: inout PacketWriter, _ packet: inout SentPacket
    ) {
        let isBidirectional = direction == .bidirectional
        var counts = streams.counts(direction)
        if counts.isLimitQueued {
            counts.raiseLimit()
            let type =
                isBidirectional ? FrameType.maximumStreamsBidirectional : FrameType.maximumStreamsUnidirectional
            if writer.writeFrame(type, counts.limitForPeer) {
                counts.isLimitQueued = false
                packet.add(.maximumStreams(direction))
            }
        }
        if counts.isBlockedQueued {
            let type = isBidirectional ? FrameType.streamsBlockedBidirectional : FrameType.streamsBlockedUnidirectional
            if writer.writeFrame(type, counts.limitByPeer) { counts.isBlockedQueued = false }
        }
        streams.withCounts(direction) { $0 = counts }
    }

    /// Writes the control frames of one stream.
    /// - Returns: false when not all of them fit.
    private func writeStreamControl(
        _ id: StreamID, _ writer: inout PacketWriter, _ packet: inout SentPacket
    ) -> Bool {
        guard let stream = streams[id] else { return true }
        if let send = stream.send, send.reset == .queued {
            guard writer.writeFrame(FrameType.resetStream, id.rawValue, send.resetCode, send.buffer.nextOffset) else {
                return false
            }
            stream.send?.reset = .inFlight
            packet.add(.resetStream(id))
        }
        if let receive = stream.receive, receive.isStopQueued, let code = receive.stopCode {
            guard writer.writeFrame(FrameType.stopSending, id.rawValue, code) else { return false }
            stream.receive?.isStopQueued = false
            packet.add(.stopSending(id))
        }
        if stream.receive?.isLimitQueued == true {
            widenWindows(of: stream)
            guard writer.writeFrame(FrameType.maximumStreamData, id.rawValue, stream.receive?.window.limit ?? 0) else {
                return false
            }
            stream.receive?.isLimitQueued = false
            packet.add(.maximumStreamData(id))
        }
        if let send = stream.send, send.isBlockedByPeer, send.blockedReportedAt != send.limit {
            guard writer.writeFrame(FrameType.streamDataBlocked, id.rawValue, send.limit) else { return false }
            stream.send?.blockedReportedAt = send.limit
        }
        stream.isControlQueued = false
        return true
    }

    /// Moves a stream's limit. The connection's window stays half as large again as a stream's, so that it is not what
    /// holds the stream back.
    private func widenWindows(of stream: Stream) {
        let waiting = stream.receive?.waitingCount ?? 0
        stream.receive?.window.update(
            now: currentTime, roundTrip: path.roundTrip.smoothed, floor: receiveWindowFloor, waiting: waiting)
        let window = stream.receive?.window.window ?? 0
        if streams.receiveWindow.widen(to: window + window / 2) { streams.isLimitQueued = true }
    }

    /// Writes STREAM frames until the packet is full: the streams of one priority take turns by packet.
    func writeStreams(_ writer: inout PacketWriter, _ packet: inout SentPacket) {
        while writer.remaining >= 40, let id = streams.sendQueue.first {
            guard let stream = streams[id], stream.send?.hasWork == true else {
                _ = streams.sendQueue.popFirst()
                if let stream = streams[id] { leaveQueue(stream) }
                continue
            }
            guard writeStream(stream, &writer, &packet) else {
                _ = streams.sendQueue.popFirst()
                stream.send?.isQueued = false
                streams.waitForLimit(stream)
                continue
            }
            _ = streams.sendQueue.popFirst()
            leaveQueue(stream)
            streams.enqueue(stream)
        }
    }

    /// A stream left the queue; one that waits for its own limit says so to the peer.
    func leaveQueue(_ stream: Stream) {
        stream.send?.isQueued = false
        guard let send = stream.send, send.isBlockedByPeer, send.blockedReportedAt != send.limit else { return }
        streams.enqueueControl(stream)
    }

    /// - Returns: false when the connection's limit leaves nothing to send.
    private func writeStream(_ stream: Stream, _ writer: inout PacketWriter, _ packet: inout SentPacket) -> Bool {
        guard let next = stream.send?.buffer.nextOffset, let limit = stream.send?.limit else { return true }
        let range = stream.send?.buffer.next(limit: min(limit, next + streams.sendCredit))
        let isEndDue = stream.send?.finish == .queued
        let writtenEnd = stream.send?.buffer.end ?? 0
        guard range != nil || (isEndDue && next == writtenEnd) else { return false }
        let offset = range?.lowerBound ?? next
        let offsetLength = offset > 0 ? VariableLengthInteger.length(offset) : 0
        let header = 1 + VariableLengthInteger.length(stream.id.rawValue) + offsetLength + 2
        let count = min(Int((range?.upperBound ?? next) - offset), writer.remaining - header)
        guard count >= 0 else { return true }
        let end = offset + UInt64(count)
        let finish = isEndDue && end == writtenEnd
        writer.write(UInt8(FrameType.stream) | 0x02 | (offset > 0 ? 0x04 : 0) | (finish ? 0x01 : 0))
        writer.writeVariableLength(stream.id.rawValue)
        if offset > 0 { writer.writeVariableLength(offset) }
        writer.writeTwoByteVariableLength(count)
        if let target = writer.reserveBytes(count), count > 0 { stream.send?.buffer.take(offset..<end, into: target) }
        counters.streamBytesCopied += UInt64(count)
        if end > next {
            streams.sent += end - next
            counters.streamBytesSent += end - next
        } else {
            counters.streamBytesRetransmitted += UInt64(count)
        }
        if finish { stream.send?.finish = .inFlight }
        packet.add(.stream(stream.id, offset: offset, count: UInt32(count), finish: finish))
        packet.isAckEliciting = true
        return true
    }
}
