extension Connection {
    /// What one ACK frame newly acknowledged.
    private struct Gain {
        var largestTime: UInt64?
        var isAckEliciting = false
        var ecnPackets: UInt64 = 0
        var isAny = false
        var sample: AcknowledgementSample
        /// Bytes of one stream whose packets came one after the other, to be noted together.
        var stream: StreamID?
        var streamBytes: Range<UInt64> = 0..<0
    }

    /// Works on an ACK frame (RFC 9002 appendix A.7).
    func handle(_ acknowledgement: AcknowledgementFrame, in space: PacketNumberSpace) throws(QUICError) {
        guard acknowledgement.largest < space.sent.end else {
            throw .violation(
                .protocolViolation, reason: "ACK of a packet never sent", frameType: FrameType.acknowledgement)
        }
        guard !space.namesSkipped(acknowledgement) else {
            throw .violation(
                .protocolViolation, reason: "ACK of a packet number left out", frameType: FrameType.acknowledgement)
        }
        let isNewLargest = space.largestAcknowledged.map { acknowledgement.largest > $0 } ?? true
        if isNewLargest { space.largestAcknowledged = acknowledgement.largest }
        var gain = Gain(
            sample: AcknowledgementSample(
                now: currentTime, segment: path.datagramSize, inFlight: path.bytesInFlight))
        let windowWasFull = isWindowInUse
        acknowledgement.forEachRange { range in
            if !path.lostPackets.isEmpty, space.kind == .data { noteLate(range, in: space) }
            let low = max(range.lowerBound, space.sent.base)
            let high = min(range.upperBound, space.sent.end &- 1)
            guard low <= high else { return }
            for number in low...high {
                guard let packet = space.sent.pointer(to: number) else { return }
                acknowledge(packet, in: space, isLargest: number == acknowledgement.largest, gain: &gain)
            }
        }
        noteStreamBytes(&gain)
        guard gain.isAny else { return noteIdleFrame() }
        if role == .client, space.kind == .handshake { peerValidatedAddress = true }
        if space.kind == .data, acknowledgement.largest >= phaseFirstSent { isPhaseAcknowledged = true }
        if let sentTime = gain.largestTime, isNewLargest, gain.isAckEliciting {
            updateRoundTrip(sentTime: sentTime, acknowledgement, space)
        }
        let reductions = counters.congestionEvents
        let lost = path.delivery.lost
        if space.kind == .data { checkECN(acknowledgement, gain.ecnPackets) }
        space.sent.trim()
        detectLoss(in: space)
        space.sent.trim()
        gain.sample.lost = Int(truncatingIfNeeded: path.delivery.lost &- lost)
        let mayGrow = windowWasFull && reductions == counters.congestionEvents
        finishSample(&gain.sample, mayGrow: mayGrow)
        if peerValidatedAddress { probeTimeoutCount = 0 }
    }

    /// Hands the controller what the frame acknowledged.
    private func finishSample(_ sample: inout AcknowledgementSample, mayGrow: Bool) {
        guard sample.acknowledged > 0 else { return }
        path.delivery.complete(&sample, minimum: path.roundTrip.minimum)
        if !mayGrow { sample.growable = 0 }
        sample.inFlight = path.bytesInFlight
        sample.smoothed = path.roundTrip.smoothed
        sample.minimum = path.roundTrip.minimum
        if path.lostPackets.takeReversal() {
            path.congestion.restore(roundTrip: path.roundTrip.smoothed)
            counters.congestionEventsUndone += 1
        }
        sample.acknowledgementBudget = acknowledgementRequests.packets * sample.segment
        path.congestion.acknowledged(sample)
        classifyPath(sample)
        path.updatePace()
        considerAcknowledgementFrequency(sample)
        qlog?.metricsUpdated(path, probeTimeouts: probeTimeoutCount, now: currentTime)
    }

    /// Packets that were declared lost arrived after all.
    private func noteLate(_ range: ClosedRange<UInt64>, in space: PacketNumberSpace) {
        guard let late = path.lostPackets.acknowledge(range) else { return }
        counters.packetsLostSpuriously += UInt64(late.count)
        guard let largest = space.largestAcknowledged else { return }
        let distance = min(largest &- min(late.lowest, largest) &+ 1, Limits.packetThresholdMax)
        path.packetThreshold = max(path.packetThreshold, distance)
    }

    /// Growth of the window is only earned while it, or its pace, is what holds sending back (RFC 9002 section 7.8).
    private var isWindowInUse: Bool {
        if !path.delivery.isApplicationLimited { return true }
        let free = path.congestion.window - path.bytesInFlight
        return free <= 3 * path.datagramSize
            || (path.congestion.phase == .slowStart && free <= path.congestion.window / 2)
    }

