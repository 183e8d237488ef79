public import Canonical

extension Connection {
    /// Writes what is to be sent now: up to `maximumSegments` datagrams of one size for one peer, one after the other.
    ///
    /// Call it until it answers nil after datagrams were received, a deadline passed, or the application wrote.
    /// - Parameter buffer: of at least 1200 bytes; `maximumSegments` times the UDP payload to be of full use.
    /// - Returns: nil when nothing is to be sent, or nothing may be until ``nextDeadline``.
    public func nextTransmit(
        into buffer: UnsafeMutableRawBufferPointer, maximumSegments: Int, now: Timestamp
    ) -> Transmit? {
        currentTime = max(currentTime, now.nanoseconds)
        guard maximumSegments > 0, buffer.count >= Limits.minimumDatagramBytes else { return nil }
        switch state {
        case .draining, .drained: return nil
        case .closing: return closeTransmit(into: buffer)
        case .handshaking, .established: break
        }
        updateKeysIfWorn()
        guard hasRoomForPackets else { return closeTransmit(into: buffer) }
        if let transmit = offPathTransmit(into: buffer) { return transmit }
        pacedUntil = nil
        if let transmit = mtuProbeTransmit(into: buffer) { return transmit }
        let transmit = fillSegments(buffer, maximumSegments: maximumSegments)
        return state == .closing ? closeTransmit(into: buffer) : transmit
    }

    /// Packets are remembered from the oldest in flight on, also those that carry only acknowledgements: a peer that
    /// makes us send and never acknowledges anything is given up.
    private var hasRoomForPackets: Bool {
        guard dataSpace.sent.count >= 2 * Limits.sentPacketsMax else { return true }
        fail(.violation(.protocolViolation, reason: "the peer acknowledges nothing", frameType: 0))
        return false
    }

