/// A frame as it stands in a packet (RFC 9000 section 19, RFC 9221). Byte runs point into the packet.
package enum Frame {
    case padding
    case ping
    case acknowledgement(AcknowledgementFrame)
    case resetStream(StreamID, code: UInt64, finalSize: UInt64)
    case stopSending(StreamID, code: UInt64)
    case crypto(offset: UInt64, bytes: UnsafeRawBufferPointer)
    case newToken(UnsafeRawBufferPointer)
    case stream(StreamID, offset: UInt64, bytes: UnsafeRawBufferPointer, finish: Bool)
    case maximumData(UInt64)
    case maximumStreamData(StreamID, UInt64)
    case maximumStreams(StreamDirection, UInt64)
    case dataBlocked(UInt64)
    case streamDataBlocked(StreamID, UInt64)
    case streamsBlocked(StreamDirection, UInt64)
    case newConnectionID(NewConnectionIDFrame)
    case retireConnectionID(UInt64)
    case pathChallenge(UInt64)
    case pathResponse(UInt64)
    case connectionClose(ConnectionCloseFrame)
    case handshakeDone
    case datagram(UnsafeRawBufferPointer)
    case acknowledgementFrequency(AcknowledgementFrequencyFrame)
    case immediateAcknowledgement
    case extended(UnsafeRawBufferPointer)
}

/// The frame types' numbers (RFC 9000 section 12.4).
package enum FrameType {
    package static let padding: UInt64 = 0x00
    package static let ping: UInt64 = 0x01
    package static let acknowledgement: UInt64 = 0x02
    package static let acknowledgementECN: UInt64 = 0x03
    package static let resetStream: UInt64 = 0x04
    package static let stopSending: UInt64 = 0x05
    package static let crypto: UInt64 = 0x06
    package static let newToken: UInt64 = 0x07
    package static let stream: UInt64 = 0x08
    package static let streamLast: UInt64 = 0x0F
    package static let maximumData: UInt64 = 0x10
    package static let maximumStreamData: UInt64 = 0x11
    package static let maximumStreamsBidirectional: UInt64 = 0x12
    package static let maximumStreamsUnidirectional: UInt64 = 0x13
    package static let dataBlocked: UInt64 = 0x14
    package static let streamDataBlocked: UInt64 = 0x15
    package static let streamsBlockedBidirectional: UInt64 = 0x16
    package static let streamsBlockedUnidirectional: UInt64 = 0x17
    package static let newConnectionID: UInt64 = 0x18
    package static let retireConnectionID: UInt64 = 0x19
    package static let pathChallenge: UInt64 = 0x1A
    package static let pathResponse: UInt64 = 0x1B
    package static let connectionClose: UInt64 = 0x1C
    package static let applicationClose: UInt64 = 0x1D
    package static let handshakeDone: UInt64 = 0x1E
    package static let immediateAcknowledgement: UInt64 = 0x1F
    package static let datagram: UInt64 = 0x30
    package static let datagramWithLength: UInt64 = 0x31
    package static let acknowledgementFrequency: UInt64 = 0xAF

    /// Whether a frame of this type may stand in an Initial or Handshake packet (RFC 9000 section 12.5).
    package static func isAllowedInHandshake(_ type: UInt64) -> Bool {
        switch type {
        case padding, ping, acknowledgement, acknowledgementECN, crypto, connectionClose: true
        default: false
        }
    }

    /// Whether a packet of only such frames is not acknowledged (RFC 9000 section 13.2).
    package static func isAckEliciting(_ type: UInt64) -> Bool {
        switch type {
        case padding, acknowledgement, acknowledgementECN, connectionClose, applicationClose: false
        default: true
        }
    }

    /// Whether a packet of only such frames does not move a connection to a new path (RFC 9000 section 9.1).
    package static func isProbing(_ type: UInt64) -> Bool {
        switch type {
        case padding, pathChallenge, pathResponse, newConnectionID: true
        default: false
        }
    }
}

/// NEW_CONNECTION_ID (RFC 9000 section 19.15).
package struct NewConnectionIDFrame: Hashable {
    package var sequence: UInt64
    package var retirePriorTo: UInt64
    package var connectionID: ConnectionID
    package var resetToken: StatelessResetToken
}

/// CONNECTION_CLOSE of either type (RFC 9000 section 19.19).
package struct ConnectionCloseFrame {
    package var code: UInt64
    /// Nil in a close by the application.
    package var frameType: UInt64?
    package var reason: UnsafeRawBufferPointer

    package var isApplication: Bool { frameType == nil }
}

/// The 16 bytes by which a peer recognizes a stateless reset (RFC 9000 section 10.3).
package struct StatelessResetToken: Hashable, Sendable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(high)
        bytes.appendBigEndian(low)
        return bytes
    }
}
