import Canonical

/// How many lines of one kind may go into a log in a minute.
struct LineBudget {
    private let perMinute: Int
    private var start = Timestamp(nanoseconds: 0)
    private var lines = 0
    private var leftOut = 0

    init(perMinute: Int) {
        self.perMinute = perMinute
    }

    /// Whether a line may be written now; one that may not is counted.
    mutating func admits(_ now: Timestamp) -> Bool {
        if now.nanoseconds &- start.nanoseconds >= 60_000_000_000 {
            start = now
            lines = 0
        }
        guard lines < perMinute else {
            leftOut += 1
            return false
        }
        lines += 1
        return true
    }

    /// The lines left out since this was last asked.
    mutating func takeLeftOut() -> Int {
        defer { leftOut = 0 }
        return leftOut
    }
}
