extension Connection {
    /// The probe timeout of the data space without back-off, nanoseconds.
    var probeTimeout: UInt64 {
        path.roundTrip.probeTimeout &+ peerAcknowledgementDelay
    }

    /// Declares lost what RFC 9002 section 6.1 says is lost.
    func detectLoss(in space: PacketNumberSpace) {
        space.lossTime = nil
        guard let largest = space.largestAcknowledged, space.sent.base <= largest else { return }
        let delay = path.roundTrip.lossDelay
        var newest: UInt64?
        var first: UInt64?
        var hasLostLarge = false
        var span = PersistentSpan(firstSample: path.roundTrip.firstSampleTime)
        for number in space.sent.base..<min(largest + 1, space.sent.end) {
            let packet = space.sent[number]
            guard packet.state == .inFlight else {
                if packet.state == .acknowledged { span.interrupt() }
                continue
            }
            guard packet.time &+ delay <= currentTime || largest >= number + path.packetThreshold else {
                space.lossTime = min(space.lossTime ?? .max, packet.time &+ delay)
                continue
            }
            qlog?.packetLost(
                packet, space.kind, number: number, isByTime: largest < number + path.packetThreshold, now: currentTime)
            lose(number, in: space)
            guard packet.path == path.number, packet.countsInFlight, !packet.isMTUProbe else { continue }
            first = first ?? number
            hasLostLarge = hasLostLarge || packet.size > UInt32(Limits.minimumDatagramBytes)
            newest = max(newest ?? 0, packet.time)
            if packet.isAckEliciting { span.extend(packet.time) }
        }
        guard let first, let newest else { return }
        if noteCongestion(sentAt: newest), space.kind == .data { path.lostPackets.startEpisode(first: first) }
        if hasLostLarge { noteLargePacketsLost() }
        if span.longest > 3 &* probeTimeout { notePersistentCongestion() }
    }

    private func notePersistentCongestion() {
        path.lostPackets.forget()
        path.congestion.persistentCongestion(
            segment: path.datagramSize, inFlight: path.bytesInFlight, roundTrip: path.roundTrip.smoothed)
        path.updatePace()
        counters.persistentCongestionEvents += 1
        shrinkDatagrams()
    }

    /// The longest time between lost packets with none acknowledged between (RFC 9002 section 7.6.2).
    private struct PersistentSpan {
        let firstSample: UInt64?
        private var start: UInt64?
        private(set) var longest: UInt64 = 0

        init(firstSample: UInt64?) {
            self.firstSample = firstSample
        }

        mutating func extend(_ time: UInt64) {
            guard let firstSample, time > firstSample else { return }
            guard let start else {
                self.start = time
                return
            }
            longest = max(longest, time &- start)
        }

        mutating func interrupt() { start = nil }
    }

    private func lose(_ number: UInt64, in space: PacketNumberSpace) {
        let packet = space.sent[number]
        space.sent[number].state = .lost
        counters.packetsLost += 1
        if packet.isAckEliciting { space.ackElicitingInFlight -= 1 }
        if packet.countsInFlight, packet.path == path.number { noteLostBytes(packet, number, in: space) }
        if packet.isMTUProbe, packet.path == path.number { path.mtuSearch.lost() }
        requeue(packet, in: space, isLost: true)
    }

    private func noteLostBytes(_ packet: SentPacket, _ number: UInt64, in space: PacketNumberSpace) {
        path.bytesInFlight -= Int(packet.size)
        guard !packet.isMTUProbe else { return }
        path.delivery.lose(Int(packet.size))
        if space.kind == .data { path.lostPackets.insert(number) }
        let lostSince = Int(truncatingIfNeeded: path.delivery.lost &- packet.delivery.lost)
        path.congestion.lost(
            packet, number: number, lostSince: lostSince, delivered: path.delivery.delivered, now: currentTime)
    }

    /// Queues a packet's frames again, as far as they still matter.
    private func requeue(_ packet: SentPacket, in space: PacketNumberSpace, isLost: Bool) {
        requeue(packet.first, in: space, isLost: isLost)
        for frame in packet.others { requeue(frame, in: space, isLost: isLost) }
    }

