import DequeModule

extension Connection {
    /// Writes one packet of a space, unsealed.
    /// - Returns: nil, with nothing changed, when the space has nothing to send.
    func draft(
        _ space: PacketNumberSpace, in datagram: UnsafeMutableRawBufferPointer, from start: Int,
        allowance: SendAllowance
    ) -> PacketDraft? {
        guard hasWork(space, allowance: allowance),
            var (draft, writer) = openDraft(space, in: datagram, from: start)
        else { return nil }
        let headerEnd = writer.offset
        writeFrames(space, &writer, &draft, allowance: allowance)
        guard writer.offset > headerEnd else { return nil }
        close(&draft, &writer, headerEnd: headerEnd)
        if space.kind == .initial, role == .client || draft.packet.isAckEliciting { draft.needsFullDatagram = true }
        return draft
    }

    /// Writes a packet's header.
    func openDraft(
        _ space: PacketNumberSpace, in datagram: UnsafeMutableRawBufferPointer, from start: Int
    ) -> (PacketDraft, PacketWriter)? {
        let room = UnsafeMutableRawBufferPointer(rebasing: datagram[start..<datagram.count - Limits.tagBytes])
        var writer = PacketWriter(room)
        let number = space.sent.end
        let numberLength = PacketNumber.encodedLength(number, largestAcknowledged: space.largestAcknowledged)
        let lengthOffset = writeHeader(space.kind, numberLength: numberLength, &writer)
        let numberOffset = start + writer.offset
        for shift in (0..<numberLength).reversed() {
            writer.write(UInt8(truncatingIfNeeded: number >> UInt64(8 * shift)))
        }
        guard !writer.overflowed, writer.remaining >= 24 else { return nil }
        let draft = PacketDraft(
            kind: space.kind, start: start, lengthOffset: lengthOffset.map { start + $0 }, numberOffset: numberOffset,
            numberLength: numberLength, number: number, end: 0)
        return (draft, writer)
    }

    /// Makes sure that there is a header protection sample, and notes the packet's end.
    func close(_ draft: inout PacketDraft, _ writer: inout PacketWriter, headerEnd: Int) {
        let short = 4 - draft.numberLength - (writer.offset - headerEnd)
        if short > 0 { writer.writeZeros(short) }
        draft.end = draft.start + writer.offset
    }

    /// - Returns: where the Length field stands.
    private func writeHeader(_ kind: PacketSpace, numberLength: Int, _ writer: inout PacketWriter) -> Int? {
        let numberBits = UInt8(numberLength - 1)
        if kind == .data, !isSendingEarlyData {
            writer.write(fixedBit() | (keyPhase ? 0x04 : 0) | numberBits)
            remoteIDs.current.id.write(to: &writer)
            return nil
        }
        let type: PacketType = kind == .initial ? .initial : kind == .handshake ? .handshake : .zeroRoundTrip
        let version = type == .zeroRoundTrip ? originalVersion : version
        writer.write(version.firstByte(type) & ~0x40 | fixedBit() | numberBits)
        writer.writeInteger(version.rawValue)
        writer.write(UInt8(remoteIDs.current.id.count))
        remoteIDs.current.id.write(to: &writer)
        let source = localIDs.active.first?.id ?? ConnectionID()
        writer.write(UInt8(source.count))
        source.write(to: &writer)
        if kind == .initial {
            writer.writeVariableLength(UInt64(token.count))
            writer.write(token)
        }
        let lengthOffset = writer.offset
        writer.writeTwoByteVariableLength(0)
        return lengthOffset
    }

    /// Whether a packet of this space could carry anything now.
    private func hasWork(_ space: PacketNumberSpace, allowance: SendAllowance) -> Bool {
        if space.isAcknowledgementDue || space.probesPending > 0 { return true }
        guard allowance == .all else { return false }
        if space.hasCrypto || isPaddingDue(space) { return true }
        return space.kind == .data && hasApplicationWork
    }

    /// Client: whether padding goes out so that the server may answer with more.
    private func isPaddingDue(_ space: PacketNumberSpace) -> Bool {
        paddingDatagrams > 0 && space.kind == .initial && space.largestReceived == nil && !space.hasCrypto
    }

