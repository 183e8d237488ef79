/// One transfer of bulk data.
struct BulkRun: Sendable {
    var bitsPerSecond: Double
    /// Of both processes together, a gigabyte.
    var processorSecondsPerGigabyte: Double
    /// Calls of the allocator in the sending process a megabyte, where they are counted.
    var allocationsPerMegabyte: Double?
    /// Bytes that QUIC copied at the sending end for each byte sent.
    var copiesPerByte: Double?

    /// Bytes sent again of a hundred.
    var repeatedPercent: Double?

    /// Times a transfer of so many bytes.
    static func measure(
        bytes: Int, target: BenchmarkTarget, _ transfer: () async throws -> Void
    ) async throws -> BulkRun {
        let used = try target.processorSeconds()
        let start = ContinuousClock.now
        try await transfer()
        let seconds = Figures.seconds(ContinuousClock.now - start)
        let processor = try target.processorSeconds() - used
        return BulkRun(
            bitsPerSecond: Double(bytes) * 8 / seconds, processorSecondsPerGigabyte: processor * 1e9 / Double(bytes))
    }

    /// Times a transfer of so many bytes.
    static func measure(bytes: Int, target: BenchmarkTarget, _ transfer: () throws -> Void) throws -> BulkRun {
        let used = try target.processorSeconds()
        let start = ContinuousClock.now
        try transfer()
        let seconds = Figures.seconds(ContinuousClock.now - start)
        let processor = try target.processorSeconds() - used
        return BulkRun(
            bitsPerSecond: Double(bytes) * 8 / seconds, processorSecondsPerGigabyte: processor * 1e9 / Double(bytes))
    }
}
