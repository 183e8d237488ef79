/// A transport error code (RFC 9000 section 20.1), as carried by CONNECTION_CLOSE.
public struct TransportErrorCode: Hashable, Sendable, CustomStringConvertible {
    /// The number on the wire.
    public let rawValue: UInt64

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    public static let noError = TransportErrorCode(rawValue: 0x00)
    public static let internalError = TransportErrorCode(rawValue: 0x01)
    public static let connectionRefused = TransportErrorCode(rawValue: 0x02)
    public static let flowControlError = TransportErrorCode(rawValue: 0x03)
    public static let streamLimitError = TransportErrorCode(rawValue: 0x04)
    public static let streamStateError = TransportErrorCode(rawValue: 0x05)
    public static let finalSizeError = TransportErrorCode(rawValue: 0x06)
    public static let frameEncodingError = TransportErrorCode(rawValue: 0x07)
    public static let transportParameterError = TransportErrorCode(rawValue: 0x08)
    public static let connectionIDLimitError = TransportErrorCode(rawValue: 0x09)
    public static let protocolViolation = TransportErrorCode(rawValue: 0x0A)
    public static let invalidToken = TransportErrorCode(rawValue: 0x0B)
    public static let applicationError = TransportErrorCode(rawValue: 0x0C)
    public static let cryptoBufferExceeded = TransportErrorCode(rawValue: 0x0D)
    public static let keyUpdateError = TransportErrorCode(rawValue: 0x0E)
    public static let aeadLimitReached = TransportErrorCode(rawValue: 0x0F)
    public static let noViablePath = TransportErrorCode(rawValue: 0x10)

    /// RFC 9368 section 8.
    public static let versionNegotiationError = TransportErrorCode(rawValue: 0x11)

    /// A TLS alert (RFC 9001 section 4.8).
    public static func crypto(alert: UInt8) -> TransportErrorCode {
        TransportErrorCode(rawValue: 0x100 + UInt64(alert))
    }

    public var description: String { "0x" + String(rawValue, radix: 16) }
}

/// What QUIC refuses, and why.
public enum QUICError: Error, Hashable, Sendable {
    /// The peer broke the protocol; the connection closes with this code. `frameType` is 0 where no frame is to blame.
    case violation(TransportErrorCode, reason: String, frameType: UInt64)
    /// The connection is closed or closing, so nothing can be sent on it.
    case connectionClosed
    /// No such stream is open in this direction.
    case unknownStream(StreamID)
    /// The stream's end was already written, or the stream was reset here.
    case streamFinished(StreamID)
    /// The peer asked, with STOP_SENDING, not to be sent more on the stream.
    case streamStopped(StreamID, code: UInt64)
    /// The peer reset the stream; what was not read is lost.
    case streamReset(StreamID, code: UInt64)
    /// The stream opens only in the other direction.
    case wrongDirection(StreamID)
    /// A number does not fit 62 bits.
    case valueOutOfRange(UInt64)
    /// The peer takes no DATAGRAM frames.
    case datagramsUnsupported
    /// A datagram is longer than the path and the peer allow now.
    case datagramTooLarge(maximum: Int)
    /// The queue of unsent datagrams is full.
    case datagramQueueFull
    /// The peer did not offer the extension that frames of this type belong to.
    case extensionNotNegotiated(frameType: UInt64)
    /// A frame of an extension is longer than allowed, or too many are on their way.
    case extensionFrameRefused(String)
    /// A configuration cannot work, for the reason given.
    case invalidConfiguration(String)
    /// The endpoint holds as many connections as it may.
    case tooManyConnections
    /// Bytes could not be sealed or keys not derived, for the reason given.
    case cryptography(String)
    /// The step is not possible yet, for the reason given.
    case notReady(String)
}
