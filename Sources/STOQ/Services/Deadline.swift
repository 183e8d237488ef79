/// Work that must end in time.
enum Deadline {
    /// Runs `body`; throws `deadlineExceeded` and cancels it when it takes longer than `limit`.
    /// - Parameter executor: where to run it; nil where tasks run by default.
    static func run<Value: Sendable>(
        _ limit: Duration,
        on executor: (any TaskExecutor)? = nil,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let isLate = RequestTicket()
        let work = Task(executorPreference: executor) { try await body() }
        let entry = DeadlineClock.shared.add(afterNanoseconds: nanoseconds(limit)) {
            isLate.cancel()
            work.cancel()
        }
        defer { DeadlineClock.shared.remove(entry) }
        let result = await withTaskCancellationHandler {
            await work.result
        } onCancel: {
            work.cancel()
        }
        guard !isLate.isCancelled else { throw STOQError.deadlineExceeded }
        return try result.get()
    }

    private static func nanoseconds(_ span: Duration) -> UInt64 {
        let (seconds, attoseconds) = span.components
        let (scaled, overflow) = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : scaled &+ UInt64(clamping: attoseconds / 1_000_000_000)
    }

    /// Whole milliseconds of a span, at least 1, as much as 32 bits hold.
    static func milliseconds(_ span: Duration) -> UInt32 {
        let (seconds, attoseconds) = span.components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return .max }
        return UInt32(clamping: max(1, scaled + attoseconds / 1_000_000_000_000_000))
    }
}
