/// Writes 1-RTT packets that follow one another, each with one STREAM frame up to its end.
struct PacketRun {
    /// The first byte without the packet number's length.
    let first: UInt8
    let destination: ConnectionID
    let stream: StreamID
    /// The next stream byte to send.
    private(set) var offset: UInt64
    private var number: UInt64
    private let largestAcknowledged: UInt64?
    private var numberLength = 0
    /// Stream bytes in the packet written last.
    private var length = 0
    /// These bytes, where they are not in the packet.
    private var body: UnsafeRawBufferPointer?
    /// Whether sealing copies them first.
    private let copiesBody: Bool
    /// Stream bytes that were copied.
    private(set) var bytesCopied: UInt64 = 0

    /// What sealing in place copies of a packet's bytes, so that whole blocks follow.
    private static let leadBytesMax = 15

    init(
        first: UInt8, destination: ConnectionID, stream: StreamID, offset: UInt64, number: UInt64,
        largestAcknowledged: UInt64?, copiesBody: Bool
    ) {
        self.first = first
        self.destination = destination
        self.stream = stream
        self.offset = offset
        self.number = number
        self.largestAcknowledged = largestAcknowledged
        self.copiesBody = copiesBody
    }

    /// Writes a packet in plain text that fills its room but for the tag, without the stream's bytes: sealing takes them
    /// from where they are.
    /// - Parameter bytes: those from `offset` on that lie together; good until the packet is sealed.
    /// - Returns: what it carries; nil when the bytes do not fill it.
    mutating func write(_ packet: UnsafeMutableRawBufferPointer, _ bytes: UnsafeRawBufferPointer) -> SentFrame? {
        guard let target = begin(packet, available: UInt64(bytes.count)) else { return nil }
        body = UnsafeRawBufferPointer(rebasing: bytes[..<target.count])
        bytesCopied += UInt64(copiesBody ? length : min(length, Self.leadBytesMax))
        return frame
    }

    /// Writes a packet whose bytes lie in several arrays.
    /// - Returns: what it carries; nil when the bytes up to `end` do not fill it.
    mutating func write(
        _ packet: UnsafeMutableRawBufferPointer, from buffer: borrowing SendBuffer, end: UInt64
    ) -> SentFrame? {
        guard let target = begin(packet, available: end - min(offset, end)) else { return nil }
        buffer.copyUnsent(from: offset, into: target)
        body = nil
        bytesCopied += UInt64(length)
        return frame
    }

    private var frame: SentFrame {
        .stream(stream, offset: offset, count: UInt32(truncatingIfNeeded: length), finish: false)
    }

    /// Writes what stands before the stream's bytes.
    /// - Returns: the room for them; nil when fewer are available.
    private mutating func begin(
        _ packet: UnsafeMutableRawBufferPointer, available: UInt64
    ) -> UnsafeMutableRawBufferPointer? {
        var writer = PacketWriter(
            UnsafeMutableRawBufferPointer(rebasing: packet[..<(packet.count - Limits.tagBytes)]))
        numberLength = PacketNumber.encodedLength(number, largestAcknowledged: largestAcknowledged)
        writer.write(first | UInt8(truncatingIfNeeded: numberLength - 1))
        destination.write(to: &writer)
        for shift in (0..<numberLength).reversed() {
            writer.write(UInt8(truncatingIfNeeded: number >> UInt64(8 * shift)))
        }
        writer.write(UInt8(FrameType.stream) | (offset > 0 ? 0x04 : 0))
        writer.writeVariableLength(stream.rawValue)
        if offset > 0 { writer.writeVariableLength(offset) }
        let count = writer.remaining
        guard count > 0, UInt64(count) <= available, let target = writer.reserveBytes(count) else { return nil }
        length = count
        return target
    }

    /// Encrypts the packet written last.
    mutating func seal(_ packet: UnsafeMutableRawBufferPointer, with keys: PacketKeys) throws(QUICError) {
        try keys.protect(
            packet, packetNumberOffset: 1 + destination.count, packetNumberLength: numberLength, packetNumber: number,
            body: body)
        body = nil
        number += 1
        offset += UInt64(length)
    }
}
