/// Datagrams of one connection.
struct DatagramRun: Sendable {
    /// Those that arrived, a second.
    var perSecond: Double
    /// Those that did not, of a hundred.
    var lostPercent: Double

    init(sent: Int, arrived: Int, seconds: Double) {
        perSecond = Double(arrived) / max(seconds, 1e-9)
        lostPercent = 100 * Double(sent - min(arrived, sent)) / Double(max(sent, 1))
    }

    init(medianOf runs: [DatagramRun]) {
        perSecond = Figures.median(runs.map(\.perSecond))
        lostPercent = Figures.median(runs.map(\.lostPercent))
    }
}
