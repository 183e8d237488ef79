import QUIC

/// What a task asks of the endpoint's thread.
enum LoopCommand: Sendable {
    case connect(SocketAddressKey, ClientConfiguration, serverName: String?, CheckedContinuation<Session, any Error>)
    case openStream(ConnectionHandle, StreamDirection, priority: Int, CheckedContinuation<StreamID, any Error>)
    case write(ConnectionHandle, StreamID, [UInt8], finish: Bool, CheckedContinuation<Void, any Error>)
    case read(ConnectionHandle, StreamID, maximum: Int, CheckedContinuation<[UInt8]?, any Error>)
    case abort(ConnectionHandle, StreamID, code: UInt64)
    case statistics(ConnectionHandle, CheckedContinuation<ConnectionStatistics, any Error>)
    case close(ConnectionHandle, code: UInt64, reason: String)
    case shutDown(CheckedContinuation<Void, Never>)

    /// Answers a command that nobody will carry out.
    func refuse(_ error: STOQError) {
        switch self {
        case .connect(_, _, _, let continuation): continuation.resume(throwing: error)
        case .openStream(_, _, _, let continuation): continuation.resume(throwing: error)
        case .write(_, _, _, _, let continuation): continuation.resume(throwing: error)
        case .read(_, _, _, let continuation): continuation.resume(throwing: error)
        case .statistics(_, let continuation): continuation.resume(throwing: error)
        case .shutDown(let continuation): continuation.resume()
        case .abort, .close: break
        }
    }
}
