public import Canonical

/// Routes the datagrams of one UDP socket to connections by connection ID.
public final class Endpoint {
    private let configuration: EndpointConfiguration

    public init(configuration: EndpointConfiguration, random: any RandomSource & Sendable) throws(QUICError) {
        try configuration.validate()
        self.configuration = configuration
    }

    public func receive(
        _ datagram: UnsafeMutableRawBufferPointer, from source: SocketAddressKey,
        ecn: ECNCodepoint = .notCapable, now: Timestamp
    ) -> DatagramDisposition { .ignored(.notListening) }

    public func connect(
        to destination: SocketAddressKey, configuration: ClientConfiguration, serverName: String?, now: Timestamp
    ) throws(QUICError) -> Connection { throw .notReady("declared only") }

    public func connection(_ handle: ConnectionHandle) -> Connection? { nil }
    public var connectionCount: Int { 0 }
    public func forget(_ handle: ConnectionHandle) {}
}
