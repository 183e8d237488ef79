public import QUIC
import TLS

/// What STOQ refuses or reports, and why.
public enum STOQError: Error, Sendable, Hashable {
    /// The operating system refused; `operation` with errno.
    case system(operation: String, errno: Int32)
    /// Text that is not `[address]:port` with an IPv6 address.
    case malformedAddress(String)
    /// No identity can be made of a name or a key, with the reason.
    case invalidIdentity(String)
    case quic(QUICError)
    /// The session ended, for the reason given.
    case sessionClosed(CloseReason)
    /// The endpoint was shut down.
    case endpointClosed
    /// The peer reset the stream or asked not to be sent more, with its code.
    case streamAborted(code: UInt64)
    case deadlineExceeded
    /// Another task reads from the stream.
    case streamInUse
    /// So many tasks wait for the same thing already.
    case tooManyWaiting(limit: Int)
    case cancelled
    /// A message exceeds the limit of its service or of the peer.
    case messageTooLarge(bytes: Int, limit: Int)
    /// Bytes of the peer that are not what the protocol of sessions says.
    case protocolViolation(String)
    /// The peer's answer: the request failed there.
    case refused(ServiceFailure)
    /// The peer showed another identity than the one that was asked for.
    case wrongPeer(expected: String, found: String)
    /// The peer does not offer the extension of this name, so nothing of it can be used in the session.
    case extensionNotOffered(String)
    /// A circuit through relays cannot be built or was broken.
    case route(RouteFailure)
    /// A transfer was refused or damaged.
    case transfer(TransferFailure)
}

extension STOQError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .system(let operation, let errno): "\(operation) failed with errno \(errno)"
        case .malformedAddress(let text): "'\(text)' is not an address: write [IPv6 address]:port"
        case .invalidIdentity(let reason): "no identity: \(reason)"
        case .quic(let error): "\(error)"
        case .sessionClosed(let reason): "the session ended: \(STOQError.text(reason))"
        case .endpointClosed: "the endpoint was shut down"
        case .streamAborted(let code): "the peer aborted the stream with code \(code)"
        case .streamInUse: "another task reads from the stream"
        case .tooManyWaiting(let limit): "\(limit) tasks wait for the same already"
        case .deadlineExceeded: "no answer before the deadline"
        case .cancelled: "cancelled"
        case .messageTooLarge(let bytes, let limit): "a message of \(bytes) bytes exceeds the limit of \(limit)"
        case .protocolViolation(let rule): "the peer broke the session protocol: \(rule)"
        case .refused(let failure): "refused by the peer: \(failure)"
        case .extensionNotOffered(let name): "the peer does not offer the extension '\(name)'"
        case .route(let failure): "\(failure)"
        case .transfer(let failure): "\(failure)"
        case .wrongPeer(let expected, let found): "expected peer \(expected), found \(found)"
        }
    }

    private static func text(_ reason: CloseReason) -> String {
        switch reason {
        case .local(let code, _, let reason): "closed here (\(code)) \(reason)"
        case .peer(let code, let application, let reason) where !application && (0x100..<0x200).contains(code):
            "the peer refused the handshake: \(alert(code)) \(reason)"
        case .peer(let code, _, let reason): "closed by the peer (\(code)) \(reason)"
        case .violation(let code, let reason): "\(reason) (\(code))"
        case .idleTimeout: "nothing was heard for the idle timeout"
        case .handshakeTimeout: "the handshake did not finish in time"
        case .statelessReset: "the peer lost its state (stateless reset)"
        case .versionNegotiation(let offered): "the server speaks none of our versions, only \(offered)"
        case .noViablePath: "no path to the peer is left"
        }
    }

    /// The name of a TLS alert (RFC 8446 section 6.2) that came as a QUIC error code.
    private static func alert(_ code: UInt64) -> String {
        let alert = AlertDescription(rawValue: UInt8(truncatingIfNeeded: code))
        let names: [AlertDescription: String] = [
            .badCertificate: "bad certificate", .unsupportedCertificate: "unsupported certificate",
            .certificateRevoked: "certificate revoked", .certificateExpired: "certificate not in force",
            .certificateUnknown: "certificate unacceptable", .unknownCA: "unknown authority",
            .accessDenied: "access denied", .certificateRequired: "certificate required",
            .handshakeFailure: "no common algorithms", .noApplicationProtocol: "no common application protocol",
        ]
        return names[alert].map { "\($0) (TLS alert \(alert.rawValue))" } ?? "TLS alert \(alert.rawValue)"
    }
}
