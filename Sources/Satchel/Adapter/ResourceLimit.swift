/// One limit in force.
package struct ResourceLimit: Sendable, Hashable {
    /// The control, by its name in the kernel (`memory.limit_in_bytes`).
    package let control: String
    package let value: UInt64
    /// Whether the kernel enforces it here; otherwise it is advisory.
    package let isEnforced: Bool

    package init(control: String, value: UInt64, isEnforced: Bool) {
        self.control = control
        self.value = value
        self.isEnforced = isEnforced
    }
}
