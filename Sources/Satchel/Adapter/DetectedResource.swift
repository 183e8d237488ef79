/// One resource that was found and measured.
package struct DetectedResource: Sendable, Hashable {
    package let kind: AssetKind
    /// What it is called on this machine.
    package let name: String
    /// Measured capacity in the kind's unit.
    package let capacity: UInt64
    /// Further measured facts (model, cores, block size); absent ones are not listed.
    package let attributes: [String: String]

    package init(kind: AssetKind, name: String, capacity: UInt64, attributes: [String: String] = [:]) {
        self.kind = kind
        self.name = name
        self.capacity = capacity
        self.attributes = attributes
    }
}
