/// The ClientHellos with 0-RTT data of the last while, by their binders (RFC 8446 §8.2). Two generations: what is older
/// than both is too old to be taken for its age. When a generation is full, no more 0-RTT data is taken until the next.
struct ReplayWindow: Sendable {
    private var current: Set<[UInt8]> = []
    private var previous: Set<[UInt8]> = []
    private var generation: UInt64?

    /// A ClientHello's age may be off by the window either way, so it is remembered for twice as long.
    private static let generationMilliseconds = 2 * TLSLimits.earlyDataWindowMilliseconds

    /// True for one not seen before. The first generation admits nothing: it may not know what came before a restart.
    mutating func admit(_ binder: [UInt8], nowMilliseconds now: UInt64) -> Bool {
        let now = now / Self.generationMilliseconds
        guard let known = generation else {
            generation = now
            return false
        }
        if now > known {
            previous = now == known + 1 ? current : []
            current = []
            generation = now
        }
        guard current.count < TLSLimits.earlyHellosPerWindowMax, !previous.contains(binder) else { return false }
        return current.insert(binder).inserted
    }
}
