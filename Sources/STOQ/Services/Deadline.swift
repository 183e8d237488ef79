/// Work that must end in time.
enum Deadline {
    /// Runs `body`; throws `deadlineExceeded` and cancels it when it takes longer than `limit`.
    static func run<Value: Sendable>(
        _ limit: Duration,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                do {
                    try await Task.sleep(for: limit)
                } catch {
                    throw STOQError.cancelled
                }
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else { throw STOQError.deadlineExceeded }
            return value
        }
    }

    /// Whole milliseconds of a span, at least 1, as much as 32 bits hold.
    static func milliseconds(_ span: Duration) -> UInt32 {
        let (seconds, attoseconds) = span.components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return .max }
        return UInt32(clamping: max(1, scaled + attoseconds / 1_000_000_000_000_000))
    }
}
