import Canonical

/// Which faults a seed turns on, and how hard: a swarm of different worlds finds more than one average world.
struct FaultProfile: Sendable {
    /// Chances out of 1000 a message.
    var loss: UInt64 = 0
    var duplication: UInt64 = 0
    /// Span of delays in nanoseconds; long ones are drawn now and then.
    var delayMin: UInt64 = 1_000_000
    var delayMax: UInt64 = 40_000_000
    var longDelay: UInt64 = 0
    var diskLatencyMax: UInt64 = 4_000_000
    var applicationLatencyMax: UInt64 = 2_000_000
    /// Chances out of 1000 a fault event.
    var crash: UInt64 = 0
    var partition: UInt64 = 0
    var heal: UInt64 = 0
    var powerFailure: UInt64 = 0
    /// Mean time between fault events in nanoseconds.
    var interval: UInt64 = 400_000_000

    init(calm: Void) {}

    init(random: inout SplitMix64) {
        func on(_ chance: UInt64, _ value: UInt64) -> UInt64 { random.next() % 100 < chance ? value : 0 }
        loss = on(60, random.next() % 200)
        duplication = on(50, random.next() % 150)
        delayMax = 2_000_000 + random.next() % 120_000_000
        longDelay = on(40, random.next() % 2_000_000_000)
        diskLatencyMax = 100_000 + random.next() % 20_000_000
        crash = on(75, random.next() % 300)
        partition = on(75, random.next() % 400)
        heal = 100 + random.next() % 300
        powerFailure = on(30, random.next() % 40)
        interval = 50_000_000 + random.next() % 900_000_000
    }
}
