/// One thing that eBPF needs of this machine, and whether it was found.
package struct KernelRequirement: Sendable, Hashable, Codable {
    /// What is needed, in the kernel's own words: `CAP_BPF`, `cgroup2`.
    package var name: String
    package var isMet: Bool
    /// What was found.
    package var found: String
    /// Which part does not work without it.
    package var neededFor: String
    /// What to do when it is missing.
    package var remedy: String
}
