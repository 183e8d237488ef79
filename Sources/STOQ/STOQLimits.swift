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
    /// Datagrams of one GSO batch; 48 of 1,350 bytes fit 64 KiB.
    static let segmentsMax = 48
    /// Bytes of a receive buffer: a whole GRO batch.
    static let receiveBufferBytes = 65_536
    /// Datagram batches taken from the socket at once.
    static let receiveBatch = 8
    /// Bytes asked of the kernel for each socket buffer.
    static let socketBufferBytes = 8 << 20
}
