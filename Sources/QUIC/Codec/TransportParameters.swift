/// What each end tells the other in the handshake (RFC 9000 section 18, RFC 9221 section 3, RFC 9287).
package struct TransportParameters: Hashable, Sendable {
    package var originalDestinationConnectionID: ConnectionID?
    package var initialSourceConnectionID: ConnectionID?
    package var retrySourceConnectionID: ConnectionID?
    package var statelessResetToken: StatelessResetToken?
    /// Milliseconds; zero is none.
    package var maxIdleTimeoutMilliseconds: UInt64 = 0
    package var maxUDPPayloadSize: UInt64 = 65_527
    package var initialMaxData: UInt64 = 0
    package var initialMaxStreamDataBidirectionalLocal: UInt64 = 0
    package var initialMaxStreamDataBidirectionalRemote: UInt64 = 0
    package var initialMaxStreamDataUnidirectional: UInt64 = 0
    package var initialMaxStreamsBidirectional: UInt64 = 0
    package var initialMaxStreamsUnidirectional: UInt64 = 0
    package var acknowledgementDelayExponent: UInt64 = 3
    package var maxAcknowledgementDelayMilliseconds: UInt64 = 25
    /// Microseconds; nil where the peer takes no ACK_FREQUENCY (draft-ietf-quic-ack-frequency section 3).
    package var minimumAcknowledgementDelayMicroseconds: UInt64?
    package var disableActiveMigration = false
    package var activeConnectionIDLimit: UInt64 = 2
    package var maxDatagramFrameSize: UInt64 = 0
    package var greaseQuicBit = false
    package var preferredAddress: PreferredAddress?
    package var versionInformation: VersionInformation?

    /// Parameters of private extensions, by number.
    package var extensions: [UInt64: [UInt8]] = [:]
    /// A parameter without meaning is sent with this number (RFC 9000 section 18.1), so that peers stay used to unknown
    /// ones.
    package var reserved: UInt64?

    package init() {}

    enum Identifier {
        static let originalDestinationConnectionID: UInt64 = 0x00
        static let maxIdleTimeout: UInt64 = 0x01
        static let statelessResetToken: UInt64 = 0x02
        static let maxUDPPayloadSize: UInt64 = 0x03
        static let initialMaxData: UInt64 = 0x04
        static let initialMaxStreamDataBidirectionalLocal: UInt64 = 0x05
        static let initialMaxStreamDataBidirectionalRemote: UInt64 = 0x06
        static let initialMaxStreamDataUnidirectional: UInt64 = 0x07
        static let initialMaxStreamsBidirectional: UInt64 = 0x08
        static let initialMaxStreamsUnidirectional: UInt64 = 0x09
        static let acknowledgementDelayExponent: UInt64 = 0x0A
        static let maxAcknowledgementDelay: UInt64 = 0x0B
        static let disableActiveMigration: UInt64 = 0x0C
        static let preferredAddress: UInt64 = 0x0D
        static let activeConnectionIDLimit: UInt64 = 0x0E
        static let initialSourceConnectionID: UInt64 = 0x0F
        static let retrySourceConnectionID: UInt64 = 0x10
        static let versionInformation: UInt64 = 0x11
        static let maxDatagramFrameSize: UInt64 = 0x20
        static let greaseQuicBit: UInt64 = 0x2AB2
        static let minimumAcknowledgementDelay: UInt64 = 0xFF04_DE1B
    }

    /// The parameters as TLS carries them.
    package func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        func put(_ identifier: UInt64, _ value: [UInt8]) {
            bytes.appendVariableLength(identifier)
            bytes.appendVariableLength(UInt64(value.count))
            bytes += value
        }
        func put(_ identifier: UInt64, _ value: UInt64, unless standard: UInt64) {
            guard value != standard else { return }
            bytes.appendVariableLength(identifier)
            bytes.appendVariableLength(UInt64(VariableLengthInteger.length(value)))
            bytes.appendVariableLength(value)
        }
        if let id = originalDestinationConnectionID { put(Identifier.originalDestinationConnectionID, id.bytes) }
        put(Identifier.maxIdleTimeout, maxIdleTimeoutMilliseconds, unless: 0)
        if let token = statelessResetToken { put(Identifier.statelessResetToken, token.bytes) }
        put(Identifier.maxUDPPayloadSize, maxUDPPayloadSize, unless: 65_527)
        put(Identifier.initialMaxData, initialMaxData, unless: 0)
        put(Identifier.initialMaxStreamDataBidirectionalLocal, initialMaxStreamDataBidirectionalLocal, unless: 0)
        put(Identifier.initialMaxStreamDataBidirectionalRemote, initialMaxStreamDataBidirectionalRemote, unless: 0)
        put(Identifier.initialMaxStreamDataUnidirectional, initialMaxStreamDataUnidirectional, unless: 0)
        put(Identifier.initialMaxStreamsBidirectional, initialMaxStreamsBidirectional, unless: 0)
        put(Identifier.initialMaxStreamsUnidirectional, initialMaxStreamsUnidirectional, unless: 0)
        put(Identifier.acknowledgementDelayExponent, acknowledgementDelayExponent, unless: 3)
        put(Identifier.maxAcknowledgementDelay, maxAcknowledgementDelayMilliseconds, unless: 25)
        if disableActiveMigration { put(Identifier.disableActiveMigration, []) }
        put(Identifier.activeConnectionIDLimit, activeConnectionIDLimit, unless: 2)
        if let id = initialSourceConnectionID { put(Identifier.initialSourceConnectionID, id.bytes) }
        if let id = retrySourceConnectionID { put(Identifier.retrySourceConnectionID, id.bytes) }
        put(Identifier.maxDatagramFrameSize, maxDatagramFrameSize, unless: 0)
        if greaseQuicBit { put(Identifier.greaseQuicBit, []) }
        if let delay = minimumAcknowledgementDelayMicroseconds {
            put(Identifier.minimumAcknowledgementDelay, delay, unless: .max)
        }
        for (identifier, value) in extensions.sorted(by: { $0.key < $1.key }) { put(identifier, value) }
        if let reserved { put(31 * (reserved % 0xFFFF) + 27, []) }
        if let address = preferredAddress { put(Identifier.preferredAddress, address.bytes) }
        if let information = versionInformation { put(Identifier.versionInformation, information.bytes) }
        return bytes
    }
}
