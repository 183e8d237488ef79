/// Requests of one kind of connection.
struct RequestRun: Sendable {
    /// Microseconds.
    var p50: Double
    var p99: Double
    var perSecondSequential: Double
    var perSecondConcurrent: Double

    /// - Parameter delays: of requests one at a time, microseconds.
    init(delays: [Double], perSecondConcurrent: Double) {
        p50 = Figures.percentile(delays, 50)
        p99 = Figures.percentile(delays, 99)
        perSecondSequential = 1e6 * Double(delays.count) / max(delays.reduce(0, +), 1e-9)
        self.perSecondConcurrent = perSecondConcurrent
    }

    init(medianOf runs: [RequestRun]) {
        p50 = Figures.median(runs.map(\.p50))
        p99 = Figures.median(runs.map(\.p99))
        perSecondSequential = Figures.median(runs.map(\.perSecondSequential))
        perSecondConcurrent = Figures.median(runs.map(\.perSecondConcurrent))
    }
}
