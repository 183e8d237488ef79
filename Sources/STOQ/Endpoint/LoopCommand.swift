import QUIC

/// What a task asks of the endpoint's thread.
enum LoopCommand: Sendable {
    /// Boxed, since every command takes the room of the largest.
    indirect case connect(
        SocketAddressKey, ClientConfiguration, serverName: String?, RequestTicket,
        CheckedContinuation<Session, any Error>)
    case cancelConnecting(RequestTicket)
    case openStream(
        SessionLink, StreamDirection, priority: Int, FirstBytes?, RequestTicket,
        CheckedContinuation<STOQStream, any Error>)
    case cancelOpening(ConnectionHandle, RequestTicket)
    case write(ConnectionHandle, StreamID, [UInt8], finish: Bool, CheckedContinuation<Void, any Error>)
    case read(ConnectionHandle, StreamID, maximum: Int, CheckedContinuation<StreamChunk, any Error>)
    case abort(ConnectionHandle, StreamID, code: UInt64)
    /// Nobody holds the stream any more. `resets`: its sending direction was not ended.
    case release(ConnectionHandle, StreamID, resets: Bool)
    case watch(ConnectionHandle, StreamID, @Sendable () -> Void)
    case sendDatagram(ConnectionHandle, [UInt8], CheckedContinuation<Void, any Error>)
    case sendDatagrams(ConnectionHandle, [[UInt8]], CheckedContinuation<Int, any Error>)
    case statistics(ConnectionHandle, CheckedContinuation<ConnectionStatistics, any Error>)
    case heldStreams(ConnectionHandle, CheckedContinuation<Int, any Error>)
    case sendFrame(ConnectionHandle, type: UInt64, [UInt8], CheckedContinuation<Void, any Error>)
    case connectionIDs(ConnectionHandle, CheckedContinuation<[ConnectionID], any Error>)
    case close(ConnectionHandle, code: UInt64, reason: String)
    case shutDown(CheckedContinuation<Void, Never>)
    /// Datagrams that reached another worker's socket.
    case datagrams(ForwardedBatch)

    /// Answers a command that nobody will carry out.
    func refuse(_ error: STOQError) {
        switch self {
        case .connect(_, _, _, _, let continuation): continuation.resume(throwing: error)
        case .openStream(_, _, _, _, _, let continuation): continuation.resume(throwing: error)
        case .write(_, _, _, _, let continuation): continuation.resume(throwing: error)
        case .read(_, _, _, let continuation): continuation.resume(throwing: error)
        case .sendDatagram(_, _, let continuation): continuation.resume(throwing: error)
        case .sendDatagrams(_, _, let continuation): continuation.resume(throwing: error)
        case .statistics(_, let continuation): continuation.resume(throwing: error)
        case .heldStreams(_, let continuation): continuation.resume(throwing: error)
        case .sendFrame(_, _, _, let continuation): continuation.resume(throwing: error)
        case .connectionIDs(_, let continuation): continuation.resume(throwing: error)
        case .shutDown(let continuation): continuation.resume()
        case .watch(_, _, let action): action()
        case .cancelConnecting, .cancelOpening, .abort, .release, .close, .datagrams: break
        }
    }
}

/// What a stream begins with.
struct FirstBytes: Sendable {
    var bytes: [UInt8]
    /// Nothing follows them.
    var finish: Bool
}
