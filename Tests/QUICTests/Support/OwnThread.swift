import Foundation
import Testing

/// Gives tests that wait in system calls two threads of their own, on which they take turns. The threads that all tests share
/// are as few as the processors: whoever blocks them lets the sessions of others time out.
struct OwnThread: TestTrait, SuiteTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(ThreadExecutor.shared, operation: function)
    }
}

extension Trait where Self == OwnThread {
    static var ownThread: Self { OwnThread() }
}

/// Runs what it is given apart from the shared threads.
private final class ThreadExecutor: TaskExecutor {
    static let shared = ThreadExecutor()
    private let queue = OperationQueue()

    init() {
        queue.maxConcurrentOperationCount = 2
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.addOperation { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
