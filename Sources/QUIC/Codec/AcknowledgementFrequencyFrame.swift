/// ACK_FREQUENCY (draft-ietf-quic-ack-frequency section 4).
package struct AcknowledgementFrequencyFrame: Hashable, Sendable {
    /// Later requests have higher numbers.
    package var sequence: UInt64
    /// The ack-eliciting packets that need no acknowledgement; one more does.
    package var threshold: UInt64
    /// How long an acknowledgement may wait, microseconds.
    package var delayMicroseconds: UInt64
    /// How far packets may be out of order before that is told; zero is any distance.
    package var reordering: UInt64

    init(sequence: UInt64, threshold: UInt64, delayMicroseconds: UInt64, reordering: UInt64) {
        self.sequence = sequence
        self.threshold = threshold
        self.delayMicroseconds = delayMicroseconds
        self.reordering = reordering
    }

    init?(_ reader: inout PacketReader) {
        guard let sequence = reader.readVariableLength(), let threshold = reader.readVariableLength(),
            let delay = reader.readVariableLength(), let reordering = reader.readVariableLength()
        else { return nil }
        self.init(sequence: sequence, threshold: threshold, delayMicroseconds: delay, reordering: reordering)
    }
}
