/// What an allocation has used. A figure that the host does not count is nil.
package struct ResourceUsage: Sendable, Hashable {
    /// Processor time in nanoseconds.
    package var processorNanoseconds: UInt64?
    /// Memory held now, in bytes.
    package var memoryBytes: UInt64?
    /// Most memory held at once, in bytes.
    package var memoryBytesMax: UInt64?
    /// Storage held now, in bytes.
    package var storageBytes: UInt64?
    package var receivedBytes: UInt64?
    package var sentBytes: UInt64?

    package init(
        processorNanoseconds: UInt64? = nil, memoryBytes: UInt64? = nil, memoryBytesMax: UInt64? = nil,
        storageBytes: UInt64? = nil, receivedBytes: UInt64? = nil, sentBytes: UInt64? = nil
    ) {
        self.processorNanoseconds = processorNanoseconds
        self.memoryBytes = memoryBytes
        self.memoryBytesMax = memoryBytesMax
        self.storageBytes = storageBytes
        self.receivedBytes = receivedBytes
        self.sentBytes = sentBytes
    }
}
