/// Packet number encoding and decoding (RFC 9000 section 17.1 and appendix A).
package enum PacketNumber {
    /// The bytes, 1 to 4, needed so that a peer which acknowledged `largestAcknowledged` decodes `number`.
    package static func encodedLength(_ number: UInt64, largestAcknowledged: UInt64?) -> Int {
        let unacknowledged = largestAcknowledged.map { number &- min($0, number) } ?? (number &+ 1)
        if unacknowledged < 1 << 7 { return 1 }
        if unacknowledged < 1 << 15 { return 2 }
        if unacknowledged < 1 << 23 { return 3 }
        return 4
    }

    /// The full number of a packet whose low `length` bytes are `truncated`, given the next number expected.
    package static func decode(truncated: UInt64, length: Int, expected: UInt64) -> UInt64 {
        let window = UInt64(1) << UInt64(length * 8)
        let half = window / 2
        let candidate = (expected & ~(window - 1)) | truncated
        if candidate &+ half <= expected, candidate < (1 << 62) - window {
            return candidate + window
        }
        if candidate > expected &+ half, candidate >= window {
            return candidate - window
        }
        return candidate
    }
}
