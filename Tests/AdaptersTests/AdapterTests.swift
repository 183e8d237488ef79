import Canonical
import Foundation
import Satchel
import Testing

@testable import Adapters

private func id(_ number: UInt64) -> Digest { Digest(.node, number.canonicalBytes) }

private func request(_ number: UInt64, _ amount: UInt64) -> AllocationRequest {
    AllocationRequest(id: id(number), holder: NodeID(id(0)), amount: amount)
}

@Suite struct DetectionTests {
    @Test func `processors are those that the kernel lists, and no more`() throws {
        let adapter = try ProcessorAdapter(shareBasisPoints: 10_000, groups: GrantGroups(host: nil))
        let found = try #require(try adapter.detect().first)
        #expect(found.capacity > 0)
        #expect(found.capacity <= UInt64(ProcessInfo.processInfo.processorCount) * 1000)
        #expect(found.attributes["coresOnline"] == "\(ProcessInfo.processInfo.processorCount)")
        #expect(adapter.lendable == found.capacity)
    }

    @Test func `memory is what the kernel manages, and no more`() throws {
        let adapter = try MemoryAdapter(shareBasisPoints: 5000, groups: GrantGroups(host: nil))
        let found = try #require(try adapter.detect().first)
        #expect(found.capacity > 0)
        #expect(found.capacity <= ProcessInfo.processInfo.physicalMemory)
        #expect(adapter.lendable == found.capacity / 2)
    }

    @Test func `the limits of all groups around a process count`() throws {
        let tree = try FakeGroups(membership: "3:cpu,cpuacct:/outer/inner\n4:memory:/outer\n0::/\n")
        tree.write("cpu/outer/cpu.cfs_quota_us", "150000")
        tree.write("cpu/outer/cpu.cfs_period_us", "100000")
        tree.write("cpu/outer/inner/cpu.cfs_quota_us", "-1")
        tree.write("cpu/outer/inner/cpu.cfs_period_us", "100000")
        tree.write("memory/outer/memory.limit_in_bytes", "9223372036854771712")
        tree.write("memory/memory.limit_in_bytes", "1048576")
        let membership = ControlGroupMembership(root: tree.root, membership: tree.membership)
        #expect(membership.processorMillicores() == 1500)
        #expect(membership.memoryBytes() == 1_048_576)
    }

    @Test func `version 2 limits count, and none is none`() throws {
        let tree = try FakeGroups(membership: "0::/slice/node\n")
        tree.write("slice/cpu.max", "50000 100000")
        tree.write("slice/node/cpu.max", "max 100000")
        tree.write("slice/node/memory.max", "max")
        let membership = ControlGroupMembership(root: tree.root, membership: tree.membership)
        #expect(membership.processorMillicores() == 500)
        #expect(membership.memoryBytes() == nil)
    }

    @Test func `without control groups nothing is said to be enforced`() throws {
        let tree = try FakeGroups(membership: "0::/\n")
        #expect(ControlGroupHost(root: tree.root, membership: tree.membership) == nil)
        let groups = GrantGroups(host: nil)
        for adapter in try adapters(groups) {
            #expect(adapter.capabilities().enforced == [])
            #expect(!adapter.capabilities().advisory.isEmpty)
            #expect(adapter.health() == .degraded("no control groups: limits are advisory"))
            let allocation = try adapter.allocate(request(1, 2 << 20 > limit(adapter) ? 100 : 2 << 20))
            #expect(allocation.handles == [])
            #expect(allocation.limits.allSatisfy { !$0.isEnforced })
            #expect(try adapter.usage(id(1)) == ResourceUsage())
        }
    }

    private func adapters(_ groups: GrantGroups) throws -> [any ResourceAdapter] {
        [
            try ProcessorAdapter(shareBasisPoints: 10_000, groups: groups),
            try MemoryAdapter(shareBasisPoints: 10_000, groups: groups),
        ]
    }

    private func limit(_ adapter: any ResourceAdapter) -> UInt64 { adapter.kind == .cpu ? 1000 : .max }
}

@Suite struct AllocationTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `no sequence allocates more than the share`(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        let adapter = try MemoryAdapter(shareBasisPoints: 2500, groups: GrantGroups(host: nil))
        var model: [UInt64: UInt64] = [:]
        for _ in 0..<2000 {
            let number = random.next() % 12
            let amount = (1 << 20) + random.next() % (adapter.lendable / 3)
            let old = model[number]
            let free = adapter.lendable - model.values.reduce(0, +)
            switch random.next() % 3 {
            case 0:
                let isGranted = (try? adapter.allocate(request(number, amount))) != nil
                #expect(isGranted == (old == nil && amount <= free))
                if isGranted { model[number] = amount }
            case 1:
                let isGranted = (try? adapter.resize(id(number), to: amount)) != nil
                #expect(isGranted == (old.map { amount <= free + $0 } ?? false))
                if isGranted { model[number] = amount }
            default:
                #expect(((try? adapter.release(id(number))) != nil) == (old != nil))
                model[number] = nil
            }
            #expect(adapter.allocated == model.values.reduce(0, +))
            #expect(adapter.allocated <= adapter.lendable)
        }
    }

    @Test func `refusals say what was refused and leave the books alone`() throws {
        let adapter = try ProcessorAdapter(shareBasisPoints: 5000, groups: GrantGroups(host: nil))
        let most = adapter.lendable
        #expect(throws: AdapterError.insufficient(.cpu, free: most, asked: most + 1)) {
            try adapter.allocate(request(1, most + 1))
        }
        #expect(throws: AdapterError.invalidRequest("an allocation of nothing")) { try adapter.allocate(request(1, 0)) }
        _ = try adapter.allocate(request(1, most))
        #expect(throws: AdapterError.allocationExists(id(1))) { try adapter.allocate(request(1, 1)) }
        #expect(throws: AdapterError.insufficient(.cpu, free: 0, asked: 1)) { try adapter.allocate(request(2, 1)) }
        #expect(throws: AdapterError.insufficient(.cpu, free: most, asked: .max)) {
            try adapter.resize(id(1), to: .max)
        }
        #expect(throws: AdapterError.unknownAllocation(id(2))) { try adapter.release(id(2)) }
        #expect(throws: AdapterError.unknownAllocation(id(2))) { try adapter.usage(id(2)) }
        #expect(throws: AdapterError.unknownAllocation(id(2))) { try adapter.limits(id(2)) }
        #expect(adapter.allocated == most)
        try adapter.release(id(1))
        #expect(adapter.allocated == 0)
    }

    @Test func `a share above the whole is refused`() {
        #expect(throws: AdapterError.self) {
            try ProcessorAdapter(shareBasisPoints: 10_001, groups: GrantGroups(host: nil))
        }
    }
}

/// Files as control groups show them, in a folder that goes away with the test.
final class FakeGroups {
    let root: String
    var membership: String { "\(root)/membership" }

    init(membership text: String) throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("groups-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        write("membership", text)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    func write(_ path: String, _ text: String) {
        let url = URL(fileURLWithPath: "\(root)/\(path)")
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        } catch {
            Issue.record("cannot write \(path): \(error)")
        }
    }
}

struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
