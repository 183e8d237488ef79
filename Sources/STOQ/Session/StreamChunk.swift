/// What one read of a stream gave.
struct StreamChunk: Sendable {
    var bytes: [UInt8]
    /// Nothing follows these bytes.
    var isLast: Bool
}
