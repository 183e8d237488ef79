/// Static limits of STOQ.
public enum STOQLimits {
    /// Bytes of one framed message, header included: 16 MiB.
    public static let messageBytesMax = 16 << 20
    /// Bytes of a service's name.
    public static let serviceNameBytesMax = 64
    /// Requests that one peer may have under way.
    public static let concurrentRequestsPerPeerMax = 128
    /// Sessions that wait to be taken from `STOQEndpoint.sessions`.
    public static let sessionBacklogMax = 1024
    /// Streams that wait to be taken from `Session.incomingStreams`.
    public static let streamBacklogMax = 1024
    /// Datagrams that wait to be taken from `Session.datagrams`; the oldest are given up for newer ones.
    public static let datagramBacklogMax = 256
    /// Tasks that wait for the peer to allow another stream of a session.
    public static let waitingOpeningsMax = 1024
    /// Tasks that wait to write on one stream.
    public static let waitingWritersMax = 64
    /// Lines about failed handshakes that are logged in a minute; the next one says how many were left out.
    static let failureLinesPerMinute = 60
    /// Commands that may gather before the endpoint's thread is woken for those that are not urgent.
    static let quietCommandsMax = 64
    /// Batches sent for one connection before it is the others' turn.
    static let batchesPerTurnMax = 8
    /// Arrays that wait to be filled again.
    static let spareArraysMax = 32
    /// Times that an endpoint's thread looks for what tasks ask for before it sends.
    static let roundsPerTurnMax = 16
    /// Sockets and threads of an endpoint.
    public static let workersMax = 64
    /// Batches of datagrams on their way from one worker to another.
    static let forwardedBatchesMax = 64
    /// Peers whose tickets and address tokens an endpoint keeps.
    public static let peersRememberedMax = 256
    /// Tickets, and address tokens, kept of one peer.
    public static let ticketsPerPeerMax = 4
    /// How long a ticket is taken, seconds.
    static let ticketLifetimeSeconds: UInt32 = 86_400
    /// Bytes read ahead of a stream that the peer opened.
    static let firstChunkBytesMax = 64 << 10
    /// The longest that a thread looks for more without sleeping, nanoseconds.
    static let busyPollNanosecondsMax: UInt64 = 10_000_000
    /// How long a closed endpoint repeats to its peers that it is gone, nanoseconds.
    static let shutdownLingerNanoseconds: UInt64 = 200_000_000
    /// Datagrams of one GSO batch; 48 of 1,350 bytes fit 64 KiB.
    static let segmentsMax = 48
    /// Bytes of a receive buffer: a whole GRO batch.
    static let receiveBufferBytes = 65_536
    /// Datagram batches taken from the socket at once.
    static let receiveBatch = 8
    /// Bytes asked of the kernel for each socket buffer.
    static let socketBufferBytes = 8 << 20
}
