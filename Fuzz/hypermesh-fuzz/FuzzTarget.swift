/// The parts of the product that take bytes from strangers.
enum FuzzTarget: String, CaseIterable {
    /// Datagrams and handshake packets for both ends of a connection that is not established yet.
    case packets
    /// Frames under valid keys for both ends of an established connection, mixed with calls of the application.
    case frames
    /// QUIC transport parameters.
    case parameters
    /// Handshake messages for a TLS server and a TLS client, at every step of a handshake.
    case tlsServer = "tls-server"
    case tlsClient = "tls-client"
    /// A certificate chain as a peer shows it.
    case certificates

    /// What libFuzzer calls for each input.
    var body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32 {
        switch self {
        case .packets: { PacketFuzzing.run(FuzzInput($0, $1)) }
        case .frames: { FrameFuzzing.run(FuzzInput($0, $1)) }
        case .parameters: { ParameterFuzzing.run(FuzzInput($0, $1)) }
        case .tlsServer: { HandshakeFuzzing.server.run(FuzzInput($0, $1)) }
        case .tlsClient: { HandshakeFuzzing.client.run(FuzzInput($0, $1)) }
        case .certificates: { CertificateFuzzing.run(FuzzInput($0, $1)) }
        }
    }

    /// Inputs to start from.
    func seeds() throws -> [[UInt8]] {
        switch self {
        case .packets: PacketFuzzing.seeds
        case .frames: FrameFuzzing.seeds
        case .parameters: ParameterFuzzing.seeds
        case .tlsServer: HandshakeFuzzing.server.seeds
        case .tlsClient: HandshakeFuzzing.client.seeds
        case .certificates: try CertificateFuzzing.seeds()
        }
    }
}