    private func requeue(_ frame: SentFrame, in space: PacketNumberSpace, isLost: Bool) {
        switch frame {
        case .none, .acknowledgement: break
        case .datagram:
            if isLost { counters.datagramFramesDropped += 1 }
        case .extended(let number): extensions.lose(number)
        case .crypto(let offset, let count): space.cryptoSend.lose(offset..<offset + UInt64(count))
        case .stream(let id, let offset, let count, let finish):
            requeueStream(id, offset..<offset + UInt64(count), finish: finish)
        case .maximumData: streams.isLimitQueued = true
        case .maximumStreams(let direction): streams.withCounts(direction) { $0.isLimitQueued = true }
        case .newConnectionID(let sequence):
            if localIDs.id(sequence: sequence) != nil, !connectionIDsQueued.contains(sequence) {
                connectionIDsQueued.append(sequence)
            }
        case .retireConnectionID(let sequence):
            if !retirementsQueued.contains(sequence) { retirementsQueued.append(sequence) }
        case .newToken:
            if tokensQueued.isEmpty { queueToken() }
        case .handshakeDone: isHandshakeDoneQueued = true
        case .acknowledgementFrequency(let sequence): acknowledgementRequests.lost(sequence)
        case .resetStream(let id), .stopSending(let id), .maximumStreamData(let id): requeueControl(frame, id)
        }
    }

    private func requeueStream(_ id: StreamID, _ range: Range<UInt64>, finish: Bool) {
        guard let stream = streams[id], stream.send?.reset == SendStream.Ending.none else { return }
        stream.send?.buffer.lose(range)
        if finish, stream.send?.finish == .inFlight { stream.send?.finish = .queued }
        streams.enqueue(stream)
    }

    private func requeueControl(_ frame: SentFrame, _ id: StreamID) {
        guard let stream = streams[id] else { return }
        switch frame {
        case .resetStream:
            guard stream.send?.reset == .inFlight else { return }
            stream.send?.reset = .queued
        case .stopSending:
            guard stream.receive?.isDone == false, stream.receive?.finalSize == nil else { return }
            stream.receive?.isStopQueued = true
        default:
            guard stream.receive?.finalSize == nil, stream.receive?.stopCode == nil else { return }
            stream.receive?.isLimitQueued = true
        }
        streams.enqueueControl(stream)
    }

    /// When loss detection acts next, and in which space: by time threshold, or by probe timeout.
    func lossDeadline() -> (time: UInt64, space: PacketSpace, isLoss: Bool)? {
        var earliest: (time: UInt64, space: PacketSpace, isLoss: Bool)?
        for space in spaces {
            guard let time = space.lossTime, time < earliest?.time ?? .max else { continue }
            earliest = (time, space.kind, true)
        }
        return earliest ?? probeDeadline()
    }

    private var backoff: UInt64 { 1 << UInt64(min(probeTimeoutCount, 12)) }

    private func probeDeadline() -> (time: UInt64, space: PacketSpace, isLoss: Bool)? {
        if path.amplificationBudget < 64 { return nil }
        let base = path.roundTrip.probeTimeout
        if spaces.allSatisfy({ $0.ackElicitingInFlight == 0 }) {
            guard !peerValidatedAddress else { return nil }
            let kind: PacketSpace = space(.handshake).sendKeys != nil ? .handshake : .initial
            let start = max(space(.initial).lastAckElicitingTime, space(.handshake).lastAckElicitingTime)
            return (start &+ base &* backoff, kind, false)
        }
        var earliest: (time: UInt64, space: PacketSpace, isLoss: Bool)?
        for space in spaces where space.ackElicitingInFlight > 0 {
            if space.kind == .data, !isHandshakeComplete { continue }
            let duration = space.kind == .data ? base &+ peerAcknowledgementDelay : base
            let time = space.lastAckElicitingTime &+ duration &* backoff
            if time < earliest?.time ?? .max { earliest = (time, space.kind, false) }
        }
        return earliest
    }

    /// Acts on the loss timer.
    func handleLossTimeout(_ kind: PacketSpace, isLoss: Bool) {
        let space = space(kind)
        if isLoss {
            detectLoss(in: space)
            space.sent.trim()
            return
        }
        probeTimeoutCount += 1
        counters.probeTimeouts += 1
        for other in spaces where other.kind != .data || other === space {
            guard other === space || other.ackElicitingInFlight > 0 else { continue }
            other.probesPending = 2
            requeueOldest(in: other, count: other.kind == .data ? 2 : 32)
        }
        if path.datagramSize > Limits.minimumDatagramBytes, probeTimeoutCount >= 4 { shrinkDatagrams() }
    }

    /// Queues the frames of the oldest packets in flight again, so that probes carry what may be missing.
    private func requeueOldest(in space: PacketNumberSpace, count: Int) {
        var left = count
        for number in space.sent.base..<space.sent.end where left > 0 {
            let packet = space.sent[number]
            guard packet.state == .inFlight, packet.isAckEliciting, !packet.isMTUProbe else { continue }
            requeue(packet, in: space, isLost: false)
            left -= 1
        }
    }
}
