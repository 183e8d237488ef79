import Canonical
import DequeModule
import Glibc

/// The frames from one device to the other.
struct Direction {
    private struct Frame {
        var time: UInt64
        var bytes: [UInt8]
    }

    private let source: Int32
    private let target: Int32
    private let settings: Settings
    private var random: SplitMix64
    private var frames: Deque<Frame> = []
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private var last: UInt64 = 0

    /// Frames under way before those that come are dropped, as a full buffer would.
    private static let framesMax = 65_536
    private static let framesPerTurn = 256

    init(from source: Int32, to target: Int32, settings: Settings, seed: UInt64) {
        self.source = source
        self.target = target
        self.settings = settings
        random = SplitMix64(seed: seed)
    }

    /// When the next frame is due.
    var nextTime: UInt64? { frames.first?.time }

    /// Hands over what is due, and takes what has come.
    mutating func carry(now: UInt64) {
        while let frame = frames.first, frame.time <= now {
            // A device that is down, or full, loses the frame.
            _ = frame.bytes.withUnsafeBytes { write(target, $0.baseAddress, $0.count) }
            frames.removeFirst()
        }
        for _ in 0..<Self.framesPerTurn {
            let count = buffer.withUnsafeMutableBytes { read(source, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            accept(Array(buffer[..<count]), now: now)
        }
    }

    private mutating func accept(_ bytes: [UInt8], now: UInt64) {
        guard frames.count < Self.framesMax, random.next() % 1_000_000 >= settings.lossPerMillion else { return }
        let jitter = settings.jitterNanoseconds > 0 ? random.next() % settings.jitterNanoseconds : 0
        last = max(last, now + settings.delayNanoseconds + jitter)
        frames.append(Frame(time: last, bytes: bytes))
    }
}
