public import Canonical
import TLS

/// Routes the datagrams of one UDP socket to connections by connection ID, and answers those that belong to none. Not
/// `Sendable`: it and its connections belong to one thread.
public final class Endpoint {
    let configuration: EndpointConfiguration
    let registry: ConnectionRegistry
    private var connections: [ConnectionHandle: Connection] = [:]
    private var nextHandle: UInt64 = 0

    /// - Parameter random: must be cryptographically secure outside of tests.
    public init(configuration: EndpointConfiguration, random: any RandomSource & Sendable) throws(QUICError) {
        try configuration.validate()
        self.configuration = configuration
        registry = ConnectionRegistry(configuration: configuration, random: random)
    }

    deinit {
        registry.removeAll()
    }

    /// A connection by its number.
    public func connection(_ handle: ConnectionHandle) -> Connection? { connections[handle] }

    /// The connections held.
    public var connectionCount: Int { connections.count }

    /// Lets go of a connection that ``Connection/isDrained``. Later packets for it get a stateless reset.
    public func forget(_ handle: ConnectionHandle) {
        guard let connection = connections.removeValue(forKey: handle) else { return }
        if !connection.isClosed { connection.abandon(.local(code: 0, application: false, reason: "forgotten")) }
        connection.unregister()
    }

    /// Takes an array back that ``Connection/readNext(_:maximum:)`` gave and whose bytes nobody needs any more, to fill it
    /// again.
    public func recycle(_ array: consuming [UInt8]) {
        registry.chunks.put(array)
    }

    /// Begins a connection to a server. Ask it at once for what to send.
    /// - Parameter serverName: the DNS name to ask for and to verify; nil asks for none.
    public func connect(
        to destination: SocketAddressKey, configuration client: ClientConfiguration, serverName: String?, now: Timestamp
    ) throws(QUICError) -> Connection {
        try client.transport.validate()
        guard client.token.count <= Limits.tokenBytesMax else {
            throw .invalidConfiguration("a token of more than \(Limits.tokenBytesMax) bytes")
        }
        guard let first = ConnectionID(registry.randomBytes(Self.initialIDLength)) else {
            throw .cryptography("no connection ID")
        }
        var tls = client.tls
        tls.serverName = serverName
        let version = Self.firstVersion(client.transport, session: &tls.session)
        let start = Connection.Start(
            handle: takeHandle(), role: .client, remote: destination, isAddressValidated: true,
            localID: registry.makeConnectionID(), remoteID: first, originalDestination: first, retrySource: nil,
            keySource: first, token: client.token, version: version)
        let connection = try add(start, transport: client.transport, tls: tls, now: now.nanoseconds)
        do {
            try connection.start()
        } catch {
            forget(connection.handle)
            throw error
        }
        return connection
    }

    /// A ticket is good for the version of its connection only (RFC 9369 section 5), so that is begun with.
    private static func firstVersion(_ transport: TransportConfiguration, session: inout SessionTicket?) -> QUICVersion
    {
        let preferred = transport.versions.first ?? .one
        guard let bytes = session?.transportParameters else { return preferred }
        let told = (try? TransportParameters(bytes, from: .server))?.versionInformation
        guard let version = QUICVersion(rawValue: told?.chosen ?? QUICVersion.one.rawValue),
            transport.versions.contains(version)
        else {
            session = nil
            return preferred
        }
        return version
    }

    /// The bytes of the random ID that a client's first packets go to.
    static let initialIDLength = 18

    private func takeHandle() -> ConnectionHandle {
        defer { nextHandle += 1 }
        return ConnectionHandle(rawValue: nextHandle)
    }

    private func add(
        _ start: Connection.Start, transport: TransportConfiguration, tls: TLSConfiguration, now: UInt64
    ) throws(QUICError) -> Connection {
        guard connections.count < configuration.connectionsMaximum else { throw .tooManyConnections }
        let connection = try Connection(start, registry: registry, configuration: transport, tls: tls, now: now)
        connections[connection.handle] = connection
        for entry in connection.localIDs.active { registry.add(entry.id, to: connection) }
        if start.role == .server { registry.add(start.originalDestination, to: connection) }
        if let retrySource = start.retrySource { registry.add(retrySource, to: connection) }
        return connection
    }

    /// Takes one UDP payload, which is decrypted in place.
    /// - Parameters:
    ///   - source: where it came from.
    ///   - ecn: the mark of its IP header.
    public func receive(
        _ datagram: UnsafeMutableRawBufferPointer, from source: SocketAddressKey, ecn: ECNCodepoint = .notCapable,
        now: Timestamp
    ) -> DatagramDisposition {
        let header: PacketHeader
        do throws(PacketHeader.Failure) {
            header = try PacketHeader.parse(
                UnsafeRawBufferPointer(datagram), localIDLength: registry.connectionIDLength)
        } catch {
            return answer(error, datagram, from: source)
        }
        if let connection = registry.route(header.destination) {
            connection.receive(datagram, from: source, ecn: ecn, now: now.nanoseconds)
            return .connection(connection.handle)
        }
        switch header.type {
        case .initial: return accept(datagram, header, from: source, ecn: ecn, now: now.nanoseconds)
        case .oneRoundTrip: return reset(datagram, header)
        case .handshake, .zeroRoundTrip, .retry: return .ignored(.unknownConnection)
        }
    }

