/// RFC 9002 section 7. The window is in bytes.
struct NewReno {
    private(set) var window: Int
    private var threshold = Int.max
    private var acknowledgedInWindow = 0
    /// Window and threshold before the last reduction, for when it turns out to be mistaken.
    private var undo: (window: Int, threshold: Int)?

    init(window: Int) {
        self.window = window
    }

    var isInSlowStart: Bool { window < threshold }

    mutating func acknowledged(_ sample: AcknowledgementSample) {
        if isInSlowStart {
            window += sample.growable
            return
        }
        acknowledgedInWindow += sample.growable
        while acknowledgedInWindow >= window {
            acknowledgedInWindow -= window
            window += sample.segment
        }
    }

    mutating func congestion(segment: Int) {
        undo = (window, threshold)
        threshold = max(window / 2, 2 * segment)
        window = threshold
        acknowledgedInWindow = 0
    }

    mutating func persistentCongestion(segment: Int) {
        window = 2 * segment
        acknowledgedInWindow = 0
        undo = nil
    }

    mutating func restore() {
        guard let undo else { return }
        window = max(window, undo.window)
        threshold = max(threshold, undo.threshold)
        self.undo = nil
    }
}
