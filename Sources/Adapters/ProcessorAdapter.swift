package import Canonical
package import Satchel

/// The processors of this machine, in thousandths of a core.
package struct ProcessorAdapter: ResourceAdapter {
    package var kind: AssetKind { .cpu }

    private let host: ControlGroupHost?
    private let allocations: GroupedAllocations

    /// Measures the processors; the owner's share bounds what is allocated in total.
    /// - Parameter groups: one object for all adapters of a node.
    package init(shareBasisPoints: UInt16, groups: GrantGroups) throws(AdapterError) {
        host = groups.host
        allocations = GroupedAllocations(
            kind: .cpu,
            lendable: try Share.lendable(
                .cpu, of: try HostCapacity.processorMillicores(), basisPoints: shareBasisPoints),
            groups: groups, controller: .processor, advisoryControl: "millicores"
        ) { group, amount in
            do throws(AdapterError) {
                return .success(try group.limit(millicores: amount))
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
                advisory: ["millicores": "this host lets us make no control group, and rlimits bound no rate"])
        }
        return AdapterCapabilities(
            enforced: [host.processorControl],
            advisory: ["placement": "no core is reserved: an allocation is a ceiling, not a guarantee"])
    }

    package func detect() throws(AdapterError) -> [DetectedResource] {
        let capacity = try HostCapacity.processorMillicores()
        var attributes: [String: String] = [:]
        attributes["model"] = HostCapacity.processor("model name")
        attributes["vendor"] = HostCapacity.processor("vendor_id")
        attributes["coresOnline"] = HostCapacity.coresOnline().map(String.init)
        attributes["coresAllowed"] = HostCapacity.coresAllowed().map(String.init)
        attributes["quotaMillicores"] = ControlGroupMembership().processorMillicores().map(String.init)
        return [DetectedResource(kind: .cpu, name: "processors", capacity: capacity, attributes: attributes)]
    }

    package func allocate(_ request: AllocationRequest) throws(AdapterError) -> Allocation {
        try allocations.allocate(request)
    }

    package func resize(_ id: Digest, to amount: UInt64) throws(AdapterError) -> Allocation {
        try allocations.resize(id, to: amount)
    }

    package func release(_ id: Digest) throws(AdapterError) { try allocations.release(id) }

    package func usage(_ id: Digest) throws(AdapterError) -> ResourceUsage {
        ResourceUsage(processorNanoseconds: try allocations.group(id)?.processorNanoseconds)
    }

    package func health() -> ResourceHealth {
        do throws(AdapterError) {
            let capacity = try HostCapacity.processorMillicores()
            guard capacity >= allocated else {
                return .degraded("\(allocated) millicores are allocated, \(capacity) are left")
            }
        } catch {
            return .failed("\(error)")
        }
        return host == nil ? .degraded("no control groups: limits are advisory") : .healthy
    }

    package func limits(_ id: Digest) throws(AdapterError) -> [ResourceLimit] { try allocations.allocation(id).limits }
}
