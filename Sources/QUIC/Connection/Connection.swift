import Canonical
import DequeModule
import TLS

/// One QUIC connection: a state machine driven by its endpoint's loop. Not `Sendable`; it and its ``Endpoint``
/// belong to one thread.
public final class Connection {
    /// Where the connection stands in its life.
    enum State: Equatable {
        case handshaking, established
        /// CONNECTION_CLOSE was sent and is repeated when the peer goes on.
        case closing
        /// The peer closed; nothing is sent.
        case draining
        /// Over.
        case drained
    }

    /// A frame to send on a path other than the one in use.
    struct PathResponse {
        var data: UInt64
        var destination: SocketAddressKey
        /// What the anti-amplification limit allows, bytes.
        var budget: Int
    }

    /// The number of the connection in its endpoint.
    public let handle: ConnectionHandle
    /// Which end this is.
    public let role: Role
    let registry: ConnectionRegistry
    let configuration: TransportConfiguration
    let issuesTokens: Bool

    var state = State.handshaking
    var events: Deque<ConnectionEvent> = []
    var datagramEventCount = 0
    var datagramEventBytes = 0
    var tokenEventCount = 0
    /// The time of the last call that gave one.
    var currentTime: UInt64
    var counters = ConnectionStatistics()

    var tls: Handshake
    /// The version in use, and that of the first packets.
    var version: QUICVersion
    var originalVersion: QUICVersion
    /// Client: the version in use was taken from a Version Negotiation packet, which anybody may have sent.
    var hasRestarted = false
    /// Keys that open Initial packets of the version not in use.
    var otherInitialKeys: (version: QUICVersion, keys: PacketKeys)?
    /// The destination ID that Initial keys follow from.
    var keySource: ConnectionID
    var ownParameters: TransportParameters

    var earlyData = EarlyDataState.none
    /// Data goes out in 0-RTT packets.
    var isSendingEarlyData = false
    /// The limits that 0-RTT data was sent under.
    var rememberedParameters: TransportParameters? {
        get { keptParameters?.value }
        set { keptParameters = newValue.map(OnHeap.init) }
    }
    private var keptParameters: OnHeap<TransportParameters>?
    var earlyReceiveKeys: PacketKeys?
    var earlyKeysDeadline: UInt64?
    /// Datagrams of padding still to send in the first flight.
    var paddingDatagrams: Int
    /// Draws the fixed bit of packets once the peer tolerates any (RFC 9287); zero before.
    var fixedBitState: UInt64 = 0
    var isHandshakeComplete = false
    var isHandshakeConfirmed = false
    /// Client: the server is known to have validated the client's address.
    var peerValidatedAddress: Bool
    var applicationProtocol: [UInt8] = []
    var peerCertificates: [[UInt8]] = []
    var peerParameters: TransportParameters?

    let spaces = PacketSpace.allCases.map { PacketNumberSpace($0) }
    var probeTimeoutCount = 0

    /// The destination connection ID of the client's first packet.
    var originalDestination: ConnectionID
    /// Client: the source connection ID of a Retry taken.
    var retrySource: ConnectionID?
    /// The first source connection ID of the peer, once a packet with it was authenticated.
    var peerInitialSource: ConnectionID?
    /// Client: the token to send in Initial packets.
    var token: [UInt8]
    var localIDs: LocalConnectionIDs
    var remoteIDs: RemoteConnectionIDs
    var retirementsInFlight = 0

    /// When packets are acknowledged, and what is asked of the peer's acknowledgements.
    var acknowledgementPolicy: AcknowledgementPolicy
    var acknowledgementRequests = AcknowledgementRequests()
    /// Records what happens, where that is wanted.
    var qlog: QlogTrace?

    var path: NetworkPath
    /// The path used before, to go back to when a new one fails.
    var previousPath: NetworkPath? {
        get { keptPath?.value }
        set { keptPath = newValue.map(OnHeap.init) }
    }
    private var keptPath: OnHeap<NetworkPath>?
    var nextPathNumber: UInt32 = 1
    var pathResponses: Deque<PathResponse> = []

