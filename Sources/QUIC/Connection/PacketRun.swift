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

    init(
        first: UInt8, destination: ConnectionID, stream: StreamID, offset: UInt64, number: UInt64,
        largestAcknowledged: UInt64?
    ) {
        self.first = first
        self.destination = destination
        self.stream = stream
        self.offset = offset
        self.number = number
        self.largestAcknowledged = largestAcknowledged
    }

    /// Writes a packet in plain text that fills its room but for the tag.
    /// - Returns: what it carries; nil when the bytes up to `end` do not fill it.
    mutating func write(
        _ packet: UnsafeMutableRawBufferPointer, from buffer: borrowing SendBuffer, end: UInt64
    ) -> SentFrame? {
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
        guard count > 0, offset < end, UInt64(count) <= end - offset, let target = writer.reserveBytes(count) else {
            return nil
        }
        buffer.copyUnsent(from: offset, into: target)
        length = count
        return .stream(stream, offset: offset, count: UInt32(truncatingIfNeeded: count), finish: false)
    }

    /// Encrypts the packet written last.
    mutating func seal(_ packet: UnsafeMutableRawBufferPointer, with keys: PacketKeys) throws(QUICError) {
        try keys.protect(
            packet, packetNumberOffset: 1 + destination.count, packetNumberLength: numberLength, packetNumber: number)
        number += 1
        offset += UInt64(length)
    }
}
