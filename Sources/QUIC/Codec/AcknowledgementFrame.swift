/// The ECN counts that an ACK frame may carry (RFC 9000 section 19.3.2).
package struct ECNCounts: Hashable, Sendable {
    package var capable0: UInt64 = 0
    package var capable1: UInt64 = 0
    package var congestionExperienced: UInt64 = 0

    package var isZero: Bool { capable0 == 0 && capable1 == 0 && congestionExperienced == 0 }
}

/// An ACK frame (RFC 9000 section 19.3), checked when it was read, so that walking its ranges cannot fail.
package struct AcknowledgementFrame {
    /// The highest packet number acknowledged.
    package let largest: UInt64
    /// The delay in the unit that the peer's `ack_delay_exponent` says.
    package let delay: UInt64
    private let firstRange: UInt64
    private let rangeCount: UInt64
    private let ranges: UnsafeRawBufferPointer
    package let ecn: ECNCounts?

    /// Reads the frame after its type.
    /// - Returns: nil when it is cut short or names a packet number below zero.
    package init?(_ reader: inout PacketReader, in packet: UnsafeRawBufferPointer, hasECN: Bool) {
        guard let largest = reader.readVariableLength(), let delay = reader.readVariableLength(),
            let count = reader.readVariableLength(), let first = reader.readVariableLength(), first <= largest,
            count <= UInt64(reader.remaining) / 2
        else { return nil }
        let start = reader.offset
        var smallest = largest - first
        for _ in 0..<count {
            guard let gap = reader.readVariableLength(), let length = reader.readVariableLength(),
                smallest >= gap + 2, smallest - gap - 2 >= length
            else { return nil }
            smallest = smallest - gap - 2 - length
        }
        ranges = UnsafeRawBufferPointer(rebasing: packet[start..<reader.offset])
        if hasECN {
            guard let capable0 = reader.readVariableLength(), let capable1 = reader.readVariableLength(),
                let experienced = reader.readVariableLength()
            else { return nil }
            ecn = ECNCounts(capable0: capable0, capable1: capable1, congestionExperienced: experienced)
        } else {
            ecn = nil
        }
        self.largest = largest
        self.delay = delay
        firstRange = first
        rangeCount = count
    }

    /// Calls `body` with each range of packet numbers, highest first.
    package func forEachRange(_ body: (ClosedRange<UInt64>) -> Void) {
        var smallest = largest - firstRange
        body(smallest...largest)
        var reader = PacketReader(ranges)
        for _ in 0..<rangeCount {
            guard let gap = reader.readVariableLength(), let length = reader.readVariableLength() else { return }
            let top = smallest - gap - 2
            smallest = top - length
            body(smallest...top)
        }
    }

    /// Writes an ACK frame of the highest ranges.
    /// - Returns: false, with nothing written, when not even the first range fits.
    package static func write(
        ranges: RangeSet, delay: UInt64, ecn: ECNCounts, to writer: inout PacketWriter
    ) -> Bool {
        guard let top = ranges.last else { return false }
        let ecnLength =
            ecn.isZero
            ? 0
            : VariableLengthInteger.length(ecn.capable0) + VariableLengthInteger.length(ecn.capable1)
                + VariableLengthInteger.length(ecn.congestionExperienced)
        var length =
            3 + VariableLengthInteger.length(top.upperBound - 1) + VariableLengthInteger.length(delay)
            + VariableLengthInteger.length(UInt64(top.count - 1)) + ecnLength
        guard length <= writer.remaining else { return false }
        var count = 0
        var below = top.lowerBound
        for range in ranges.dropLast().reversed() {
            let more =
                VariableLengthInteger.length(below - range.upperBound - 1)
                + VariableLengthInteger.length(UInt64(range.count - 1))
            guard length + more <= writer.remaining, count < Limits.acknowledgedRangesPerFrameMax else { break }
            length += more
            count += 1
            below = range.lowerBound
        }
        writer.write(UInt8(ecn.isZero ? FrameType.acknowledgement : FrameType.acknowledgementECN))
        writer.writeVariableLength(top.upperBound - 1)
        writer.writeVariableLength(delay)
        writer.writeVariableLength(UInt64(count))
        writer.writeVariableLength(UInt64(top.count - 1))
        below = top.lowerBound
        for range in ranges.dropLast().reversed().prefix(count) {
            writer.writeVariableLength(below - range.upperBound - 1)
            writer.writeVariableLength(UInt64(range.count - 1))
            below = range.lowerBound
        }
        guard !ecn.isZero else { return true }
        writer.writeVariableLength(ecn.capable0)
        writer.writeVariableLength(ecn.capable1)
        writer.writeVariableLength(ecn.congestionExperienced)
        return true
    }
}
