/// The congestion window of RFC 9002 section 7, bytes.
struct NewReno {
    private(set) var window: Int
    private var slowStartThreshold = Int.max
    private var recoveryStart: UInt64?
    private var acknowledgedInWindow = 0
    private let minimumWindow: Int
    private let segment: Int

    init(initialPackets: Int, segment: Int) {
        self.segment = segment
        window = initialPackets * segment
        minimumWindow = 2 * segment
    }

    var isInSlowStart: Bool { window < slowStartThreshold }

    private func isInRecovery(sentAt time: UInt64) -> Bool {
        recoveryStart.map { time <= $0 } ?? false
    }

    /// Notes acknowledged bytes of a packet; the window only grows while it was in full use.
    mutating func acknowledge(bytes: Int, sentAt time: UInt64, windowWasFull: Bool) {
        guard !isInRecovery(sentAt: time), windowWasFull else { return }
        if isInSlowStart {
            window += bytes
            return
        }
        acknowledgedInWindow += bytes
        if acknowledgedInWindow >= window {
            acknowledgedInWindow -= window
            window += segment
        }
    }

    /// Halves the window, once a round trip, for a packet lost or marked.
    /// - Returns: whether the window was reduced.
    mutating func congestion(sentAt time: UInt64, now: UInt64) -> Bool {
        guard !isInRecovery(sentAt: time) else { return false }
        recoveryStart = now
        slowStartThreshold = max(window / 2, minimumWindow)
        window = slowStartThreshold
        acknowledgedInWindow = 0
        return true
    }

    /// Falls back to the minimum (RFC 9002 section 7.6).
    mutating func persistentCongestion() {
        window = minimumWindow
        recoveryStart = nil
        acknowledgedInWindow = 0
    }
}
