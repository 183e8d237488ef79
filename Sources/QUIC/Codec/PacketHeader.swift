/// What a packet's first byte and version say it is.
enum PacketType: Equatable {
    case initial, zeroRoundTrip, handshake, retry, oneRoundTrip
}

/// The parts of a packet that any version shows without keys (RFC 8999, RFC 9000 section 17), cut out of a datagram.
struct PacketHeader {
    var type: PacketType
    var version: QUICVersion
    var destination: ConnectionID
    /// Empty in short headers.
    var source: ConnectionID
    /// The token of an Initial or Retry packet.
    var token: UnsafeRawBufferPointer
    /// Where the packet number stands, from the packet's start; for Retry, where the integrity tag stands.
    var packetNumberOffset: Int
    /// The packet's bytes, header included; what follows in the datagram is the next packet.
    var length: Int

    /// What made a header unreadable.
    enum Failure: Error {
        case malformed
        case unsupportedVersion(
            UInt32, destination: ConnectionID, source: ConnectionID, rawDestination: [UInt8], rawSource: [UInt8])
        case versionNegotiation(destination: ConnectionID, source: ConnectionID, versions: [UInt32])
    }

    /// Reads the header of the packet at the start of `packet`.
    /// - Parameter localIDLength: the bytes of connection IDs in short headers.
    static func parse(_ packet: UnsafeRawBufferPointer, localIDLength: Int) throws(Failure) -> PacketHeader {
        var reader = PacketReader(packet)
        guard let first = reader.readByte() else { throw .malformed }
        guard first & 0x80 != 0 else { return try parseShort(packet, &reader, localIDLength: localIDLength) }
        guard let number = reader.readInteger(UInt32.self),
            let destinationLength = reader.readByte(), let destination = reader.readBytes(Int(destinationLength)),
            let sourceLength = reader.readByte(), let source = reader.readBytes(Int(sourceLength))
        else { throw .malformed }
        guard let version = QUICVersion(rawValue: number) else {
            throw otherVersion(number, destination: destination, source: source, &reader)
        }
        guard let destinationID = ConnectionID(destination), let sourceID = ConnectionID(source) else {
            throw .malformed
        }
        var header = PacketHeader(
            type: version.packetType(first), version: version, destination: destinationID, source: sourceID,
            token: UnsafeRawBufferPointer(start: nil, count: 0), packetNumberOffset: 0, length: packet.count)
        if header.type == .retry {
            guard reader.remaining >= Limits.tagBytes else { throw .malformed }
            guard let token = reader.readBytes(reader.remaining - Limits.tagBytes) else { throw .malformed }
            header.token = token
            header.packetNumberOffset = reader.offset
            return header
        }
        if header.type == .initial {
            guard let token = reader.readLengthPrefixedBytes() else { throw .malformed }
            header.token = token
        }
        guard let length = reader.readVariableLength(), length <= UInt64(reader.remaining), length >= 4 else {
            throw .malformed
        }
        header.packetNumberOffset = reader.offset
        header.length = reader.offset + Int(length)
        return header
    }

    /// Whether a datagram begins with a short header and the same connection ID as this short header.
    func isFollowed(by datagram: UnsafeRawBufferPointer) -> Bool {
        guard datagram.count > packetNumberOffset, datagram[0] & 0x80 == 0,
            let other = ConnectionID(UnsafeRawBufferPointer(rebasing: datagram[1..<packetNumberOffset]))
        else { return false }
        return other == destination
    }

    private static func parseShort(
        _ packet: UnsafeRawBufferPointer, _ reader: inout PacketReader, localIDLength: Int
    ) throws(Failure) -> PacketHeader {
        guard let bytes = reader.readBytes(localIDLength), let destination = ConnectionID(bytes) else {
            throw .malformed
        }
        return PacketHeader(
            type: .oneRoundTrip, version: .one, destination: destination, source: ConnectionID(),
            token: UnsafeRawBufferPointer(start: nil, count: 0), packetNumberOffset: reader.offset,
            length: packet.count)
    }

    private static func otherVersion(
        _ version: UInt32, destination: UnsafeRawBufferPointer, source: UnsafeRawBufferPointer,
        _ reader: inout PacketReader
    ) -> Failure {
        let destinationID = ConnectionID(destination) ?? ConnectionID()
        let sourceID = ConnectionID(source) ?? ConnectionID()
        guard version == 0 else {
            return .unsupportedVersion(
                version, destination: destinationID, source: sourceID, rawDestination: Array(destination),
                rawSource: Array(source))
        }
        var versions: [UInt32] = []
        while versions.count < 256, let offered = reader.readInteger(UInt32.self) { versions.append(offered) }
        return .versionNegotiation(destination: destinationID, source: sourceID, versions: versions)
    }
}
