/// Runs tasks on the thread of an endpoint, between its other work: what they ask of a session, and the answers, then need
/// no other thread to be woken. See ``Session/executor``.
final class LoopExecutor: TaskExecutor {
    private let mailbox: LoopMailbox

    init(_ mailbox: LoopMailbox) {
        self.mailbox = mailbox
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        guard !mailbox.post(job) else { return }
        // The thread is gone, but its tasks have to hear of that and end.
        globalConcurrentExecutor.enqueue(job)
    }

    /// Runs jobs; on the endpoint's thread.
    func run(_ jobs: [UnownedJob]) {
        let executor = asUnownedTaskExecutor()
        for job in jobs { job.runSynchronously(on: executor) }
    }
}