    /// The bit that version 1 fixes, at random once the peer takes it either way.
    func fixedBit() -> UInt8 {
        guard fixedBitState != 0 else { return 0x40 }
        fixedBitState ^= fixedBitState << 13
        fixedBitState ^= fixedBitState >> 7
        fixedBitState ^= fixedBitState << 17
        return UInt8(truncatingIfNeeded: fixedBitState >> 32) & 0x40
    }

    private var hasApplicationWork: Bool {
        guard peerParameters != nil else { return false }
        return !streams.sendQueue.isEmpty || hasControlFrames || !datagrams.isEmpty
    }

    /// Fills a packet, most urgent frames first.
    private func writeFrames(
        _ space: PacketNumberSpace, _ writer: inout PacketWriter, _ draft: inout PacketDraft, allowance: SendAllowance
    ) {
        let start = writer.offset
        writeAcknowledgement(space, &writer, &draft)
        guard allowance == .all else { return }
        writeCrypto(space, &writer, &draft.packet)
        if space.kind == .data, peerParameters != nil {
            if hasControlFrames { writeControlFrames(&writer, &draft) }
            writeDatagrams(&writer, &draft.packet)
            writeStreams(&writer, &draft.packet)
        }
        if writer.offset == start, isPaddingDue(space) {
            writer.writeZeros(1)
            draft.packet.countsInFlight = true
            paddingDatagrams -= 1
        }
        guard space.probesPending > 0, !draft.packet.isAckEliciting, writer.remaining > 0 else { return }
        writeProbe(&writer, in: space.kind)
        draft.packet.isAckEliciting = true
    }

    private func writeAcknowledgement(
        _ space: PacketNumberSpace, _ writer: inout PacketWriter, _ draft: inout PacketDraft
    ) {
        guard space.isAcknowledgementDue || space.unacknowledgedCount > 0, let largest = space.largestReceived else {
            return
        }
        let delay = space.kind == .data ? (currentTime &- space.largestReceivedTime) / 1000 >> 3 : 0
        let isWritten = AcknowledgementFrame.write(ranges: space.received, delay: delay, ecn: space.ecn, to: &writer)
        guard isWritten else { return }
        draft.packet.add(.acknowledgement(largest: largest))
        draft.acknowledges = true
        if space.kind == .data { acknowledgementPolicy.acknowledged(largest: largest) }
    }

    private func writeCrypto(
        _ space: PacketNumberSpace, _ writer: inout PacketWriter, _ packet: inout SentPacket
    ) {
        while writer.remaining >= 32, let range = space.cryptoSend.next(limit: .max) {
            let header = 1 + VariableLengthInteger.length(range.lowerBound) + 2
            let count = min(Int(range.upperBound - range.lowerBound), writer.remaining - header)
            guard count > 0 else { return }
            writer.write(UInt8(FrameType.crypto))
            writer.writeVariableLength(range.lowerBound)
            writer.writeTwoByteVariableLength(count)
            guard let target = writer.reserveBytes(count) else { return }
            space.cryptoSend.take(range.lowerBound..<range.lowerBound + UInt64(count), into: target)
            packet.add(.crypto(offset: range.lowerBound, count: UInt32(count)))
            packet.isAckEliciting = true
        }
    }

    private func writeDatagrams(_ writer: inout PacketWriter, _ packet: inout SentPacket) {
        while let payload = datagrams.first {
            guard writer.writeDatagramFrame(payload) else {
                // One that no longer fits an empty packet, since the path shrank, would stand in the way for ever.
                guard payload.count > (maximumDatagramPayload ?? 0) else { return }
                dropFirstDatagram()
                counters.datagramFramesDropped += 1
                continue
            }
            dropFirstDatagram()
            counters.datagramFramesSent += 1
            packet.add(.datagram)
            packet.isAckEliciting = true
        }
    }

    private func dropFirstDatagram() {
        datagramBytes -= datagrams.popFirst()?.count ?? 0
    }
}