    var keyPhase = false
    var nextReceiveKeys: PacketKeys?
    var previousReceiveKeys: PacketKeys?
    var previousKeysDeadline: UInt64?
    /// The lowest packet number received, and the first sent, in this key phase.
    var phaseFirstReceived: UInt64 = 0
    var phaseFirstSent: UInt64 = 0
    var isPhaseAcknowledged = false
    var forgedPackets: UInt64 = 0
    /// When the peer last updated keys, and how often in a row it did so in haste.
    var peerKeyUpdateTime: UInt64?
    var hastyKeyUpdates = 0
    /// Frames of the packet at hand that changed nothing, and what the peer may still cost with such.
    var idleFrames = 0
    var idleFrameBudget = IdleFrameBudget()

    var streams: StreamMap
    var datagrams: Deque<[UInt8]> = []
    var datagramBytes = 0

    var extensions = ExtensionFrames()

    var isHandshakeDoneQueued = false
    var tokensQueued: Deque<[UInt8]> = []
    var connectionIDsQueued: Deque<UInt64> = []
    var retirementsQueued: Deque<UInt64> = []
    var isPingQueued = false

    var drafts: [PacketDraft] = []
    var undecryptable: Deque<UndecryptablePacket> = []
    var undecryptableBytes = 0

    var idleDeadline: UInt64?
    /// When the idle timer was last started by a packet received.
    var idleRestart: UInt64?
    var handshakeDeadline: UInt64?
    var keepAliveDeadline: UInt64?
    var closeDeadline: UInt64?
    var pacedUntil: UInt64?
    var sentSinceReceive = false

    var closeFrame: (code: UInt64, frameType: UInt64?, reason: [UInt8])?
    var isCloseDue = false
    var packetsWhileClosing = 0

    /// What a new connection starts from.
    struct Start {
        var handle: ConnectionHandle
        var role: Role
        var remote: SocketAddressKey
        var isAddressValidated: Bool
        var localID: ConnectionID
        var remoteID: ConnectionID
        var originalDestination: ConnectionID
        var retrySource: ConnectionID?
        /// The destination ID that Initial keys follow from.
        var keySource: ConnectionID
        var token: [UInt8] = []
        var issuesTokens = false
        var version = QUICVersion.one
        var preferredAddress: SocketAddressKey?
    }

    init(
        _ start: Start, registry: ConnectionRegistry, configuration: TransportConfiguration, tls: TLSConfiguration,
        now: UInt64
    ) throws(QUICError) {
        handle = start.handle
        role = start.role
        self.registry = registry
        self.configuration = configuration
        issuesTokens = start.issuesTokens
        acknowledgementPolicy = AcknowledgementPolicy(
            packets: configuration.acknowledgementThreshold, delay: configuration.acknowledgementDelayNanoseconds)
        if configuration.recordsQlog {
            qlog = QlogTrace(role: start.role, group: start.originalDestination, now: now)
        }
        currentTime = now
        originalDestination = start.originalDestination
        version = start.version
        originalVersion = start.version
        keySource = start.keySource
        paddingDatagrams = start.role == .client ? configuration.firstFlightPaddingDatagrams : 0
        retrySource = start.retrySource
        token = start.token
        localIDs = LocalConnectionIDs(first: start.localID)
        remoteIDs = RemoteConnectionIDs(first: start.remoteID)
        path = NetworkPath(
            number: 0, remote: start.remote, isValidated: start.role == .client || start.isAddressValidated,
            configuration: configuration, now: now, seed: registry.randomNumber())
        peerValidatedAddress = start.role == .server
        streams = StreamMap(role: start.role, configuration: configuration)
        var own = Self.parameters(start, registry: registry, configuration: configuration)
        if let address = start.preferredAddress {
            let id = registry.makeConnectionID()
            _ = localIDs.append(id)
            own.preferredAddress = PreferredAddress(
                address: address, connectionID: id, resetToken: registry.resetToken(for: id))
        }
        ownParameters = own
        let tls = Self.prepare(tls, own, start, configuration)
        do {
            self.tls = try Handshake(
                role: start.role == .client ? .client : .server, configuration: tls, random: registry.makeGenerator())
        } catch {
            throw .invalidConfiguration("TLS: \(error)")
        }
        self.tls.ticketContext = start.version.bytes
        try installInitialKeys(for: start.keySource)
        handshakeDeadline = deadline(after: configuration.handshakeTimeoutNanoseconds)
        registry.unfinishedHandshakes += 1
    }

