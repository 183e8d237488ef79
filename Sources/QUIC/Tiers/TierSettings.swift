/// What follows from a path's class. The bandwidth-delay product only ever adds to windows and buffers, so that a long
/// round trip never makes them smaller.
struct TierSettings: Equatable {
    /// The datagrams sent as one batch.
    let segments: Int
    /// What pacing lets go at once after a late timer, bytes.
    let burstBytes: Int
    /// The least that windows and send buffers are, bytes.
    let windowFloor: Int
    /// The packets that a peer should gather before it acknowledges, at most.
    let acknowledgementPackets: Int

    /// - Parameter tier: nil where nothing was measured yet: no batch is held back for that.
    init(_ tier: PathTier?) {
        switch tier {
        case nil: self.init(segments: 64, burst: 1 << 18, floor: 0, acknowledgements: 16)
        case .megabits100: self.init(segments: 10, burst: 1 << 15, floor: 1 << 20, acknowledgements: 8)
        case .gigabit1: self.init(segments: 48, burst: 1 << 17, floor: 4 << 20, acknowledgements: 24)
        case .gigabits2500: self.init(segments: 48, burst: 1 << 18, floor: 8 << 20, acknowledgements: 48)
        case .gigabits10: self.init(segments: 48, burst: 1 << 19, floor: 16 << 20, acknowledgements: 384)
        case .gigabits25: self.init(segments: 48, burst: 1 << 20, floor: 32 << 20, acknowledgements: 384)
        }
    }

    private init(segments: Int, burst: Int, floor: Int, acknowledgements: Int) {
        self.segments = segments
        burstBytes = burst
        windowFloor = floor
        acknowledgementPackets = acknowledgements
    }

    /// The bytes of one stream to keep until they are acknowledged: what is in flight, as much again to come, and half
    /// of that for the writer to fill meanwhile.
    func sendBuffer(window: Int, least: Int, most: Int) -> Int {
        max(least, min(max(window.multipliedReportingOverflow(by: 3).partialValue, windowFloor), most))
    }
}
