extension Connection {
    /// What one ACK frame newly acknowledged.
    private struct Gain {
        var largestTime: UInt64?
        var isAckEliciting = false
        var ecnPackets: UInt64 = 0
        var isAny = false
    }

    /// Works on an ACK frame (RFC 9002 appendix A.7).
    func handle(_ acknowledgement: AcknowledgementFrame, in space: PacketNumberSpace) throws(QUICError) {
        guard acknowledgement.largest < space.sent.end else {
            throw .violation(
                .protocolViolation, reason: "ACK of a packet never sent", frameType: FrameType.acknowledgement)
        }
        let isNewLargest = space.largestAcknowledged.map { acknowledgement.largest > $0 } ?? true
        if isNewLargest { space.largestAcknowledged = acknowledgement.largest }
        let windowWasFull = isWindowInUse
        var gain = Gain()
        acknowledgement.forEachRange { range in
            let low = max(range.lowerBound, space.sent.base)
            guard low <= range.upperBound else { return }
            for number in low...range.upperBound where number < space.sent.end {
                acknowledge(
                    number, in: space, isLargest: number == acknowledgement.largest, windowWasFull: windowWasFull,
                    gain: &gain)
            }
        }
        guard gain.isAny else { return }
        if role == .client, space.kind == .handshake { peerValidatedAddress = true }
        if space.kind == .data, acknowledgement.largest >= phaseFirstSent { isPhaseAcknowledged = true }
        if let sentTime = gain.largestTime, isNewLargest, gain.isAckEliciting {
            updateRoundTrip(sentTime: sentTime, acknowledgement, space)
        }
        if space.kind == .data { checkECN(acknowledgement, gain.ecnPackets) }
        detectLoss(in: space)
        space.sent.trim()
        if peerValidatedAddress { probeTimeoutCount = 0 }
    }

    /// Growth of the window is only earned while it is what holds sending back (RFC 9002 section 7.8).
    private var isWindowInUse: Bool {
        let free = path.congestion.window - path.bytesInFlight
        return free <= 3 * path.datagramSize || (path.congestion.isInSlowStart && free <= path.congestion.window / 2)
    }

    private func updateRoundTrip(
        sentTime: UInt64, _ acknowledgement: AcknowledgementFrame, _ space: PacketNumberSpace
    ) {
        var delay: UInt64 = 0
        if space.kind == .data, let peer = peerParameters {
            let scaled = acknowledgement.delay.multipliedReportingOverflow(
                by: 1000 << min(peer.acknowledgementDelayExponent, 20))
            delay = scaled.overflow ? .max : scaled.partialValue
            if isHandshakeConfirmed { delay = min(delay, peer.maxAcknowledgementDelayMilliseconds * 1_000_000) }
        }
        let sample = currentTime &- min(sentTime, currentTime)
        path.roundTrip.update(sample: sample, acknowledgementDelay: min(delay, sample), now: currentTime)
    }

    private func acknowledge(
        _ number: UInt64, in space: PacketNumberSpace, isLargest: Bool, windowWasFull: Bool, gain: inout Gain
    ) {
        let packet = space.sent[number]
        guard packet.state != .acknowledged else { return }
        space.sent[number].state = .acknowledged
        gain.isAny = true
        if isLargest, packet.path == path.number { gain.largestTime = packet.time }
        gain.isAckEliciting = gain.isAckEliciting || packet.isAckEliciting
        if packet.isECNCapable, packet.path == path.number { gain.ecnPackets += 1 }
        if packet.state == .lost {
            counters.packetsLostSpuriously += 1
        } else {
            if packet.isAckEliciting { space.ackElicitingInFlight -= 1 }
            if packet.countsInFlight, packet.path == path.number {
                path.bytesInFlight -= Int(packet.size)
                path.congestion.acknowledge(
                    bytes: Int(packet.size), sentAt: packet.time, windowWasFull: windowWasFull)
            }
        }
        if packet.isMTUProbe, packet.path == path.number { mtuProbeAcknowledged() }
        acknowledge(packet.first, in: space)
        for frame in packet.others { acknowledge(frame, in: space) }
    }

    private func acknowledge(_ frame: SentFrame, in space: PacketNumberSpace) {
        switch frame {
        case .stream(let id, let offset, let count, let finish):
            acknowledgeStream(id, offset..<offset + UInt64(count), finish: finish)
        case .acknowledgement(let largest): space.peerKnowsReceived(upTo: largest)
        case .crypto(let offset, let count): space.cryptoSend.acknowledge(offset..<offset + UInt64(count))
        case .resetStream(let id):
            guard let stream = streams[id] else { return }
            stream.send?.reset = .acknowledged
            removeIfDone(stream)
        case .retireConnectionID: retirementsInFlight = max(0, retirementsInFlight - 1)
        default: break
        }
    }

    private func acknowledgeStream(_ id: StreamID, _ range: Range<UInt64>, finish: Bool) {
        guard let stream = streams[id], stream.send != nil, stream.send?.reset == SendStream.Ending.none else { return }
        stream.send?.buffer.acknowledge(range)
        if finish { stream.send?.finish = .acknowledged }
        if let send = stream.send, send.isDone, !send.deliveryReported {
            stream.send?.deliveryReported = true
            emit(.streamDelivered(id))
            removeIfDone(stream)
            return
        }
        reportWritable(stream)
    }

    /// Compares the peer's ECN counts with what was marked (RFC 9000 section 13.4.2.1).
    private func checkECN(_ acknowledgement: AcknowledgementFrame, _ acknowledged: UInt64) {
        guard path.ecn != .failed, acknowledged > 0 || acknowledgement.ecn != nil else { return }
        guard let counts = acknowledgement.ecn else {
            path.ecn = .failed
            return
        }
        let old = path.ecnPeerCounts
        guard counts.capable0 >= old.capable0, counts.congestionExperienced >= old.congestionExperienced else { return }
        let grown = (counts.capable0 - old.capable0) + (counts.congestionExperienced - old.congestionExperienced)
        guard grown >= acknowledged, counts.capable1 == 0, counts.capable0 <= path.ecnPacketsSent else {
            path.ecn = .failed
            return
        }
        let isCongested = counts.congestionExperienced > old.congestionExperienced
        path.ecnPeerCounts = counts
        path.ecn = .capable
        guard isCongested, let largest = space(.data).largestAcknowledged, largest >= dataSpace.sent.base,
            largest < dataSpace.sent.end
        else { return }
        noteCongestion(sentAt: dataSpace.sent[largest].time)
    }

    func noteCongestion(sentAt time: UInt64) {
        if path.congestion.congestion(sentAt: time, now: currentTime) { counters.congestionEvents += 1 }
    }
}
