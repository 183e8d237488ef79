import Canonical
import ProofOfState
import Store

extension Simulation {
    mutating func makeFault() {
        guard !isHealed else { return }
        let draw = faultRandom.next() % 1000
        if draw < profile.powerFailure {
            failPower()
        } else if draw < profile.powerFailure + profile.crash {
            crash(Int(faultRandom.next() % UInt64(nodes.count)))
        } else if draw < profile.powerFailure + profile.crash + profile.partition {
            partition()
        } else if faultRandom.next() % 1000 < profile.heal {
            for node in blocked.indices { blocked[node] = 0 }
        }
        queue.push(.fault, at: time + profile.interval / 2 + faultRandom.next() % profile.interval)
    }

    /// Everything after this has no more faults but the liars' lies.
    mutating func heal() {
        isHealed = true
        for node in blocked.indices { blocked[node] = 0 }
        profile.loss = 0
        profile.duplication = 0
        profile.longDelay = 0
        profile.delayMax = min(profile.delayMax, 60_000_000)
        for node in nodes.indices where !nodes[node].isAlive && !nodes[node].isLost { restart(node) }
        let highest = nodes.lazy.filter(\.isHonest).map(\.promisedHeight).max() ?? 0
        goalHeight = max(highest, chain.height) + 5
        liveUntil = time + 120_000_000_000
        queue.push(.judgement, at: liveUntil)
    }

    mutating func demandProgress() {
        let late = nodes.indices.filter { nodes[$0].isHonest && nodes[$0].promisedHeight < goalHeight }
        guard !late.isEmpty else { return }
        let heights = nodes.map { "\($0.core.view)/\($0.promisedHeight)" }.joined(separator: " ")
        fail(.liveness, "nodes \(late) did not reach height \(goalHeight) in 120 s; view/height: \(heights)")
    }

    mutating func crash(_ node: Int) {
        guard nodes[node].isAlive else { return }
        count(\.crashes)
        nodes[node].isAlive = false
        queue.push(.restart(node: node), at: time + 10_000_000 + damage(node))
    }

    /// What the crash does to the disk; the time until the restart.
    private mutating func damage(_ node: Int) -> UInt64 {
        guard options.disk == .records else {
            nodes[node].disk.crashSegments(random: &faultRandom)
            if !nodes[node].isHonest, faultRandom.next() % 2 == 0 { nodes[node].disk.flipBits(random: &faultRandom) }
            return faultRandom.next() % 3_000_000_000
        }
        nodes[node].disk.crash(keeping: Int(faultRandom.next() % 4))
        if !nodes[node].isHonest, faultRandom.next() % 2 == 0 {
            // A liar's disk may also lie about its syncs.
            nodes[node].disk.lose(from: Int(faultRandom.next() % UInt64(nodes[node].disk.records.count + 1)))
        }
        return faultRandom.next() % 3_000_000_000
    }

    mutating func failPower() {
        for node in nodes.indices { crash(node) }
    }

    mutating func restart(_ node: Int) {
        guard !nodes[node].isAlive, !nodes[node].isLost, open(node) else { return }
        checkInvariants(of: node)
        let hasBodies = replay(node)
        if nodes[node].isHonest { checkRestored(node, hasBodies) }
        nodes[node].promisedHeight = nodes[node].core.tip.height
        start(node)
    }

    /// Brings a node back from its disk. A damaged one is reported, and replaced by an empty one or not at all.
    private mutating func open(_ node: Int) -> Bool {
        do throws(StoreError) {
            try nodes[node].restore()
            return true
        } catch {
            count(\.corruptions)
            if nodes[node].isHonest { fail(.durability, "node \(node) cannot read its sound disk: \(error)") }
        }
        nodes[node].isLost = true
        guard faultRandom.next() % 2 == 0 else { return false }
        do throws(StoreError) {
            try nodes[node].replaceDisk()
            try nodes[node].restore()
            nodes[node].isLost = false
            return true
        } catch {
            fail(.durability, "node \(node) cannot begin on an empty disk: \(error)")
            return false
        }
    }

    /// Executes again what the disk says is final; false when a body is missing.
    private mutating func replay(_ node: Int) -> Bool {
        for height in 1..<(nodes[node].core.tip.height + 1) {
            guard let (block, _) = nodes[node].disk.finalBlock(at: height) else { return false }
            nodes[node].application.finalize(block)
            guard !nodes[node].isLiar else { continue }
            if let (property, detail) = chain.observe(block, root: nodes[node].application.stateRoot, by: node) {
                fail(property, detail)
            }
        }
        return true
    }

    /// What was promised to be final is still there after a crash.
    private mutating func checkRestored(_ node: Int, _ hasBodies: Bool) {
        let tip = nodes[node].core.tip
        guard hasBodies, tip.height >= nodes[node].promisedHeight else {
            fail(
                .durability,
                "node \(node) promised height \(nodes[node].promisedHeight) and came back with \(tip.height)")
            return
        }
        if let hash = chain.hash(at: tip.height), hash != tip.hash {
            fail(.agreement, "node \(node) came back with another block at height \(tip.height)")
        }
    }

    /// Cuts links: two halves, one node, or any set of one-way links.
    private mutating func partition() {
        let count = UInt64(nodes.count)
        let all = (UInt64(1) << count) - 1
        switch faultRandom.next() % 3 {
        case 0:
            let side = faultRandom.next() & all
            for node in nodes.indices {
                let isInside = side >> UInt64(node) & 1 == 1
                blocked[node] = isInside ? ~side & all : side
            }
        case 1:
            let alone = faultRandom.next() % count
            for node in nodes.indices { blocked[node] |= 1 << alone }
            blocked[Int(alone)] = all
        default:
            for node in nodes.indices { blocked[node] = faultRandom.next() & faultRandom.next() & all }
        }
    }
}
