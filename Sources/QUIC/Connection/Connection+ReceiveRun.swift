extension Connection {
    /// Takes datagrams of one size that arrived together from one address, as long as they are 1-RTT packets for the
    /// connection ID of the first, which the caller has read.
    /// - Returns: the bytes taken, at least the first datagram's.
    func receiveRun(
        _ batch: UnsafeMutableRawBufferPointer, segmentSize: Int, _ header: PacketHeader, from source: SocketAddressKey,
        ecn: ECNCodepoint, now: UInt64
    ) -> Int {
        currentTime = max(currentTime, now)
        var header = header
        var offset = 0
        while offset < batch.count {
            offset += takeInOrder(batch, from: offset, segmentSize: segmentSize, header, from: source, ecn: ecn)
            guard offset < batch.count else { break }
            let size = min(segmentSize, batch.count - offset)
            let datagram = UnsafeMutableRawBufferPointer(rebasing: batch[offset..<offset + size])
            guard offset == 0 || header.isFollowed(by: UnsafeRawBufferPointer(datagram)) else { break }
            offset += size
            header.length = size
            guard state != .drained, state != .draining, countDatagram(size, from: source) else { continue }
            _ = process(datagram, header, from: source, ecn: ecn, wholeDatagram: datagram)
        }
        return offset
    }

    /// Takes datagrams as a run (``ArrivalRun``) up to one that is no part of it, which is worked on as well when its header
    /// had to be unmasked to find out.
    /// - Returns: the bytes taken.
    private func takeInOrder(
        _ batch: UnsafeMutableRawBufferPointer, from start: Int, segmentSize: Int, _ header: PacketHeader,
        from source: SocketAddressKey, ecn: ECNCodepoint
    ) -> Int {
        guard var run = beginRun(header, from: source) else { return 0 }
        let isFixedBitFree = configuration.greaseFixedBit
        var offset = start
        while offset < batch.count {
            let size = min(segmentSize, batch.count - offset)
            let datagram = UnsafeMutableRawBufferPointer(rebasing: batch[offset..<offset + size])
            guard offset == 0 || header.isFollowed(by: UnsafeRawBufferPointer(datagram)),
                isFixedBitFree || datagram[0] & 0x40 != 0
            else { break }
            offset += size
            let outcome = run.open(datagram)
            if case .next(let payload) = outcome, take(datagram, payload, into: &run) { continue }
            endRun(&run, ecn: ecn)
            _ = countDatagram(size, from: source)
            var header = header
            header.length = size
            _ = conclude(
                opened(datagram, outcome, run), datagram, header, kind: .data, from: source, ecn: ecn, datagram)
            return offset - start
        }
        endRun(&run, ecn: ecn)
        return offset - start
    }

    /// A run that begins with the next packet number; nil while anything about the connection is not as usual.
    private func beginRun(_ header: PacketHeader, from source: SocketAddressKey) -> ArrivalRun? {
        let space = dataSpace
        guard state == .established, source == path.remote, qlog == nil, undecryptable.isEmpty, !space.isDiscarded,
            let keys = space.receiveKeys, let largest = space.largestReceived
        else { return nil }
        let limit = streams.receiveWindow.limit
        return ArrivalRun(
            keys: keys, isOddPhase: keyPhase, numberOffset: header.packetNumberOffset, firstNumber: largest + 1,
            credit: limit - min(limit, streams.received))
    }

    /// Takes a packet into a run.
    /// - Returns: false, with nothing changed, when it holds anything but the next bytes of a stream.
    private func take(
        _ datagram: UnsafeMutableRawBufferPointer, _ payload: Range<Int>, into run: inout ArrivalRun
    ) -> Bool {
        var reader = PacketReader(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(datagram)[payload]))
        guard let frame = Frame.readStream(from: &reader), reader.remaining == 0 else { return false }
        if frame.id != run.streamID {
            guard let stream = streams.find(frame.id), stream.receive != nil else { return false }
            if let news = run.change(to: stream) { emit(.streamReadable(news)) }
        }
        return run.take(frame, datagramBytes: datagram.count)
    }

    /// Brings streams, counters and acknowledgements up to date.
    private func endRun(_ run: inout ArrivalRun, ecn: ECNCodepoint) {
        if let news = run.change(to: nil) { emit(.streamReadable(news)) }
        guard run.count > 0 else { return }
        counters.datagramsReceived += UInt64(run.count)
        counters.bytesReceived += UInt64(run.datagramBytes)
        counters.packetsReceived += UInt64(run.count)
        counters.streamBytesCopied += run.streamBytes
        path.bytesReceived &+= UInt64(run.datagramBytes)
        streams.received += run.streamBytes
        phaseFirstReceived = min(phaseFirstReceived, run.firstNumber)
        restartIdleTimer()
        noteArrival(run.firstNumber..<run.nextNumber, dataSpace, ecn: ecn, isAckEliciting: true)
    }

    /// The packet that ended a run, its protection off.
    private func opened(
        _ datagram: UnsafeMutableRawBufferPointer, _ outcome: ArrivalRun.Outcome, _ run: ArrivalRun
    ) -> OpenedPacket? {
        switch outcome {
        case .next(let payload):
            phaseFirstReceived = min(phaseFirstReceived, run.nextNumber)
            return OpenedPacket(number: run.nextNumber, payload: payload)
        case .other(let number, let headerLength):
            guard let count = openData(datagram, headerLength: headerLength, number: number) else { break }
            return OpenedPacket(number: number, payload: headerLength..<headerLength + count)
        case .unreadable: return nil
        case .forged: break
        }
        noteForged()
        return nil
    }
}
