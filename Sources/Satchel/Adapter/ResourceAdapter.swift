package import Canonical

/// What joins one kind of resource of this machine to the mesh. Implemented on floor 3; a test double suffices for
/// everything above. Calls may block; the caller keeps them off event loops. Law 5: detect what is there, by
/// measurement, or report nothing.
package protocol ResourceAdapter: Sendable {
    var kind: AssetKind { get }

    /// The controls that this host lets the adapter enforce, and those that stay advisory.
    func capabilities() -> AdapterCapabilities

    /// The resources that are really there, measured now. Empty when there are none.
    func detect() throws(AdapterError) -> [DetectedResource]

    /// Sets the amount aside and applies the limits.
    func allocate(_ request: AllocationRequest) throws(AdapterError) -> Allocation

    /// Changes the amount of a standing allocation; on an error the old amount stands.
    func resize(_ id: Digest, to amount: UInt64) throws(AdapterError) -> Allocation

    /// Ends the allocation and frees what it held. Unknown ids are refused.
    func release(_ id: Digest) throws(AdapterError)

    /// What the holder has used, from the kernel's own counters.
    func usage(_ id: Digest) throws(AdapterError) -> ResourceUsage

    func health() -> ResourceHealth

    /// The limits in force on an allocation.
    func limits(_ id: Digest) throws(AdapterError) -> [ResourceLimit]
}
