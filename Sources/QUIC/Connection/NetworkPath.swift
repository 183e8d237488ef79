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
    var congestion: CongestionController
    var delivery = DeliveryRate()
    var pacer = Pacer()
    var bytesInFlight = 0
    var lostPackets = LostPackets()
    /// The packets later than one by which it is lost (RFC 9002 section 6.1.1); grows when late ones were mistaken.
    var packetThreshold: UInt64 = 3

    /// What class of link it is, and what follows from that.
    var tiers = TierClassifier()
    var settings = TierSettings(nil)

    /// The UDP payload in use, bytes.
    var datagramSize: Int
    var mtuSearch: MTUSearch
    var ecn: ECNState
    /// Counts of the last ACK frame, and packets marked and acknowledged on this path.
    var ecnPeerCounts = ECNCounts()
    var ecnPacketsSent: UInt64 = 0

    /// - Parameter seed: randomness for the congestion controller.
    init(
        number: UInt32, remote: SocketAddressKey, isValidated: Bool, configuration: TransportConfiguration, now: UInt64,
        seed: UInt64
    ) {
        self.number = number
        self.remote = remote
        self.isValidated = isValidated
        roundTrip = RoundTripTime(initial: configuration.initialRoundTripNanoseconds)
        datagramSize = configuration.udpPayloadInitial
        congestion = CongestionController(
            configuration.congestionControl,
            window: configuration.initialWindowPackets * configuration.udpPayloadInitial,
            segment: configuration.udpPayloadInitial, roundTrip: configuration.initialRoundTripNanoseconds, now: now,
            seed: seed)
        mtuSearch = MTUSearch(confirmed: configuration.udpPayloadInitial, maximum: configuration.udpPayloadMaximum)
        ecn = configuration.explicitCongestionNotification ? .testing : .failed
        updatePace()
    }

    /// Bytes that may be sent before the address is validated (RFC 9000 section 8.1).
    var amplificationBudget: Int {
        guard !isValidated else { return Int.max }
        return Int(truncatingIfNeeded: 3 &* bytesReceived) - Int(truncatingIfNeeded: bytesSent)
    }

    /// Takes over the controller's pace.
    mutating func updatePace() {
        pacer.set(bytesPerSecond: congestion.pacingRate, segment: datagramSize, burstMax: settings.burstBytes)
    }

    /// Notes bytes that are about to be in flight.
    mutating func send(_ size: Int, now: UInt64) -> DeliveryMark {
        if bytesInFlight == 0, delivery.isApplicationLimited {
            congestion.restartFromIdle(now: now)
            updatePace()
        }
        let mark = delivery.mark(size: size, inFlight: bytesInFlight, now: now)
        bytesInFlight += size
        return mark
    }
}