    private func updateRoundTrip(
        sentTime: UInt64, _ acknowledgement: AcknowledgementFrame, _ space: PacketNumberSpace
    ) {
        var delay: UInt64 = 0
        if space.kind == .data, let peer = peerParameters {
            let scaled = acknowledgement.delay.multipliedReportingOverflow(
                by: 1000 << min(peer.acknowledgementDelayExponent, 20))
            delay = scaled.overflow ? .max : scaled.partialValue
            if isHandshakeConfirmed { delay = min(delay, peerAcknowledgementDelay) }
        }
        let sample = currentTime &- min(sentTime, currentTime)
        path.roundTrip.update(sample: sample, acknowledgementDelay: min(delay, sample), now: currentTime)
    }

    private func acknowledge(
        _ packet: UnsafeMutablePointer<SentPacket>, in space: PacketNumberSpace, isLargest: Bool, gain: inout Gain
    ) {
        let state = packet.pointee.state
        guard state != .acknowledged else { return }
        packet.pointee.state = .acknowledged
        gain.isAny = true
        let isOnPath = packet.pointee.path == path.number
        if isLargest, isOnPath { gain.largestTime = packet.pointee.time }
        if packet.pointee.isAckEliciting { gain.isAckEliciting = true }
        if packet.pointee.isECNCapable, isOnPath { gain.ecnPackets += 1 }
        if state != .lost {
            if packet.pointee.isAckEliciting { space.ackElicitingInFlight -= 1 }
            if packet.pointee.countsInFlight, isOnPath { arrive(packet, &gain) }
        }
        if isOnPath {
            if packet.pointee.isMTUProbe { mtuProbeAcknowledged() }
            path.mtuSearch.packetArrived(size: Int(packet.pointee.size))
        }
        acknowledgeFrames(packet, in: space, &gain)
    }

    private func arrive(_ packet: UnsafeMutablePointer<SentPacket>, _ gain: inout Gain) {
        path.bytesInFlight -= Int(packet.pointee.size)
        path.delivery.acknowledge(packet.pointee, now: currentTime, &gain.sample)
        if !path.congestion.isBeforeReduction(packet.pointee.time) { gain.sample.growable += Int(packet.pointee.size) }
    }

    private func acknowledgeFrames(
        _ packet: UnsafeMutablePointer<SentPacket>, in space: PacketNumberSpace, _ gain: inout Gain
    ) {
        if case .stream(let id, let offset, let count, finish: false) = packet.pointee.first {
            if gain.stream == id, gain.streamBytes.upperBound == offset {
                gain.streamBytes = gain.streamBytes.lowerBound..<offset + UInt64(count)
            } else {
                noteStreamBytes(&gain)
                gain.stream = id
                gain.streamBytes = offset..<offset + UInt64(count)
            }
        } else {
            acknowledge(packet.pointee.first, in: space)
        }
        guard !packet.pointee.others.isEmpty else { return }
        for frame in packet.pointee.others { acknowledge(frame, in: space) }
    }

    /// Notes the stream bytes gathered so far.
    private func noteStreamBytes(_ gain: inout Gain) {
        guard let id = gain.stream else { return }
        gain.stream = nil
        acknowledgeStream(id, gain.streamBytes, finish: false)
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
        case .acknowledgementFrequency(let sequence): acknowledgementRequests.acknowledged(sequence)
        case .extended(let number): extensions.acknowledge(number)
        case .retireConnectionID: retirementsInFlight = max(0, retirementsInFlight - 1)
        default: break
        }
    }

    private func acknowledgeStream(_ id: StreamID, _ range: Range<UInt64>, finish: Bool) {
        guard let stream = streams.find(id), stream.send?.reset == SendStream.Ending.none else { return }
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
        let before = path.ecn
        defer { if path.ecn != before { qlog?.ecnUpdated(path.ecn, now: currentTime) } }
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
        path.lostPackets.forget()
        noteCongestion(sentAt: dataSpace.sent[largest].time, isMark: true)
    }

    /// Lets the controller reduce its window for a packet lost or marked.
    /// - Returns: whether it did; it does so once a round trip.
    @discardableResult
    func noteCongestion(sentAt time: UInt64, isMark: Bool = false) -> Bool {
        let isReduced = path.congestion.congestion(
            sentAt: time, isMark: isMark, segment: path.datagramSize, roundTrip: path.roundTrip.smoothed,
            now: currentTime)
        guard isReduced else { return false }
        counters.congestionEvents += 1
        path.updatePace()
        return true
    }
}
