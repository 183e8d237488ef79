import STOQ

/// Waiting that gives up; what is waited for may go on and its result is dropped.
enum TimeLimit {
    static func run<Value: Sendable>(
        _ limit: Duration,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (results, continuation) = AsyncThrowingStream.makeStream(of: Value.self)
        let work = Task {
            do {
                continuation.yield(try await body())
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        let timer = Task {
            try await Task.sleep(for: limit)
            continuation.finish(throwing: STOQError.deadlineExceeded)
        }
        defer {
            timer.cancel()
            work.cancel()
        }
        for try await value in results { return value }
        throw STOQError.deadlineExceeded
    }
}
