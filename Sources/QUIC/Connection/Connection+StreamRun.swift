extension Connection {
    /// Fills datagrams after a full one of the same batch with packets that carry nothing but bytes of one stream: what
    /// holds for all of them is looked up once. Ends where anything else would have to be sent, or nothing may be.
    /// - Returns: the datagrams written, each of `segmentSize` bytes.
    func writeRun(
        _ room: UnsafeMutableRawBufferPointer, segmentSize: Int, maximum: Int, mark: ECNCodepoint
    ) -> Int {
        let space = dataSpace
        let most = min(maximum, room.count / max(segmentSize, 1), runAllowance(segmentSize, space))
        guard most > 0, let stream = runStream(space), let keys = space.sendKeys, let buffer = stream.send?.buffer,
            let end = runEnd(of: stream)
        else { return 0 }
        var run = PacketRun(
            first: fixedBit() | (keyPhase ? 0x04 : 0), destination: remoteIDs.current.id, stream: stream.id,
            offset: buffer.nextOffset, number: space.sent.end, largestAcknowledged: space.largestAcknowledged,
            copiesBody: !keys.protector.readsBodyInPlace)
        var record = SentPacket()
        record.isAckEliciting = true
        record.countsInFlight = true
        record.isECNCapable = mark == .capable0
        record.time = currentTime
        record.size = UInt32(truncatingIfNeeded: segmentSize)
        record.path = path.number
        let count = Self.write(&run, of: most, into: room, from: buffer, end: end, keys, &record, &path, &space.sent)
        guard count > 0 else { return 0 }
        if let qlog {
            for number in space.sent.end - UInt64(count)..<space.sent.end {
                qlog.packetSent(space.sent[number], .data, number: number, now: currentTime)
            }
        }
        noteRun(run, count, segmentSize: segmentSize, stream, space, mark: mark)
        return count
    }

    /// Writes, seals and remembers packets until one is not to be had. Path and ring are handed in so that they are looked
    /// up once and not for each packet.
    /// - Returns: the packets made.
    private static func write(
        _ run: inout PacketRun, of most: Int, into room: UnsafeMutableRawBufferPointer, from buffer: SendBuffer,
        end: UInt64, _ keys: PacketKeys, _ record: inout SentPacket, _ path: inout NetworkPath,
        _ sent: inout SentPacketRing
    ) -> Int {
        let size = Int(record.size)
        var count = 0
        while count < most {
            let left = UnsafeMutableRawBufferPointer(rebasing: room[count * size..<most * size])
            count += buffer.withUnsent(from: run.offset, to: end) { fill(left, $0, &run, keys, &record, &path, &sent) }
            guard count < most else { break }
            // The next packet takes bytes of two arrays, or there are too few for one.
            let packet = UnsafeMutableRawBufferPointer(rebasing: room[count * size..<(count + 1) * size])
            guard let frame = run.write(packet, from: buffer, end: end),
                finish(packet, frame, &run, keys, &record, &path, &sent)
            else { break }
            count += 1
        }
        return count
    }

    /// Makes packets of bytes that lie together.
    /// - Returns: the packets made.
    private static func fill(
        _ room: UnsafeMutableRawBufferPointer, _ bytes: UnsafeRawBufferPointer, _ run: inout PacketRun,
        _ keys: PacketKeys, _ record: inout SentPacket, _ path: inout NetworkPath, _ sent: inout SentPacketRing
    ) -> Int {
        let start = run.offset
        let size = Int(record.size)
        var count = 0
        while (count + 1) * size <= room.count {
            let packet = UnsafeMutableRawBufferPointer(rebasing: room[count * size..<(count + 1) * size])
            let rest = UnsafeRawBufferPointer(rebasing: bytes[Int(truncatingIfNeeded: run.offset &- start)...])
            guard let frame = run.write(packet, rest), finish(packet, frame, &run, keys, &record, &path, &sent) else {
                break
            }
            count += 1
        }
        return count
    }

    /// Seals the packet written last and remembers it as sent.
    /// - Returns: false when it could not be sealed; the general path meets the same and closes the connection.
    private static func finish(
        _ packet: UnsafeMutableRawBufferPointer, _ frame: SentFrame, _ run: inout PacketRun, _ keys: PacketKeys,
        _ record: inout SentPacket, _ path: inout NetworkPath, _ sent: inout SentPacketRing
    ) -> Bool {
        guard (try? run.seal(packet, with: keys)) != nil else { return false }
        record.first = frame
        record.delivery = path.send(packet.count, now: record.time)
        sent.append(record)
        return true
    }

    /// The packets of a size that congestion window, pace and memory let go now.
    private func runAllowance(_ size: Int, _ space: PacketNumberSpace) -> Int {
        guard size > 0 else { return 0 }
        let window = max(0, path.congestion.window - path.bytesInFlight) / size
        let pace = configuration.pacing ? path.pacer.packets(of: size) : Int.max
        return min(window, pace, Limits.sentPacketsMax - space.sent.count)
    }

    /// The stream whose turn it is, when its unsent bytes are all that there is to send.
    private func runStream(_ space: PacketNumberSpace) -> Stream? {
        guard state == .established, isHandshakeConfirmed, path.isValidated, peerParameters != nil,
            space.probesPending == 0, space.unacknowledgedCount == 0, !space.isAcknowledgementDue, !space.hasCrypto,
            spaces[0].sendKeys == nil, spaces[1].sendKeys == nil, datagrams.isEmpty, !hasControlFrames,
            let id = streams.sendQueue.first, let stream = streams.find(id),
            stream.send?.reset == SendStream.Ending.none, stream.send?.buffer.hasLost == false
        else { return nil }
        return stream
    }

    /// One past the last byte that may go in a run: the stream's limit, the connection's, and what was written. A byte
    /// that has to carry the stream's end stays behind.
    private func runEnd(of stream: Stream) -> UInt64? {
        guard let send = stream.send else { return nil }
        let next = send.buffer.nextOffset
        let written = send.finish == .queued ? max(next, send.buffer.end) - min(1, send.buffer.end) : send.buffer.end
        return min(written, send.limit, next + streams.sendCredit)
    }

    private func noteRun(
        _ run: PacketRun, _ count: Int, segmentSize: Int, _ stream: Stream, _ space: PacketNumberSpace,
        mark: ECNCodepoint
    ) {
        let bytes = run.offset - (stream.send?.buffer.nextOffset ?? run.offset)
        stream.send?.buffer.advance(to: run.offset)
        streams.sent += bytes
        space.sendKeys?.packetsSealed += UInt64(count)
        space.ackElicitingInFlight += count
        space.lastAckElicitingTime = currentTime
        counters.streamBytesSent += bytes
        counters.streamBytesCopied += run.bytesCopied
        counters.packetsSent += UInt64(count)
        counters.datagramsSent += UInt64(count)
        counters.bytesSent += UInt64(count * segmentSize)
        path.bytesSent &+= UInt64(count * segmentSize)
        path.pacer.consume(count * segmentSize)
        if mark == .capable0 { path.ecnPacketsSent += UInt64(count) }
        space.skipIfDue { registry.randomNumber() }
        if !sentSinceReceive {
            sentSinceReceive = true
            restartIdleTimer(received: false)
        }
        _ = streams.sendQueue.popFirst()
        leaveQueue(stream)
        streams.enqueue(stream)
    }
}
