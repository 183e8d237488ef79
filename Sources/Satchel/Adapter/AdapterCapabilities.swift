/// Which controls an adapter can enforce on this host.
package struct AdapterCapabilities: Sendable, Hashable {
    /// Controls that the kernel enforces here, by name (`cpu.cfs_quota_us`).
    package let enforced: [String]
    /// Controls that are only promised, each with the reason.
    package let advisory: [String: String]

    package init(enforced: [String], advisory: [String: String]) {
        self.enforced = enforced
        self.advisory = advisory
    }
}
