package import Canonical

extension Caesar {
    /// Sets `amount` aside for a job.
    package static func openEscrow(
        _ amount: Amount, for job: JobID, from payer: NodeID, in state: inout some StateAccess, at now: Timestamp
    ) throws(CaesarError) {
        guard try balance(.escrow(job), in: state) == .zero else { throw .escrowExists(job) }
        try move(amount, from: .node(payer), to: .escrow(job), in: &state, at: now)
    }

    /// Empties a job's escrow into these payments. They must add up to all that it holds; payments of 0 are passed
    /// over.
    package static func releaseEscrow(
        of job: JobID, payments: [(to: AccountID, amount: Amount)], in state: inout some StateAccess,
        at now: Timestamp
    ) throws(CaesarError) {
        let holds = try balance(.escrow(job), in: state)
        guard holds > .zero else { throw .unknownEscrow(job) }
        var paid = Amount.zero
        do {
            for payment in payments { paid = try paid.adding(payment.amount) }
        } catch {
            throw .overflow
        }
        guard paid == holds else { throw .escrowMismatch(job, holds: holds, paid: paid) }
        for payment in payments where payment.amount > .zero {
            try move(payment.amount, from: .escrow(job), to: payment.to, in: &state, at: now)
        }
    }

    /// Gives all of a job's escrow back and returns how much it was.
    @discardableResult
    package static func refundEscrow(
        of job: JobID, to payer: NodeID, in state: inout some StateAccess, at now: Timestamp
    ) throws(CaesarError) -> Amount {
        let holds = try balance(.escrow(job), in: state)
        guard holds > .zero else { throw .unknownEscrow(job) }
        try move(holds, from: .escrow(job), to: .node(payer), in: &state, at: now)
        return holds
    }
}
