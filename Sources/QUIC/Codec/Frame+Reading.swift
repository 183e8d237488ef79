extension Frame {
    /// Reads the next frame of a packet's payload.
    /// - Returns: the frame and its type's number.
    /// - Throws: a violation with FRAME_ENCODING_ERROR, or PROTOCOL_VIOLATION for a type not in its
    ///   shortest form.
    package static func read(
        from reader: inout PacketReader, in packet: UnsafeRawBufferPointer
    ) throws(QUICError) -> (frame: Frame, type: UInt64) {
        let start = reader.offset
        guard let type = reader.readVariableLength() else { throw malformed(0, "frame type") }
        guard reader.offset - start == VariableLengthInteger.length(type) else {
            throw .violation(.protocolViolation, reason: "frame type not in its shortest form", frameType: type)
        }
        let frame: Frame? =
            switch type {
            case FrameType.padding: padding(&reader)
            case FrameType.ping: .ping
            case FrameType.acknowledgement, FrameType.acknowledgementECN:
                AcknowledgementFrame(&reader, in: packet, hasECN: type == FrameType.acknowledgementECN)
                    .map { .acknowledgement($0) }
            case FrameType.crypto: crypto(&reader)
            case FrameType.stream...FrameType.streamLast: stream(&reader, type: type)
            case FrameType.datagram: .datagram(reader.readRest())
            case FrameType.datagramWithLength: reader.readLengthPrefixedBytes().map { .datagram($0) }
            case TransportExtension.block: reader.readLengthPrefixedBytes().map { .extended($0) }
            case FrameType.handshakeDone: .handshakeDone
            case FrameType.immediateAcknowledgement: .immediateAcknowledgement
            case FrameType.acknowledgementFrequency:
                AcknowledgementFrequencyFrame(&reader).map { .acknowledgementFrequency($0) }
            case FrameType.connectionClose, FrameType.applicationClose: connectionClose(&reader, type: type)
            case FrameType.newConnectionID: newConnectionID(&reader)
            case FrameType.newToken: newToken(&reader)
            case FrameType.pathChallenge: reader.readInteger(UInt64.self).map { .pathChallenge($0) }
            case FrameType.pathResponse: reader.readInteger(UInt64.self).map { .pathResponse($0) }
            default: numbers(&reader, type: type)
            }
        guard let frame else { throw malformed(type, "malformed or unknown frame") }
        return (frame, type)
    }

    /// A STREAM frame.
    struct StreamFrame {
        var id: StreamID
        var offset: UInt64
        var bytes: UnsafeRawBufferPointer
        var finish: Bool
        var type: UInt64
    }

    /// Reads the next frame if it is a well-formed STREAM frame; otherwise reads nothing.
    static func readStream(from reader: inout PacketReader) -> StreamFrame? {
        guard let first = reader.peek(), first & 0xF8 == 0x08 else { return nil }
        var ahead = reader
        _ = ahead.readByte()
        guard case .stream(let id, let offset, let bytes, let finish) = stream(&ahead, type: UInt64(first)) else {
            return nil
        }
        reader = ahead
        return StreamFrame(id: id, offset: offset, bytes: bytes, finish: finish, type: UInt64(first))
    }

    private static func malformed(_ type: UInt64, _ reason: String) -> QUICError {
        .violation(.frameEncodingError, reason: reason, frameType: type)
    }

    private static func padding(_ reader: inout PacketReader) -> Frame {
        reader.skipZeros()
        return .padding
    }

    private static func crypto(_ reader: inout PacketReader) -> Frame? {
        guard let offset = reader.readVariableLength(), let bytes = reader.readLengthPrefixedBytes(),
            offset + UInt64(bytes.count) <= VariableLengthInteger.maximum
        else { return nil }
        return .crypto(offset: offset, bytes: bytes)
    }

    private static func stream(_ reader: inout PacketReader, type: UInt64) -> Frame? {
        guard let id = reader.readVariableLength() else { return nil }
        var offset: UInt64 = 0
        if type & 0x04 != 0 {
            guard let value = reader.readVariableLength() else { return nil }
            offset = value
        }
        guard let bytes = type & 0x02 == 0 ? reader.readRest() : reader.readLengthPrefixedBytes(),
            offset + UInt64(bytes.count) <= VariableLengthInteger.maximum
        else { return nil }
        return .stream(StreamID(rawValue: id), offset: offset, bytes: bytes, finish: type & 0x01 != 0)
    }

    private static func connectionClose(_ reader: inout PacketReader, type: UInt64) -> Frame? {
        guard let code = reader.readVariableLength() else { return nil }
        var frameType: UInt64?
        if type == FrameType.connectionClose {
            guard let value = reader.readVariableLength() else { return nil }
            frameType = value
        }
        guard let reason = reader.readLengthPrefixedBytes() else { return nil }
        return .connectionClose(ConnectionCloseFrame(code: code, frameType: frameType, reason: reason))
    }

    private static func newConnectionID(_ reader: inout PacketReader) -> Frame? {
        guard let sequence = reader.readVariableLength(), let retire = reader.readVariableLength(),
            retire <= sequence, let length = reader.readByte(), (1...20).contains(length),
            let bytes = reader.readBytes(Int(length)), let id = ConnectionID(bytes),
            let high = reader.readInteger(UInt64.self), let low = reader.readInteger(UInt64.self)
        else { return nil }
        return .newConnectionID(
            NewConnectionIDFrame(
                sequence: sequence, retirePriorTo: retire, connectionID: id,
                resetToken: StatelessResetToken(high: high, low: low)))
    }

    private static func newToken(_ reader: inout PacketReader) -> Frame? {
        guard let token = reader.readLengthPrefixedBytes(), !token.isEmpty else { return nil }
        return .newToken(token)
    }

    /// The frames that are only variable-length integers.
    private static func numbers(_ reader: inout PacketReader, type: UInt64) -> Frame? {
        guard type >= FrameType.resetStream, type <= FrameType.retireConnectionID,
            let first = reader.readVariableLength()
        else { return nil }
        let id = StreamID(rawValue: first)
        switch type {
        case FrameType.maximumData: return .maximumData(first)
        case FrameType.dataBlocked: return .dataBlocked(first)
        case FrameType.maximumStreamsBidirectional:
            return streamCount(first).map { .maximumStreams(.bidirectional, $0) }
        case FrameType.maximumStreamsUnidirectional:
            return streamCount(first).map { .maximumStreams(.unidirectional, $0) }
        case FrameType.streamsBlockedBidirectional:
            return streamCount(first).map { .streamsBlocked(.bidirectional, $0) }
        case FrameType.streamsBlockedUnidirectional:
            return streamCount(first).map { .streamsBlocked(.unidirectional, $0) }
        case FrameType.retireConnectionID: return .retireConnectionID(first)
        default: break
        }
        guard let second = reader.readVariableLength() else { return nil }
        switch type {
        case FrameType.stopSending: return .stopSending(id, code: second)
        case FrameType.maximumStreamData: return .maximumStreamData(id, second)
        case FrameType.streamDataBlocked: return .streamDataBlocked(id, second)
        case FrameType.resetStream:
            return reader.readVariableLength().map { .resetStream(id, code: second, finalSize: $0) }
        default: return nil
        }
    }

    /// More than 2^60 streams cannot be numbered (RFC 9000 section 19.11).
    private static func streamCount(_ value: UInt64) -> UInt64? {
        value <= 1 << 60 ? value : nil
    }
}
