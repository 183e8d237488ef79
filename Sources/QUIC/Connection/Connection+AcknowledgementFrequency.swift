extension Connection {
    /// How long the peer may hold acknowledgements back, nanoseconds.
    var peerAcknowledgementDelay: UInt64 {
        acknowledgementRequests.peerDelay(
            declared: (peerParameters?.maxAcknowledgementDelayMilliseconds ?? 25) * 1_000_000)
    }

    /// Whether the peer takes ACK_FREQUENCY and IMMEDIATE_ACK.
    var peerTakesAcknowledgementRequests: Bool {
        isHandshakeConfirmed && peerParameters?.minimumAcknowledgementDelayMicroseconds != nil
    }

    /// Asks the peer for as many acknowledgements as window and path need.
    func considerAcknowledgementFrequency(_ sample: AcknowledgementSample) {
        guard peerTakesAcknowledgementRequests, configuration.asksForAcknowledgementFrequency,
            let minimum = peerParameters?.minimumAcknowledgementDelayMicroseconds
        else { return }
        acknowledgementRequests.consider(
            window: path.congestion.window, sample: sample, packetsMax: path.settings.acknowledgementPackets,
            reordering: path.packetThreshold, peerMinimum: minimum)
    }

    /// The peer asks for other acknowledgements.
    func handle(_ frame: AcknowledgementFrequencyFrame) throws(QUICError) {
        let delay = frame.delayMicroseconds
        guard delay >= configuration.minimumAcknowledgementDelayMicroseconds, delay < 1 << 14 * 1000 else {
            throw .violation(
                .protocolViolation, reason: "ACK_FREQUENCY with a delay out of bounds",
                frameType: FrameType.acknowledgementFrequency)
        }
        noteIdleFrame()
        acknowledgementPolicy.update(frame)
    }

    /// The peer wants to hear at once.
    func handleImmediateAcknowledgement() {
        noteIdleFrame()
        dataSpace.isAcknowledgementDue = true
    }

    func writeAcknowledgementFrequency(_ writer: inout PacketWriter, _ packet: inout SentPacket) {
        guard acknowledgementRequests.isQueued, let frame = acknowledgementRequests.current, writer.write(frame) else {
            return
        }
        acknowledgementRequests.isQueued = false
        packet.add(.acknowledgementFrequency(sequence: frame.sequence))
    }

    /// Writes the shortest frame that asks for an answer, and for one at once where the peer knows how.
    func writeProbe(_ writer: inout PacketWriter, in kind: PacketSpace) {
        let type =
            kind == .data && peerTakesAcknowledgementRequests ? FrameType.immediateAcknowledgement : FrameType.ping
        writer.write(UInt8(type))
    }
}