    /// Takes UDP payloads of one size that arrived together, the last perhaps shorter, one after the other in a buffer:
    /// what receive offload gives. They are decrypted in place.
    /// - Parameter report: called with what became of each datagram, or of a row of them for one connection.
    public func receive(
        batch: UnsafeMutableRawBufferPointer, segmentSize: Int, from source: SocketAddressKey,
        ecn: ECNCodepoint = .notCapable, now: Timestamp, _ report: (DatagramDisposition) -> Void
    ) {
        guard segmentSize > 0 else { return }
        var offset = 0
        while offset < batch.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: batch[offset...])
            let datagram = UnsafeMutableRawBufferPointer(rebasing: rest[..<min(segmentSize, rest.count)])
            if datagram[0] & 0x80 == 0,
                let header = try? PacketHeader.parse(
                    UnsafeRawBufferPointer(datagram), localIDLength: registry.connectionIDLength),
                let connection = registry.route(header.destination)
            {
                offset += connection.receiveRun(
                    rest, segmentSize: segmentSize, header, from: source, ecn: ecn, now: now.nanoseconds)
                report(.connection(connection.handle))
            } else {
                offset += datagram.count
                report(receive(datagram, from: source, ecn: ecn, now: now))
            }
        }
    }

    /// The first byte of the connection ID that a datagram is for, when it belongs to no connection here: it may
    /// be another endpoint's that shares the port and gives itself IDs with another first byte. Nil too when the ID is of
    /// another length than this endpoint's own, as those mostly are that clients choose for their first packets.
    public func strangerFirstByte(of datagram: UnsafeRawBufferPointer) -> UInt8? {
        guard let header = try? PacketHeader.parse(datagram, localIDLength: registry.connectionIDLength),
            header.destination.count == registry.connectionIDLength, registry.route(header.destination) == nil
        else { return nil }
        return header.type == .oneRoundTrip ? datagram[1] : datagram[6]
    }

    private func answer(
        _ failure: PacketHeader.Failure, _ datagram: UnsafeMutableRawBufferPointer, from source: SocketAddressKey
    ) -> DatagramDisposition {
        switch failure {
        case .malformed: return .ignored(.malformed)
        case .versionNegotiation(let destination, let origin, let versions):
            guard let connection = registry.route(destination) else { return .ignored(.unknownConnection) }
            if connection.path.remote == source {
                connection.handleVersionNegotiation(versions, source: origin)
            }
            return .connection(connection.handle)
        case .unsupportedVersion(_, _, _, let destination, let origin):
            guard configuration.server != nil else { return .ignored(.notListening) }
            guard datagram.count >= Limits.minimumDatagramBytes else { return .ignored(.tooSmall) }
            return .reply(versionNegotiation(destination: origin, source: destination))
        }
    }

    /// Lists our version, and a reserved one so that clients stay used to unknown versions.
    private func versionNegotiation(destination: [UInt8], source: [UInt8]) -> [UInt8] {
        var packet: [UInt8] = [0x80 | UInt8(truncatingIfNeeded: registry.randomNumber())]
        packet.appendBigEndian(UInt32(0))
        packet.append(UInt8(truncatingIfNeeded: destination.count))
        packet += destination
        packet.append(UInt8(truncatingIfNeeded: source.count))
        packet += source
        for version in configuration.server?.transport.versions ?? [] { packet.appendBigEndian(version.rawValue) }
        packet.appendBigEndian(QUICVersion.greased)
        return packet
    }

    /// A 1-RTT packet for no connection: a stateless reset of a peer's, or an occasion for one of ours.
    private func reset(_ datagram: UnsafeMutableRawBufferPointer, _ header: PacketHeader) -> DatagramDisposition {
        guard datagram.count >= Limits.statelessResetBytesMin else { return .ignored(.unknownConnection) }
        let tail = UnsafeRawBufferPointer(rebasing: datagram[(datagram.count - Limits.resetTokenBytes)...])
        var reader = PacketReader(tail)
        if let high = reader.readInteger(UInt64.self), let low = reader.readInteger(UInt64.self),
            let connection = registry.connection(forReset: StatelessResetToken(high: high, low: low))
        {
            connection.handleStatelessReset()
            return .connection(connection.handle)
        }
        // Shorter than what it answers, so that two endpoints cannot keep each other going (RFC 9000 section 10.3.3).
        let length = min(datagram.count - 1, Limits.statelessResetBytesMax)
        guard length >= Limits.statelessResetBytesMin else { return .ignored(.unknownConnection) }
        var packet = registry.randomBytes(length - Limits.resetTokenBytes)
        packet[0] = packet[0] & 0x3F | 0x40
        return .reply(packet + registry.resetToken(for: header.destination).bytes)
    }
}

