package import Canonical

/// One key's new value.
package struct JellyfishUpdate: Sendable, Hashable {
    package let key: Digest
    /// nil removes the key.
    package let valueHash: Digest?

    package init(key: Digest, valueHash: Digest?) {
        self.key = key
        self.valueHash = valueHash
    }
}
