package import Canonical
package import Satchel

/// The working memory of this machine, in bytes.
package struct MemoryAdapter: ResourceAdapter {
    package var kind: AssetKind { .memory }

    private let host: ControlGroupHost?
    private let allocations: GroupedAllocations

    /// Measures the memory; the owner's share bounds what is allocated in total.
    /// - Parameter groups: one object for all adapters of a node.
    package init(shareBasisPoints: UInt16, groups: GrantGroups) throws(AdapterError) {
        host = groups.host
        allocations = GroupedAllocations(
            kind: .memory,
            lendable: try Share.lendable(.memory, of: try HostCapacity.memoryBytes(), basisPoints: shareBasisPoints),
            groups: groups, controller: .memory, advisoryControl: "bytes"
        ) { group, amount in
            do throws(AdapterError) {
                return .success(try group.limit(memoryBytes: amount))
            } catch {
                return .failure(error)
            }
        }
    }

    /// The most that may be allocated in total.
    package var lendable: UInt64 { allocations.lendable }
    /// What is allocated now.
    package var allocated: UInt64 { allocations.allocated }

    package func capabilities() -> AdapterCapabilities {
        guard let host else {
            return AdapterCapabilities(
                enforced: [],
                advisory: [
                    "bytes": "this host lets us make no control group; a VM process still limits itself with RLIMIT_AS"
                ])
        }
        return AdapterCapabilities(
            enforced: [host.memoryControl],
            advisory: ["reservation": "memory is a ceiling: nothing is set aside before it is used"])
    }

    package func detect() throws(AdapterError) -> [DetectedResource] {
        let capacity = try HostCapacity.memoryBytes()
        var attributes: [String: String] = [:]
        attributes["totalBytes"] = HostCapacity.memory("MemTotal").map(String.init)
        attributes["availableBytes"] = HostCapacity.memory("MemAvailable").map(String.init)
        attributes["swapBytes"] = HostCapacity.memory("SwapTotal").map(String.init)
        return [DetectedResource(kind: .memory, name: "memory", capacity: capacity, attributes: attributes)]
    }

    package func allocate(_ request: AllocationRequest) throws(AdapterError) -> Allocation {
        // The kernel rounds a limit down to whole pages; less than one is none.
        guard request.amount == 0 || request.amount >= MemoryAdapter.bytesMin else {
            throw .invalidRequest("an allocation below \(MemoryAdapter.bytesMin) bytes of memory")
        }
        return try allocations.allocate(request)
    }

    /// No process starts in less.
    private static let bytesMin: UInt64 = 1 << 20

    package func resize(_ id: Digest, to amount: UInt64) throws(AdapterError) -> Allocation {
        guard amount == 0 || amount >= MemoryAdapter.bytesMin else {
            throw .invalidRequest("an allocation below \(MemoryAdapter.bytesMin) bytes of memory")
        }
        return try allocations.resize(id, to: amount)
    }

    package func release(_ id: Digest) throws(AdapterError) { try allocations.release(id) }

    package func usage(_ id: Digest) throws(AdapterError) -> ResourceUsage {
        let group = try allocations.group(id)
        return ResourceUsage(memoryBytes: group?.memoryBytes, memoryBytesMax: group?.memoryBytesMax)
    }

    package func health() -> ResourceHealth {
        guard let total = HostCapacity.memory("MemTotal"), let available = HostCapacity.memory("MemAvailable") else {
            return .failed("/proc/meminfo cannot be read")
        }
        guard available >= total / 20 else { return .degraded("only \(available) of \(total) bytes are available") }
        return host == nil ? .degraded("no control groups: limits are advisory") : .healthy
    }

    package func limits(_ id: Digest) throws(AdapterError) -> [ResourceLimit] { try allocations.allocation(id).limits }
}
