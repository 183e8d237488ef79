/// Which side of the handshake an endpoint plays.
public enum HandshakeRole: Sendable, Hashable {
    case client
    case server

    /// The other side.
    public var peer: HandshakeRole { self == .client ? .server : .client }
}
