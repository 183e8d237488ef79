/// CUBIC (RFC 9438) with HyStart++. The window is in bytes; the curve is reckoned in packets and seconds.
struct Cubic {
    private static let scale = 0.4
    private static let decrease = 0.7

    private(set) var window: Int
    private var threshold = Int.max
    private var hystart = HyStart()
    /// The window before the last reduction, in packets, where the curve is flat.
    private var maximum = 0.0
    /// The window when the curve was begun, in packets, and the time until it reaches `maximum`, seconds.
    private var epochWindow = 0.0
    private var plateau = 0.0
    private var epochStart: UInt64?
    /// What Reno would have, in packets (section 4.3).
    private var estimate = 0.0
    private var priorWindow = 0.0
    /// Growth of less than a byte.
    private var fraction = 0.0
    private var lastAcknowledged: UInt64 = 0
    private var undo: Undo?

    /// State before a reduction, for when it turns out to be mistaken (section 4.9).
    private struct Undo {
        var window: Int
        var threshold: Int
        var maximum: Double
        var epochWindow: Double
        var plateau: Double
        var epochStart: UInt64?
        var estimate: Double
        var priorWindow: Double
    }

    init(window: Int) {
        self.window = window
    }

    var isInSlowStart: Bool { window < threshold }
    var isConservative: Bool { isInSlowStart && hystart.isConservative }

    mutating func acknowledged(_ sample: AcknowledgementSample) {
        defer { lastAcknowledged = sample.now }
        guard sample.growable > 0 else {
            // Time in which the application sent less is none on the curve (section 4.2).
            if let start = epochStart, lastAcknowledged > 0 {
                epochStart = min(sample.now, start &+ (sample.now &- min(lastAcknowledged, sample.now)))
            }
            return
        }
        guard isInSlowStart else { return avoid(sample) }
        let isOver = hystart.acknowledged(sample)
        window += hystart.isConservative ? sample.growable / HyStart.conservativeDivisor : sample.growable
        if isOver { threshold = window }
    }

    private mutating func avoid(_ sample: AcknowledgementSample) {
        let segment = Double(sample.segment)
        let current = Double(window) / segment
        if epochStart == nil { beginEpoch(current, now: sample.now) }
        let start = epochStart ?? sample.now
        let elapsed = Double(sample.now &- min(start, sample.now)) / 1e9
        let acknowledged = Double(sample.growable) / segment
        let alpha = estimate >= priorWindow ? 1.0 : 3 * (1 - Self.decrease) / (1 + Self.decrease)
        estimate += alpha * acknowledged / current
        let isRenoFaster = curve(elapsed) < estimate
        let target = min(max(curve(elapsed + Double(sample.smoothed) / 1e9), current), 1.5 * current)
        let next = isRenoFaster ? max(current, estimate) : current + (target - current) / current * acknowledged
        let grown = (min(next, 1.5 * current) - current) * segment + fraction
        let whole = grown.rounded(.down)
        fraction = grown - whole
        window += Int(whole)
    }

    private mutating func beginEpoch(_ current: Double, now: UInt64) {
        epochStart = now
        epochWindow = current
        estimate = current
        if maximum < current { maximum = current }
        plateau = Self.cubeRoot((maximum - current) / Self.scale)
    }

    private func curve(_ seconds: Double) -> Double {
        let distance = seconds - plateau
        return Self.scale * distance * distance * distance + maximum
    }

    /// Newton's method; the core has no mathematical library.
    private static func cubeRoot(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        var root = value > 1 ? value : 1.0
        for _ in 0..<128 {
            let next = (2 * root + value / (root * root)) / 3
            guard abs(next - root) > 1e-9 * root else { return next }
            root = next
        }
        return root
    }

    mutating func congestion(segment: Int) {
        undo = Undo(
            window: window, threshold: threshold, maximum: maximum, epochWindow: epochWindow, plateau: plateau,
            epochStart: epochStart, estimate: estimate, priorWindow: priorWindow)
        let current = Double(window) / Double(segment)
        priorWindow = current
        // Fast convergence: another flow came, so leave it room (section 4.7).
        maximum = current < maximum ? current * (1 + Self.decrease) / 2 : current
        threshold = max(Int(Double(window) * Self.decrease), 2 * segment)
        window = threshold
        epochStart = nil
        fraction = 0
    }

    mutating func persistentCongestion(segment: Int) {
        threshold = max(Int(Double(window) * Self.decrease), 2 * segment)
        window = 2 * segment
        epochStart = nil
        undo = nil
    }

    mutating func restore() {
        guard let undo else { return }
        if window < undo.window {
            window = undo.window
            threshold = undo.threshold
            maximum = undo.maximum
            epochWindow = undo.epochWindow
            plateau = undo.plateau
            epochStart = undo.epochStart
            estimate = undo.estimate
            priorWindow = undo.priorWindow
        }
        self.undo = nil
    }
}
