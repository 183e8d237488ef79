/// The fixed bounds of the module. What an application may choose stands in ``TransportConfiguration``.
enum Limits {
    /// The smallest datagram an Initial packet travels in, and what every path must carry, bytes
    /// (RFC 9000 section 14.1).
    static let minimumDatagramBytes = 1200
    /// The largest UDP payload that IPv6 carries without jumbograms, bytes.
    static let maximumDatagramBytes = 65_527
    /// The length of an AEAD tag, bytes.
    static let tagBytes = 16
    /// The length of a header protection sample, bytes.
    static let sampleBytes = 16
    /// The CRYPTO bytes that may wait for a gap or for TLS at one encryption level.
    static let cryptoReassemblyBytes = 128 * 1024
    /// The same for Initial packets, which anybody may send: as much as TLS takes of a hello.
    static let cryptoReassemblyInitialBytes = 32 * 1024
    /// Arrays of received bytes, of 120 KiB, that an endpoint keeps after they were given back.
    static let pooledChunksMax = 32
    /// The byte ranges that may wait for gaps in one receive buffer, whatever they span.
    static let gapsMin = 256
    /// The most of them, when they span a lot.
    static let gapsMax = 8192
    /// The bytes that have to lie between the first gap and the last byte for each further range.
    static let bytesPerGapMin = 512
    /// The ranges remembered of received packet numbers, in one packet number space.
    static let receivedRangesMax = 128
    /// The ranges written into one ACK frame.
    static let acknowledgedRangesPerFrameMax = 32
    /// The packets kept until their keys arrive.
    static let undecryptablePacketsMax = 32
    /// The bytes of all packets kept until their keys arrive.
    static let undecryptableBytesMax = 48 * 1024
    /// The PATH_RESPONSE frames waiting to be sent; a peer that asks faster loses the oldest. Addresses other than the
    /// one in use have one each.
    static let pathResponsesMax = 8
    /// The connection IDs given to the peer at a time, this endpoint's `active_connection_id_limit`.
    static let localConnectionIDsMax = 8
    /// The peer's connection IDs kept at a time.
    static let remoteConnectionIDsMax = 8
    /// RETIRE_CONNECTION_ID frames in flight before the peer is at fault (RFC 9000 section 5.1.2).
    static let retirementsInFlightMax = 64
    /// The frames of a received packet besides PADDING. A packet of 64 KiB holds no more useful ones.
    static let framesPerPacketMax = 16_384
    /// The bytes of a token in an Initial packet or a NEW_TOKEN frame.
    static let tokenBytesMax = 512
    /// The sent packets remembered in one packet number space.
    static let sentPacketsMax = 1 << 19
    /// The received datagrams, and their bytes, that wait for the application; more are dropped.
    static let datagramEventsMax = 4096
    static let datagramEventBytesMax = 4 << 20
    /// The datagrams that wait to be sent, whatever their bytes.
    static let datagramsQueuedMax = 8192
    /// The tokens for later connections that wait for the application; more are dropped.
    static let tokenEventsMax = 8
    /// The frames without effect that a packet may hold before they count against the peer's budget.
    static let idleFramesPerPacketFree = 8
    /// The frames without effect that a peer may send at once beyond those, and each second.
    static let idleFramesBurst: UInt64 = 4096
    static let idleFramesPerSecond: UInt64 = 1024
    /// What a move of the peer to another address costs of that budget.
    static let idleFramesPerMove: UInt64 = 64
    /// A STREAM or CRYPTO frame below so many bytes is tiny: one that brings nothing, or tears a gap, has no effect.
    static let tinyFrameBytes = 64
    /// Key updates by the peer in a row, each within three probe timeouts of the one before.
    static let hastyKeyUpdatesMax = 16
    /// The packet numbers left out that an ACK frame must not name, remembered.
    static let skippedNumbersMax = 4
    /// The packets sent before the first number is left out; the distance doubles up to the maximum.
    static let skipDistanceMin: UInt64 = 128
    static let skipDistanceMax: UInt64 = 1 << 17
    /// The packets of a connection's final phase that are answered with CONNECTION_CLOSE.
    static let closePacketsMax = 64
    /// The extensions of one end, and the parameters kept of the peer's.
    static let extensionsMax = 32
    /// Frames of extensions that are not acknowledged yet.
    static let extensionFramesInFlightMax = 256
    /// Frames of extensions waiting for the application: a peer that keeps to its own limit never has so many.
    static let extensionEventsMax = 1024
    /// Forged packets after which a connection closes: the lower limit of RFC 9001 section 6.6, ChaCha20-Poly1305's.
    static let forgedPacketsMax: UInt64 = 1 << 36
    /// The versions that a peer may list as available.
    static let availableVersionsMax = 64
    /// The datagrams of padding that a client may add to its first flight.
    static let creditDatagramsMax = 8
    /// The length of a stateless reset token, bytes.
    static let resetTokenBytes = 16
    /// The shortest packet that may be a stateless reset, bytes.
    static let statelessResetBytesMin = 21
    /// The longest stateless reset that is sent, bytes.
    static let statelessResetBytesMax = 43
    /// The probes of one path MTU before it is given up.
    static let mtuProbesMax = 3
    /// Large packets lost in so many rounds, none arriving between, mean that the path swallows them.
    static let blackHoleSuspicionsMax = 3
    /// How long after a search for the path's MTU a larger one is looked for again (RFC 8899 section 5.1.1).
    static let mtuRaiseNanoseconds: UInt64 = 600_000_000_000
    /// The ack-eliciting packets that a peer may ask to go without an acknowledgement.
    static let acknowledgementPacketsMax: UInt64 = 1024
    /// The bytes of qlog records kept until the edge takes them; later records are dropped and counted.
    static let qlogBytesMax = 1 << 20
    /// The runs of lost packets remembered to tell late packets from lost ones.
    static let lostRangesMax = 256
    /// The most by which a packet may be overtaken before it counts as lost, once reordering was seen.
    static let packetThresholdMax: UInt64 = 64
    /// The PATH_CHALLENGE frames sent on a path before it is given up.
    static let pathChallengesMax = 4
}
