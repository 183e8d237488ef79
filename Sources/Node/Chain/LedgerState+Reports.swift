package import Caesar
package import Canonical
package import Catalog
package import Ledger
package import Satchel
package import TrustChain

extension LedgerState {
    /// What an identity holds, for its owner.
    package func accountReport(_ id: NodeID) -> AccountReport {
        AccountReport(
            id: id, isRegistered: identity(of: id) != nil, balance: balance(of: .node(id)), bond: bond(of: id),
            nextSequence: nextSequence(of: id), height: height)
    }

    /// A job with the receipt of each result that was shown.
    package func jobReport(_ id: JobID) -> JobReport? {
        guard let job = job(id) else { return nil }
        let receipts = Set(job.providers.compactMap(\.resultHash)).sorted().compactMap { receipt(of: id, result: $0) }
        return JobReport(job: job, receipts: receipts)
    }

    /// Jobs that are not closed and name this node among their providers, in the order of their ids. Reads the whole
    /// state: for start-up.
    package func openJobs(assignedTo node: NodeID) -> [Job] {
        let namespace = LedgerKey.job(JobID(.zero)).bytes.first
        return entries.compactMap { entry in
            guard entry.key.bytes.first == namespace, let job = try? Job(canonicalBytes: entry.value) else {
                return nil
            }
            return !job.phase.isFinal && job.providers.contains { $0.node == node } ? job : nil
        }.sorted { $0.id < $1.id }
    }

    /// What an operation of a kind costs; nil when there is no such kind.
    package func fee(for kind: UInt16) -> Amount? {
        UInt8(exactly: kind).flatMap { OperationKind(rawValue: $0) }.map { policy.entry($0).fee }
    }

    /// The head of the certificate log with the block that it is true at.
    package func certificateLogReport() -> CertificateLogReport {
        let head = try? TrustState.logHead(in: self)
        return CertificateLogReport(height: height, size: head?.size ?? 0, root: head?.root ?? .zero)
    }
}
