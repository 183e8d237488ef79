import Caesar
import Canonical
import Catalog
import Satchel

extension OperationExecution {
    mutating func submit(_ order: JobOrder, by requester: NodeID, as operation: OperationID) throws(LedgerRefusal) {
        guard let record = try read(ProgramRecord.self, LedgerKey.program(order.program)) else {
            throw .catalog(.unknownProgram(order.program))
        }
        guard !record.isYanked else { throw .catalog(.programYanked(order.program)) }
        do throws(CatalogError) {
            try order.check(against: record.program.limits)
        } catch {
            throw .catalog(error)
        }
        let id = Job.id(orderedBy: operation)
        let providers = try assign(order, id: id, requester: requester)
        if order.priceMax > .zero {
            do throws(CaesarError) {
                try Caesar.openEscrow(order.priceMax, for: id, from: requester, in: &state, at: block.time)
            } catch {
                throw .caesar(error)
            }
        }
        let job = Job(id: id, requester: requester, order: order, height: block.height, providers: providers)
        try store(job, wakingAt: job.deadline)
        report(.jobAssigned(id, requester: requester, providers: providers))
    }

    // Chooses the providers and sets their resources aside until the job can last no longer.
    private mutating func assign(
        _ order: JobOrder, id: JobID, requester: NodeID
    ) throws(LedgerRefusal) -> [NodeID] {
        let expiry = block.height &+ order.lifetimeBlocks &+ 1
        let grants = [
            Grant(
                id: id.digest, kind: .cpu, amount: order.processorMillicores, holder: requester, expiry: expiry),
            Grant(id: id.digest, kind: .memory, amount: order.memoryLimitBytes, holder: requester, expiry: expiry),
        ]
        let able = try pools(able: grants, besides: requester)
        let need = Int(order.replicas)
        let chosen = JobAssignment.choose(need, of: able.keys, for: id, seed: block.hash.digest)
        guard chosen.count == need else { throw .catalog(.notEnoughProviders(have: chosen.count, need: need)) }
        for node in chosen {
            guard let pool = able[node] else { continue }
            state.set(pool, for: LedgerKey.pool(node))
        }
        return chosen
    }

    mutating func commit(_ commitment: ReceiptCommitment, by provider: NodeID) throws(LedgerRefusal) {
        var job = try job(commitment.job)
        do throws(CatalogError) {
            try job.commit(commitment.commitment, by: provider, at: block.height)
        } catch {
            throw .catalog(error)
        }
        report(.receiptCommitted(job.id, by: provider))
        guard job.phase == .revealing else { return state.set(job, for: LedgerKey.job(job.id)) }
        try store(job, wakingAt: job.deadline)
        report(.jobRevealing(job.id))
    }

    mutating func reveal(_ reveal: ReceiptReveal, by provider: NodeID) throws(LedgerRefusal) {
        var job = try job(reveal.receipt.job)
        let isComplete: Bool
        do throws(CatalogError) {
            isComplete = try job.reveal(reveal.receipt, salt: reveal.salt, by: provider)
        } catch {
            throw .catalog(error)
        }
        // One receipt a distinct result: those who agree say the same but for their names.
        let key = LedgerKey.receipt(job.id, result: reveal.receipt.resultHash)
        if state.value(for: key) == nil { state.set(reveal.receipt, for: key) }
        report(.receiptRevealed(job.id, by: provider))
        guard isComplete else { return state.set(job, for: LedgerKey.job(job.id)) }
        try close(&job)
    }

    /// Looks at the jobs whose deadline this block is, before any of its operations.
    mutating func wakeJobs() throws(LedgerRefusal) {
        for id in try jobs(wakingAt: block.height) {
            var job = try job(id)
            let before = job.phase
            if job.tick(at: block.height) {
                try close(&job)
            } else if job.phase != before {
                try store(job, wakingAt: job.deadline)
                report(.jobRevealing(id))
            }
        }
        state.setValue(nil, for: LedgerKey.deadline(block.height))
    }

    // Ends a job: money, grants, and of the receipts only the agreed one stays.
    private mutating func close(_ job: inout Job) throws(LedgerRefusal) {
        let agreed = job.agreedResult
        var fuelUsed: UInt64 = 0
        if let agreed, let receipt = try read(JobReceipt.self, LedgerKey.receipt(job.id, result: agreed)) {
            fuelUsed = receipt.fuelUsed
        }
        do throws(AmountError) {
            try job.close(fuelUsed: fuelUsed, feeBasisPoints: policy.jobFeeBasisPoints)
        } catch {
            throw .caesar(.overflow)
        }
        try pay(job)
        try releaseGrants(job.id.digest, of: job.providers.map(\.node))
        for result in job.providers.compactMap(\.resultHash) where result != agreed {
            state.setValue(nil, for: LedgerKey.receipt(job.id, result: result))
        }
        state.set(job, for: LedgerKey.job(job.id))
        switch job.phase {
        case .settled(let settlement): report(.jobSettled(job.id, settlement))
        case .failed(let failure): report(.jobFailed(job.id, failure))
        case .committing, .revealing: break
        }
    }

    private mutating func pay(_ job: Job) throws(LedgerRefusal) {
        guard job.order.priceMax > .zero else { return }
        do throws(CaesarError) {
            guard case .settled(let settlement) = job.phase else {
                try Caesar.refundEscrow(of: job.id, to: job.requester, in: &state, at: block.time)
                return
            }
            var payments: [(to: AccountID, amount: Amount)] = settlement.agreeing
                .map { (.node($0), settlement.share) }
            payments.append((.named(.fees), settlement.fee))
            payments.append((.node(job.requester), settlement.refund))
            try Caesar.releaseEscrow(of: job.id, payments: payments, in: &state, at: block.time)
        } catch {
            throw .caesar(error)
        }
    }

    private func job(_ id: JobID) throws(LedgerRefusal) -> Job {
        guard let job = try read(Job.self, LedgerKey.job(id)) else { throw .catalog(.unknownJob(id)) }
        return job
    }

    private func jobs(wakingAt height: UInt64) throws(LedgerRefusal) -> [JobID] {
        guard let bytes = state.value(for: LedgerKey.deadline(height)) else { return [] }
        do {
            var decoder = BCSDecoder(bytes)
            let ids = try decoder.decodeArray(of: JobID.self)
            try decoder.finish()
            return ids
        } catch {
            throw .corruptState(error)
        }
    }

    private mutating func store(_ job: Job, wakingAt height: UInt64) throws(LedgerRefusal) {
        state.set(job, for: LedgerKey.job(job.id))
        var encoder = BCSEncoder()
        encoder.encode(try jobs(wakingAt: height) + [job.id])
        state.setValue(encoder.bytes, for: LedgerKey.deadline(height))
    }
}
