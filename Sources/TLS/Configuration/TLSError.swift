/// Why a handshake or a connection stopped. Fatal: the state machine accepts nothing afterwards.
public enum TLSError: Error, Sendable, Hashable {
    /// A message cannot be parsed; names the field.
    case decode(String)
    /// A message came in a state, or at an encryption level, where it may not.
    case unexpectedMessage(String)
    /// A field parses but contradicts the protocol or another field.
    case illegalParameter(String)
    /// A mandatory extension is absent.
    case missingExtension(String)
    /// The peer sent an extension where it may not, or answered one that was not offered.
    case unsupportedExtension(String)
    /// The peer does not speak TLS 1.3.
    case protocolVersion
    /// No common cipher suite, group or signature scheme; names which.
    case handshakeFailure(String)
    /// No common application protocol.
    case noApplicationProtocol
    /// A signature or a Finished does not verify; names which.
    case decrypt(String)
    /// The verifier refused the peer's certificates.
    case certificateRejected(CertificateRejection)
    /// The peer sent a certificate chain with no certificate where one is required.
    case certificateRequired
    /// A record's authentication tag does not verify.
    case badRecordMAC
    /// A record is longer than RFC 8446 §5 allows.
    case recordOverflow
    /// A handshake message is longer than `TLSLimits` allows.
    case messageTooLong(byteCount: Int)
    /// The peer ended the handshake or the connection with this alert.
    case peerAlert(AlertDescription)
    /// The configuration cannot work; says why. Nothing was sent.
    case misconfigured(String)
    /// The signer or a primitive failed, or a limit of this side was reached.
    case internalFailure(String)
    /// The call came after an error or after closing, or before the state that it needs.
    case closed

    /// The alert to send to the peer; nil when there is nothing to tell it (it sent an alert itself, or nothing was
    /// ever sent). A TLSConnection sends it by itself; QUIC sends CONNECTION_CLOSE with `0x100 + alert.rawValue`.
    public var alert: AlertDescription? {
        switch self {
        case .decode: .decodeError
        case .unexpectedMessage: .unexpectedMessage
        case .illegalParameter: .illegalParameter
        case .missingExtension: .missingExtension
        case .unsupportedExtension: .unsupportedExtension
        case .protocolVersion: .protocolVersion
        case .handshakeFailure: .handshakeFailure
        case .noApplicationProtocol: .noApplicationProtocol
        case .decrypt: .decryptError
        case .certificateRejected(let rejection): rejection.alert
        case .certificateRequired: .certificateRequired
        case .badRecordMAC: .badRecordMAC
        case .recordOverflow: .recordOverflow
        case .messageTooLong: .illegalParameter
        case .internalFailure: .internalError
        case .peerAlert, .misconfigured, .closed: nil
        }
    }
}
