/// One network path to the peer and what is known of it.
struct NetworkPath {
    /// Whether marks survive the path (RFC 9000 section 13.4.2).
    enum ECNState {
        case testing, capable, failed
    }

    let number: UInt32
    var remote: SocketAddressKey
    /// The peer was seen to receive at this address.
    var isValidated: Bool
    var bytesReceived: UInt64 = 0
    var bytesSent: UInt64 = 0

    /// The data of the PATH_CHALLENGE in flight.
    var challenge: UInt64?
    var isChallengeQueued = false
    var challengesSent = 0
    var challengeDeadline: UInt64?

    var roundTrip: RoundTripTime
    var congestion: NewReno
    var pacer = Pacer()
    var bytesInFlight = 0

    /// The UDP payload in use, bytes.
    var datagramSize: Int
    var mtuSearch: MTUSearch
    var ecn: ECNState
    /// Counts of the last ACK frame, and packets marked and acknowledged on this path.
    var ecnPeerCounts = ECNCounts()
    var ecnPacketsSent: UInt64 = 0

    init(number: UInt32, remote: SocketAddressKey, isValidated: Bool, configuration: TransportConfiguration) {
        self.number = number
        self.remote = remote
        self.isValidated = isValidated
        roundTrip = RoundTripTime(initial: configuration.initialRoundTripNanoseconds)
        datagramSize = configuration.udpPayloadInitial
        congestion = NewReno(
            initialPackets: configuration.initialWindowPackets, segment: configuration.udpPayloadInitial)
        mtuSearch = MTUSearch(confirmed: configuration.udpPayloadInitial, maximum: configuration.udpPayloadMaximum)
        ecn = configuration.explicitCongestionNotification ? .testing : .failed
    }

    /// Bytes that may be sent before the address is validated (RFC 9000 section 8.1).
    var amplificationBudget: Int {
        guard !isValidated else { return Int.max }
        return Int(truncatingIfNeeded: 3 &* bytesReceived) - Int(truncatingIfNeeded: bytesSent)
    }

    /// When pacing lets the next packet go.
    var nextPacedTime: UInt64? {
        pacer.nextSendTime(
            window: congestion.window, roundTrip: roundTrip.smoothed, slowStart: congestion.isInSlowStart,
            segment: datagramSize)
    }

    mutating func pacerAllows(now: UInt64) -> Bool {
        pacer.allows(
            window: congestion.window, roundTrip: roundTrip.smoothed, slowStart: congestion.isInSlowStart,
            segment: datagramSize, now: now)
    }
}
