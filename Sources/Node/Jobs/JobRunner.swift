import Adapters
import Canonical
import Catalog
import Dispatch
import Ledger
import Logging
import Satchel

/// Does the work of a provider: runs the jobs that the ledger assigns to this node, seals and opens their receipts.
/// What it has to do follows from the ledger alone, so that a restart forgets nothing.
actor JobRunner {
    private let node: NodeID
    private let chain: Chain
    private let submitter: OperationSubmitter
    private let process: VMProcess
    private let directory: String
    private let logger: Logger
    private var sealed: [JobID: SealedReceipt] = [:]
    private var running: Set<JobID> = []
    private var opened: Set<JobID> = []
    private let queue = DispatchQueue(label: "hypermesh.jobs", attributes: .concurrent)

    init(
        node: NodeID,
        chain: Chain,
        submitter: OperationSubmitter,
        process: VMProcess,
        directory: String,
        logger: Logger
    ) {
        self.node = node
        self.chain = chain
        self.submitter = submitter
        self.process = process
        self.directory = directory
        self.logger = logger
    }

    /// Follows the chain until the task is cancelled.
    func run() async {
        let blocks = await chain.watch()
        await resume()
        for await block in blocks {
            for event in block.events { await handle(event) }
        }
    }

    /// Takes up what a restart interrupted.
    private func resume() async {
        let node = node
        let jobs = await chain.read { $0.openJobs(assignedTo: node) }
        for job in jobs {
            sealed[job.id] = stored(job.id)
            await advance(job)
        }
    }

    private func handle(_ event: LedgerEvent) async {
        switch event {
        case .jobAssigned(let id, _, let providers) where providers.contains(node): await advance(id)
        case .jobRevealing(let id): await advance(id)
        case .jobSettled(let id, _), .jobFailed(let id, _): forget(id)
        default: break
        }
    }

    private func advance(_ id: JobID) async {
        guard let job = await chain.read({ $0.job(id) }), job.providers.contains(where: { $0.node == node }) else {
            return
        }
        await advance(job)
    }

    private func advance(_ job: Job) async {
        guard let mine = job.providers.first(where: { $0.node == node }) else { return }
        switch job.phase {
        case .committing where mine.commitment == nil: start(job)
        case .revealing where mine.commitment != nil && mine.resultHash == nil: open(job.id)
        default: break
        }
    }

    // MARK: Commit

    private func start(_ job: Job) {
        guard running.insert(job.id).inserted else { return }
        Task {
            await work(on: job)
            running.remove(job.id)
        }
    }

    private func work(on job: Job) async {
        do {
            if sealed[job.id] == nil { sealed[job.id] = try await seal(job) }
            guard let receipt = sealed[job.id] else { return }
            let commitment = receipt.receipt.commitment(salt: receipt.salt)
            _ = try await submitter.submit(
                .commitReceipt(ReceiptCommitment(job: job.id, commitment: commitment)))
        } catch {
            logger.error("job not delivered", metadata: ["job": "\(job.id.shortDescription)", "reason": "\(error)"])
        }
    }

    private func seal(_ job: Job) async throws -> SealedReceipt {
        guard let program = await chain.read({ $0.program(job.order.program)?.program }) else {
            throw NodeError.file(path: job.order.program.description, problem: "the program is not on the ledger")
        }
        let answer = try await execute(job, program)
        let receipt = try JobReceipt(
            job: job.id, provider: node, outcome: JobRunner.outcome(answer.outcome),
            fuelUsed: min(answer.fuel, job.order.fuelLimit),
            output: Array(answer.output.prefix(CatalogLimits.resultBytesMax)), outputHash: Digest(sha256: answer.output)
        )
        var random = SystemRandomSource()
        let salt = Digest(sha256: random.bytes(32))
        let sealedReceipt = SealedReceipt(receipt: receipt, salt: salt)
        try PrivateFile.makeDirectory(directory)
        try PrivateFile.write(sealedReceipt.canonicalBytes, to: path(job.id))
        logger.info(
            "job ran", metadata: ["job": "\(job.id.shortDescription)", "fuel": "\(receipt.fuelUsed)"])
        return sealedReceipt
    }

    private func execute(_ job: Job, _ program: Program) async throws -> VMAnswer {
        let order = job.order
        let request = VMRequest(
            files: program.files.map { VMRequest.File(name: $0.path, text: Array($0.source.utf8)) },
            entry: program.entry, arguments: order.arguments, fuel: order.fuelLimit,
            heapBytes: order.memoryLimitBytes, outputBytes: program.limits.outputBytesMax)
        let name = "\(node.shortDescription)-\(job.id.shortDescription)"
        let result = await withCheckedContinuation { continuation in
            queue.async { [process] in
                continuation.resume(
                    returning: process.run(request, name: name, millicores: order.processorMillicores))
            }
        }
        return try result.get()
    }

    private static func outcome(_ outcome: VMAnswer.Outcome) -> JobOutcome {
        switch outcome {
        case .value(let text): .value(Array(text.prefix(CatalogLimits.resultBytesMax)))
        case .trap(let kind, let text): .trap(kind: kind, summary: String(text.prefix(CatalogLimits.trapBytesMax / 4)))
        }
    }

    // MARK: Reveal

    private func open(_ id: JobID) {
        guard let receipt = sealed[id] ?? stored(id), opened.insert(id).inserted else { return }
        Task {
            do {
                _ = try await submitter.submit(
                    .revealReceipt(ReceiptReveal(receipt: receipt.receipt, salt: receipt.salt)))
            } catch {
                logger.error(
                    "receipt not opened", metadata: ["job": "\(id.shortDescription)", "reason": "\(error)"])
            }
        }
    }

    private func stored(_ id: JobID) -> SealedReceipt? {
        guard PrivateFile.exists(path(id)), let bytes = try? PrivateFile.read(path(id)) else { return nil }
        return try? SealedReceipt(canonicalBytes: bytes)
    }

    private func forget(_ id: JobID) {
        sealed[id] = nil
        opened.remove(id)
        PrivateFile.removeIfPresent(path(id))
    }

    private func path(_ id: JobID) -> String { "\(directory)/\(id)" }
}
