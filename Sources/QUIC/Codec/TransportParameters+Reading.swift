extension TransportParameters {
    /// Reads what the peer sent.
    /// - Throws: a violation with TRANSPORT_PARAMETER_ERROR for a malformed, repeated, forbidden or out-of-range one.
    package init(_ bytes: [UInt8], from sender: Role) throws(QUICError) {
        self.init()
        let failure = bytes.withUnsafeBytes { (buffer) -> QUICError? in
            do throws(QUICError) {
                try read(buffer, from: sender)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    private static func refuse(_ reason: String) -> QUICError {
        .violation(.transportParameterError, reason: reason, frameType: 0)
    }

    private mutating func read(_ buffer: UnsafeRawBufferPointer, from sender: Role) throws(QUICError) {
        var reader = PacketReader(buffer)
        var seen: Set<UInt64> = []
        while reader.remaining > 0 {
            guard let identifier = reader.readVariableLength(), let value = reader.readLengthPrefixedBytes() else {
                throw Self.refuse("transport parameters cut short")
            }
            guard seen.count < 256, seen.insert(identifier).inserted else {
                throw Self.refuse("transport parameter \(identifier) repeated, or too many")
            }
            if sender == .client { try refuseFromClient(identifier) }
            try apply(identifier, value)
        }
        if sender == .client, let information = versionInformation,
            !information.available.contains(information.chosen)
        {
            throw Self.refuse("the client's chosen version is not among its available ones")
        }
        try validate()
    }

    private func refuseFromClient(_ identifier: UInt64) throws(QUICError) {
        switch identifier {
        case Identifier.originalDestinationConnectionID, Identifier.preferredAddress,
            Identifier.retrySourceConnectionID, Identifier.statelessResetToken:
            throw Self.refuse("a client may not send transport parameter \(identifier)")
        default: break
        }
    }

    private mutating func apply(_ identifier: UInt64, _ value: UnsafeRawBufferPointer) throws(QUICError) {
        switch identifier {
        case Identifier.originalDestinationConnectionID: originalDestinationConnectionID = try Self.id(value)
        case Identifier.initialSourceConnectionID: initialSourceConnectionID = try Self.id(value)
        case Identifier.retrySourceConnectionID: retrySourceConnectionID = try Self.id(value)
        case Identifier.statelessResetToken: statelessResetToken = try Self.token(value)
        case Identifier.disableActiveMigration: disableActiveMigration = try Self.flag(value)
        case Identifier.greaseQuicBit: greaseQuicBit = try Self.flag(value)
        case Identifier.minimumAcknowledgementDelay:
            minimumAcknowledgementDelayMicroseconds = try Self.number(value, identifier)
        case TransportExtension.block: try keep(identifier, value)
        case Identifier.preferredAddress:
            guard let address = PreferredAddress(value) else { throw Self.refuse("preferred_address malformed") }
            preferredAddress = address
        case Identifier.versionInformation:
            guard let information = VersionInformation(value) else {
                throw Self.refuse("version_information malformed")
            }
            versionInformation = information
        default: try applyNumber(identifier, value)
        }
    }

    private mutating func keep(_ identifier: UInt64, _ value: UnsafeRawBufferPointer) throws(QUICError) {
        guard value.count <= TransportExtension.valueBytesMax, extensions.count < Limits.extensionsMax else {
            throw Self.refuse("extension \(identifier) is too long, or there are too many")
        }
        extensions[identifier] = Array(value)
    }

    private mutating func applyNumber(_ identifier: UInt64, _ value: UnsafeRawBufferPointer) throws(QUICError) {
        let place: WritableKeyPath<TransportParameters, UInt64>? =
            switch identifier {
            case Identifier.maxIdleTimeout: \.maxIdleTimeoutMilliseconds
            case Identifier.maxUDPPayloadSize: \.maxUDPPayloadSize
            case Identifier.initialMaxData: \.initialMaxData
            case Identifier.initialMaxStreamDataBidirectionalLocal: \.initialMaxStreamDataBidirectionalLocal
            case Identifier.initialMaxStreamDataBidirectionalRemote: \.initialMaxStreamDataBidirectionalRemote
            case Identifier.initialMaxStreamDataUnidirectional: \.initialMaxStreamDataUnidirectional
            case Identifier.initialMaxStreamsBidirectional: \.initialMaxStreamsBidirectional
            case Identifier.initialMaxStreamsUnidirectional: \.initialMaxStreamsUnidirectional
            case Identifier.acknowledgementDelayExponent: \.acknowledgementDelayExponent
            case Identifier.maxAcknowledgementDelay: \.maxAcknowledgementDelayMilliseconds
            case Identifier.activeConnectionIDLimit: \.activeConnectionIDLimit
            case Identifier.maxDatagramFrameSize: \.maxDatagramFrameSize
            default: nil
            }
        guard let place else { return }
        self[keyPath: place] = try Self.number(value, identifier)
    }

    private static func number(_ value: UnsafeRawBufferPointer, _ identifier: UInt64) throws(QUICError) -> UInt64 {
        var reader = PacketReader(value)
        guard let number = reader.readVariableLength(), reader.remaining == 0 else {
            throw Self.refuse("transport parameter \(identifier) is not one integer")
        }
        return number
    }

    private func validate() throws(QUICError) {
        guard maxUDPPayloadSize >= 1200 else { throw Self.refuse("max_udp_payload_size below 1200") }
        guard acknowledgementDelayExponent <= 20 else { throw Self.refuse("ack_delay_exponent above 20") }
        guard maxAcknowledgementDelayMilliseconds < 1 << 14 else { throw Self.refuse("max_ack_delay of 2^14 or more") }
        if let least = minimumAcknowledgementDelayMicroseconds {
            guard least <= maxAcknowledgementDelayMilliseconds * 1000 else {
                throw Self.refuse("min_ack_delay above max_ack_delay")
            }
        }
        guard activeConnectionIDLimit >= 2 else { throw Self.refuse("active_connection_id_limit below 2") }
        guard initialMaxStreamsBidirectional <= 1 << 60, initialMaxStreamsUnidirectional <= 1 << 60 else {
            throw Self.refuse("more than 2^60 streams")
        }
    }

    private static func id(_ value: UnsafeRawBufferPointer) throws(QUICError) -> ConnectionID {
        guard let id = ConnectionID(value) else { throw refuse("connection ID longer than 20 bytes") }
        return id
    }

    private static func flag(_ value: UnsafeRawBufferPointer) throws(QUICError) -> Bool {
        guard value.isEmpty else { throw refuse("a flag with a value") }
        return true
    }

    private static func token(_ value: UnsafeRawBufferPointer) throws(QUICError) -> StatelessResetToken {
        var reader = PacketReader(value)
        guard value.count == Limits.resetTokenBytes, let high = reader.readInteger(UInt64.self),
            let low = reader.readInteger(UInt64.self)
        else { throw refuse("stateless_reset_token is not 16 bytes") }
        return StatelessResetToken(high: high, low: low)
    }
}
