/// Handshakes of one kind, one after the other.
struct HandshakeRun: Sendable {
    /// Milliseconds.
    var p50: Double
    var perSecond: Double
    /// Handshakes for each second of processor time that both ends took together.
    var perProcessorSecond: Double

    /// - Parameters:
    ///   - delays: milliseconds.
    ///   - processorSeconds: of both processes together.
    init(delays: [Double], processorSeconds: Double) {
        p50 = Figures.percentile(delays, 50)
        perSecond = 1000 * Double(delays.count) / max(delays.reduce(0, +), 1e-9)
        perProcessorSecond = Double(delays.count) / max(processorSeconds, 0.01)
    }

    init(medianOf runs: [HandshakeRun]) {
        p50 = Figures.median(runs.map(\.p50))
        perSecond = Figures.median(runs.map(\.perSecond))
        perProcessorSecond = Figures.median(runs.map(\.perProcessorSecond))
    }
}