// Accepting connections.
extension Endpoint {
    private func accept(
        _ datagram: UnsafeMutableRawBufferPointer, _ header: PacketHeader, from source: SocketAddressKey,
        ecn: ECNCodepoint, now: UInt64
    ) -> DatagramDisposition {
        guard let server = configuration.server else { return .ignored(.notListening) }
        guard server.transport.versions.contains(header.version) else {
            return .reply(versionNegotiation(destination: header.source.bytes, source: header.destination.bytes))
        }
        guard datagram.count >= Limits.minimumDatagramBytes, header.destination.count >= 8 else {
            return .ignored(.tooSmall)
        }
        let verdict = registry.tokens.open(
            header.token, address: source, version: header.version, now: registry.unixTime(now))
        if verdict == .invalidRetry {
            return refuse(header, .invalidToken)
        }
        let isProven = verdict != .unknown
        if !isProven, registry.unfinishedHandshakes >= server.unfinishedHandshakesBeforeRetry {
            return retry(header, address: source, now: now)
        }
        guard connectionCount < configuration.connectionsMaximum,
            registry.unfinishedHandshakes < server.unfinishedHandshakesMaximum
        else { return refuse(header, .connectionRefused) }
        var start = Connection.Start(
            handle: takeHandle(), role: .server, remote: source, isAddressValidated: isProven,
            localID: registry.makeConnectionID(), remoteID: header.source, originalDestination: header.destination,
            retrySource: nil, keySource: header.destination, issuesTokens: server.issuesTokens,
            version: header.version, preferredAddress: server.preferredAddress)
        if case .retry(let contents) = verdict {
            guard contents.retrySource == header.destination else { return refuse(header, .invalidToken) }
            start.originalDestination = contents.originalDestination
            start.retrySource = contents.retrySource
        }
        guard let connection = try? add(start, transport: server.transport, tls: server.tls, now: now) else {
            return refuse(header, .internalError)
        }
        guard (try? connection.start()) != nil else {
            forget(connection.handle)
            return refuse(header, .internalError)
        }
        guard connection.receive(datagram, from: source, ecn: ecn, now: now) else {
            forget(connection.handle)
            return .ignored(.undecryptable)
        }
        return .newConnection(connection.handle, connection)
    }

    private func retry(_ header: PacketHeader, address: SocketAddressKey, now: UInt64) -> DatagramDisposition {
        let source = registry.makeConnectionID()
        let contents = AddressTokens.RetryContents(originalDestination: header.destination, retrySource: source)
        guard
            let token = try? registry.tokens.retry(
                contents, address: address, version: header.version, now: registry.unixTime(now),
                nonce: registry.randomBytes(12))
        else { return .ignored(.unknownConnection) }
        var packet: [UInt8] = [
            header.version.firstByte(.retry) | UInt8(truncatingIfNeeded: registry.randomNumber() & 0x0F)
        ]
        packet.appendBigEndian(header.version.rawValue)
        packet.append(UInt8(header.source.count))
        packet += header.source.bytes
        packet.append(UInt8(source.count))
        packet += source.bytes
        packet += token
        guard
            let tag = try? RetryIntegrity.tag(
                packet: packet, originalDestination: header.destination, version: header.version)
        else {
            return .ignored(.unknownConnection)
        }
        return .reply(packet + tag)
    }

    /// Answers an Initial packet with CONNECTION_CLOSE and keeps nothing.
    private func refuse(_ header: PacketHeader, _ code: TransportErrorCode) -> DatagramDisposition {
        guard let keys = try? PacketKeys.initial(for: header.destination, version: header.version).server else {
            return .ignored(.connectionLimit)
        }
        var packet = [UInt8](repeating: 0, count: 128)
        let length = packet.withUnsafeMutableBytes { memory -> Int in
            var writer = PacketWriter(memory)
            writer.write(header.version.firstByte(.initial))
            writer.writeInteger(header.version.rawValue)
            writer.write(UInt8(header.source.count))
            header.source.write(to: &writer)
            writer.write(UInt8(header.destination.count))
            header.destination.write(to: &writer)
            writer.writeVariableLength(0)
            let payload = 4
            writer.writeTwoByteVariableLength(1 + payload + Limits.tagBytes)
            let numberOffset = writer.offset
            writer.write(0)
            writer.write(UInt8(FrameType.connectionClose))
            writer.write(UInt8(truncatingIfNeeded: code.rawValue))
            writer.write(0)
            writer.write(0)
            let end = writer.offset + Limits.tagBytes
            let whole = UnsafeMutableRawBufferPointer(rebasing: memory[..<end])
            let isSealed =
                (try? keys.protect(whole, packetNumberOffset: numberOffset, packetNumberLength: 1, packetNumber: 0))
                != nil
            return isSealed ? end : 0
        }
        return length > 0 ? .reply(Array(packet.prefix(length))) : .ignored(.connectionLimit)
    }
}
