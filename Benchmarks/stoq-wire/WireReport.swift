import QUIC

/// What a sender saw.
struct WireReport {
    var changes: [(milliseconds: UInt64, change: PathTierChange)]
    /// Bytes that the peer acknowledged after the first three seconds, and the time that took.
    var bytes: UInt64
    var nanoseconds: UInt64
    var statistics: ConnectionStatistics

    func line(rate: UInt64) -> String {
        let delivered = nanoseconds > 0 ? Double(bytes) * 8e9 / Double(nanoseconds) : 0
        let percent = (1000 * delivered / Double(rate)).rounded() / 10
        let events = changes.map { entry in
            let tier = entry.change.to.map { "\"\($0)\"" } ?? "null"
            return #"{"ms":\#(entry.milliseconds),"tier":\#(tier),"cause":"\#(entry.change.cause.rawValue)"}"#
        }
        let found = changes.last { $0.milliseconds <= 3000 }?.change.to.map { "\"\($0)\"" } ?? "null"
        return #"{"control":"\#(statistics.congestionControl.rawValue)","tier":\#(found),"#
            + #""delivered_bits_per_second":\#(UInt64(delivered)),"utilisation_percent":\#(percent),"#
            + #""round_trip_microseconds":\#(statistics.smoothedRoundTripNanoseconds / 1000),"#
            + #""packets_lost":\#(statistics.packetsLost),"events":[\#(events.joined(separator: ","))]}"#
    }
}