    private func fillSegments(_ buffer: UnsafeMutableRawBufferPointer, maximumSegments: Int) -> Transmit? {
        var length = 0
        var segmentSize = 0
        let mark: ECNCodepoint = path.ecn == .failed ? .notCapable : .capable0
        let maximumSegments = min(maximumSegments, path.settings.segments)
        var index = 0
        while index < maximumSegments {
            let size = index == 0 ? path.datagramSize : segmentSize
            let room = min(size, buffer.count - length, path.amplificationBudget)
            guard room >= (index == 0 ? 64 : segmentSize) else { break }
            let datagram = UnsafeMutableRawBufferPointer(rebasing: buffer[length..<length + room])
            let count = buildDatagram(datagram, mark: mark)
            guard count > 0 else { break }
            length += count
            if index == 0 { segmentSize = count }
            if count < room || room < path.datagramSize { break }
            index += 1
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[length...])
            let run = writeRun(rest, segmentSize: segmentSize, maximum: maximumSegments - index, mark: mark)
            index += run
            length += run * segmentSize
        }
        guard length > 0 else { return nil }
        return Transmit(destination: path.remote, length: length, segmentSize: segmentSize, ecn: mark)
    }

    /// Whether anything may go out that counts in flight.
    private func allowance(_ size: Int) -> SendAllowance {
        if spaces.contains(where: { $0.probesPending > 0 }) { return .all }
        guard path.bytesInFlight + size <= path.congestion.window, dataSpace.sent.count < Limits.sentPacketsMax else {
            return .acknowledgementsOnly
        }
        guard configuration.pacing, isHandshakeComplete, !path.pacer.allows(now: currentTime) else { return .all }
        pacedUntil = path.pacer.nextSendTime
        return .acknowledgementsOnly
    }

    /// Writes one datagram of one packet for each space that has something to send.
    /// - Returns: its bytes, 0 when nothing was written.
    private func buildDatagram(_ datagram: UnsafeMutableRawBufferPointer, mark: ECNCodepoint) -> Int {
        let allowance = allowance(datagram.count)
        drafts.removeAll(keepingCapacity: true)
        var start = 0
        for space in spaces where space.sendKeys != nil {
            guard datagram.count - start >= 64 else { break }
            guard mayBuild(space.kind) else { continue }
            guard let draft = draft(space, in: datagram, from: start, allowance: allowance) else { continue }
            drafts.append(draft)
            start = draft.end + Limits.tagBytes
        }
        guard !drafts.isEmpty else {
            if pacedUntil != nil, !hasDataToSend { pacedUntil = nil }
            if allowance == .all { path.delivery.noteApplicationLimited(inFlight: path.bytesInFlight) }
            return 0
        }
        return finishDatagram(datagram, mark: mark)
    }

    /// Initial packets need 1200 bytes of room; application data waits for the handshake on a client.
    private func mayBuild(_ kind: PacketSpace) -> Bool {
        kind != .initial || path.amplificationBudget >= Limits.minimumDatagramBytes
    }

    /// Whether anything waits that counts in flight.
    var hasDataToSend: Bool {
        !streams.sendQueue.isEmpty || !datagrams.isEmpty || spaces.contains { $0.hasCrypto && $0.sendKeys != nil }
            || isPingQueued || !streams.controlQueue.isEmpty || streams.isLimitQueued
    }

    /// Pads, seals and registers the drafts.
    func finishDatagram(_ datagram: UnsafeMutableRawBufferPointer, mark: ECNCodepoint) -> Int {
        var length = drafts[drafts.count - 1].end + Limits.tagBytes
        if drafts.contains(where: \.needsFullDatagram), length < Limits.minimumDatagramBytes {
            length = pad(datagram, to: min(Limits.minimumDatagramBytes, datagram.count))
        } else if datagram.count - length <= Self.gapWorthPadding, !streams.sendQueue.isEmpty {
            // A datagram short of a few bytes would end the batch of equal ones.
            length = pad(datagram, to: datagram.count)
        }
        for index in drafts.indices {
            drafts[index].packet.isECNCapable = mark == .capable0
            guard seal(index, in: datagram) else { return 0 }
        }
        noteSent(length)
        return length
    }

    /// Bytes at a datagram's end that no STREAM frame is begun for.
    private static let gapWorthPadding = 40

    /// Adds PADDING to the last draft.
    /// - Returns: the datagram's length.
    private func pad(_ datagram: UnsafeMutableRawBufferPointer, to length: Int) -> Int {
        let last = drafts.count - 1
        let end = length - Limits.tagBytes
        guard end > drafts[last].end else { return drafts[last].end + Limits.tagBytes }
        UnsafeMutableRawBufferPointer(rebasing: datagram[drafts[last].end..<end])
            .initializeMemory(as: UInt8.self, repeating: 0)
        drafts[last].end = end
        drafts[last].packet.countsInFlight = true
        return length
    }

    /// Counts a datagram for the path in use.
    func noteSent(_ length: Int) {
        counters.datagramsSent += 1
        counters.bytesSent += UInt64(length)
        path.bytesSent &+= UInt64(length)
    }

    /// Fills in the length, encrypts a packet and remembers it as sent.
    private func seal(_ index: Int, in datagram: UnsafeMutableRawBufferPointer) -> Bool {
        let draft = drafts[index]
        let space = space(draft.kind)
        let packet = UnsafeMutableRawBufferPointer(rebasing: datagram[draft.start..<draft.end + Limits.tagBytes])
        if let lengthOffset = draft.lengthOffset {
            let value = UInt16(draft.end + Limits.tagBytes - draft.numberOffset) & 0x3FFF | 0x4000
            datagram.storeBytes(of: value.bigEndian, toByteOffset: lengthOffset, as: UInt16.self)
        }
        do throws(QUICError) {
            try space.sendKeys?.protect(
                packet, packetNumberOffset: draft.numberOffset - draft.start, packetNumberLength: draft.numberLength,
                packetNumber: draft.number)
        } catch {
            fail(.violation(.internalError, reason: "a packet could not be sealed", frameType: 0))
            return false
        }
        space.sendKeys?.packetsSealed += 1
        register(draft, size: packet.count, in: space)
        return true
    }

    private func register(_ draft: PacketDraft, size: Int, in space: PacketNumberSpace) {
        var packet = draft.packet
        packet.time = currentTime
        packet.size = UInt32(size)
        packet.path = path.number
        packet.countsInFlight = packet.countsInFlight || packet.isAckEliciting
        if !packet.countsInFlight { packet.state = .acknowledged }
        if packet.countsInFlight {
            packet.delivery = path.send(size, now: currentTime)
            // Acknowledgements alone are not paced (RFC 9002 section 7.7): nor may they hold up limits that follow.
            path.pacer.consume(size)
        }
        qlog?.packetSent(packet, draft.kind, number: draft.number, now: currentTime)
        space.sent.append(packet)
        if !packet.countsInFlight { space.sent.trim() }
        if space.kind == .data { space.skipIfDue { registry.randomNumber() } }
        counters.packetsSent += 1
        if packet.isECNCapable { path.ecnPacketsSent += 1 }
        if draft.acknowledges {
            space.unacknowledgedCount = 0
            space.isAcknowledgementDue = false
            space.acknowledgementDeadline = nil
        }
        guard packet.countsInFlight, packet.isAckEliciting else { return }
        space.ackElicitingInFlight += 1
        space.lastAckElicitingTime = currentTime
        space.probesPending = max(0, space.probesPending - 1)
        if !sentSinceReceive {
            sentSinceReceive = true
            restartIdleTimer(received: false)
        }
        if role == .client, space.kind == .handshake { discard(.initial) }
    }
}