    private static func parameters(
        _ start: Start, registry: ConnectionRegistry, configuration: TransportConfiguration
    ) -> TransportParameters {
        var parameters = TransportParameters()
        parameters.initialSourceConnectionID = start.localID
        if start.role == .server {
            parameters.originalDestinationConnectionID = start.originalDestination
            parameters.retrySourceConnectionID = start.retrySource
            parameters.statelessResetToken = registry.resetToken(for: start.localID)
        }
        parameters.maxIdleTimeoutMilliseconds = configuration.idleTimeoutNanoseconds / 1_000_000
        parameters.maxUDPPayloadSize = UInt64(Limits.maximumDatagramBytes)
        parameters.initialMaxData = configuration.connectionReceiveWindow
        parameters.initialMaxStreamDataBidirectionalLocal = configuration.streamReceiveWindow
        parameters.initialMaxStreamDataBidirectionalRemote = configuration.streamReceiveWindow
        parameters.initialMaxStreamDataUnidirectional = configuration.streamReceiveWindow
        parameters.initialMaxStreamsBidirectional = configuration.bidirectionalStreamsMaximum
        parameters.initialMaxStreamsUnidirectional = configuration.unidirectionalStreamsMaximum
        parameters.maxAcknowledgementDelayMilliseconds = configuration.acknowledgementDelayNanoseconds / 1_000_000
        parameters.minimumAcknowledgementDelayMicroseconds = configuration.minimumAcknowledgementDelayMicroseconds
        parameters.disableActiveMigration = !configuration.migrationAllowed
        parameters.activeConnectionIDLimit = UInt64(Limits.remoteConnectionIDsMax)
        parameters.maxDatagramFrameSize = configuration.datagramFrameMaximum
        parameters.greaseQuicBit = configuration.greaseFixedBit
        for offered in configuration.extensions { parameters.extensions[offered.parameter] = offered.value }
        parameters.reserved = registry.randomNumber()
        parameters.versionInformation = versionInformation(start, configuration)
        return parameters
    }

    private static func prepare(
        _ tls: TLSConfiguration, _ own: TransportParameters, _ start: Start, _ configuration: TransportConfiguration
    ) -> TLSConfiguration {
        var tls = tls
        tls.quicTransportParameters = own.encoded()
        guard start.role == .server else { return tls }
        tls.earlyDataContext = earlyDataContext(own)
        let versions = configuration.versions
        let original = start.version
        tls.answerTransportParameters = { bytes in
            let offered = (try? TransportParameters(bytes, from: .client))?.versionInformation
            var answer = own
            answer.versionInformation?.chosen = bestVersion(of: versions, offered, original: original).rawValue
            return answer.encoded()
        }
        return tls
    }

    /// The keys of Initial packets, from a destination connection ID of the client's.
    func installInitialKeys(for id: ConnectionID) throws(QUICError) {
        let keys = try PacketKeys.initial(for: id, version: version)
        spaces[0].sendKeys = role == .client ? keys.client : keys.server
        spaces[0].receiveKeys = role == .client ? keys.server : keys.client
    }

    /// State of one packet number space.
    func space(_ kind: PacketSpace) -> PacketNumberSpace { spaces[kind.rawValue] }

    var dataSpace: PacketNumberSpace { spaces[2] }

    func emit(_ event: ConnectionEvent) {
        events.append(event)
    }
}

/// A packet kept until its keys are there.
struct UndecryptablePacket {
    var bytes: [UInt8]
    var source: SocketAddressKey
    var ecn: ECNCodepoint
    var kind: PacketSpace
    var isEarly: Bool
}
