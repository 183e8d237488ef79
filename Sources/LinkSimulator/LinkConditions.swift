/// What one direction of a simulated link does to datagrams.
package struct LinkConditions: Sendable {
    /// The rate at which UDP payload passes, bits a second.
    package var bitsPerSecond: UInt64
    /// The time on the way, nanoseconds, and how much more it may be.
    package var delayNanoseconds: UInt64
    package var jitterNanoseconds: UInt64 = 0
    /// What the queue before the link holds, bytes; datagrams that find it full are dropped.
    package var queueBytes: Int
    /// Datagrams lost at random, in a million.
    package var lossPerMillion: UInt64 = 0
    /// The queue's length above which ECN-capable datagrams are marked, bytes; nil never marks.
    package var markingBytes: Int?
    /// The longest datagram that passes, bytes of UDP payload.
    package var datagramBytesMax = 1452

    /// A link whose queue holds one bandwidth-delay product of a round trip, at least 256 KiB.
    package init(bitsPerSecond: UInt64, roundTripNanoseconds: UInt64, lossPerMillion: UInt64 = 0) {
        self.bitsPerSecond = bitsPerSecond
        delayNanoseconds = roundTripNanoseconds / 2
        let product = Double(bitsPerSecond) / 8 * Double(roundTripNanoseconds) / 1e9
        queueBytes = max(256 << 10, Int(product))
        self.lossPerMillion = lossPerMillion
    }
}
