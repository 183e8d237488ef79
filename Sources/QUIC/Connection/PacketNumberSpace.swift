/// The three packet number spaces (RFC 9000 section 12.3), which are also the encryption levels in use.
enum PacketSpace: Int, CaseIterable {
    case initial, handshake, data
}

/// All state of one packet number space: keys, packets sent and received, CRYPTO bytes.
final class PacketNumberSpace {
    let kind: PacketSpace

    var sendKeys: PacketKeys?
    var receiveKeys: PacketKeys?
    /// The keys are gone for good.
    var isDiscarded = false

    var sent = SentPacketRing()
    private var skipped = SkippedNumbers()
    var largestAcknowledged: UInt64?
    /// When the next packet becomes lost by time.
    var lossTime: UInt64?
    var lastAckElicitingTime: UInt64 = 0
    var ackElicitingInFlight = 0
    /// Packets to send beyond the congestion window after a probe timeout.
    var probesPending = 0

    var received = RangeSet()
    /// Packet numbers below this count as received.
    var receivedFloor: UInt64 = 0
    var largestReceived: UInt64?
    var largestReceivedTime: UInt64 = 0
    /// Ack-eliciting packets received since the last ACK frame was sent.
    var unacknowledgedCount = 0
    var acknowledgementDeadline: UInt64?
    var isAcknowledgementDue = false
    var ecn = ECNCounts()

    var cryptoSend = SendBuffer()
    var cryptoReceive = ReceiveBuffer()

    init(_ kind: PacketSpace) {
        self.kind = kind
    }

    /// Leaves a packet number out when it is time to.
    /// - Parameter random: asked for when the next one is to be chosen.
    func skipIfDue(random: () -> UInt64) {
        guard let next = skipped.next else { return skipped.draw(from: sent.end, random: random()) }
        guard sent.end >= next else { return }
        skipped.note(sent.end)
        var nothing = SentPacket()
        nothing.state = .acknowledged
        sent.append(nothing)
        sent.trim()
        skipped.draw(from: sent.end, random: random())
    }

    /// Whether an ACK frame names a packet number that was left out.
    func namesSkipped(_ acknowledgement: AcknowledgementFrame) -> Bool {
        guard !skipped.isEmpty else { return false }
        var isNamed = false
        acknowledgement.forEachRange { isNamed = isNamed || skipped.overlap($0) }
        return isNamed
    }

    /// Whether a packet with this number was processed before.
    func isDuplicate(_ number: UInt64) -> Bool {
        if let largestReceived, number > largestReceived { return false }
        return number < receivedFloor || received.contains(number)
    }

    /// Remembers received packets with numbers one after the other.
    /// - Returns: whether they came out of order.
    func noteReceived(_ numbers: Range<UInt64>, now: UInt64) -> Bool {
        received.insert(numbers)
        if received.count > Limits.receivedRangesMax, let dropped = received.popFirst() {
            receivedFloor = max(receivedFloor, dropped.upperBound)
        }
        let last = numbers.upperBound - 1
        guard let largest = largestReceived else {
            largestReceived = last
            largestReceivedTime = now
            return false
        }
        guard last > largest else { return true }
        largestReceived = last
        largestReceivedTime = now
        return numbers.lowerBound != largest + 1
    }

    /// The peer knows of everything up to `number`, so ACK frames need not say it again. A margin stays for packets
    /// still on their way.
    func peerKnowsReceived(upTo number: UInt64) {
        guard number > 256 else { return }
        let floor = number - 256
        guard floor > receivedFloor else { return }
        received.remove(0..<floor)
        receivedFloor = floor
    }

    /// Whether CRYPTO bytes wait to be sent.
    var hasCrypto: Bool { cryptoSend.hasLost || cryptoSend.hasUnsent }
}
