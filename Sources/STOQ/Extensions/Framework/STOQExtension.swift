public import QUIC

/// An extension of STOQ: offered by a transport parameter, with streams and frames of its own. It holds in a session when
/// both ends offer it; a peer that does not know it ignores the offer, and is sent nothing of it.
public struct STOQExtension: Sendable {
    /// Takes a frame. Called on the endpoint's thread: it must not wait.
    public typealias FrameHandler = @Sendable (_ type: UInt64, _ payload: [UInt8], _ session: Session) -> Void

    /// By which exchanges ask for it: at most 64 bytes.
    public let name: String
    /// The transport parameter and the types of its frames.
    public let offer: TransportExtension
    /// Serves the exchanges that peers open; nil for an extension that only asks.
    public let exchange: ExchangeTable.Handler?
    /// Takes the frames that peers send; nil ignores them.
    public let frame: FrameHandler?

    public init(
        name: String, offer: TransportExtension, exchange: ExchangeTable.Handler? = nil, frame: FrameHandler? = nil
    ) {
        self.name = name
        self.offer = offer
        self.exchange = exchange
        self.frame = frame
    }
}
