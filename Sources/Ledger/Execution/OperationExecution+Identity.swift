import Caesar
import Canonical
import Falcon
import ProofOfState

extension OperationExecution {
    /// Registering is all or nothing: whatever could refuse it is looked at before the sponsor pays anything.
    func checkRegistration(_ registration: IdentityRegistration, of subject: NodeID) throws(LedgerRefusal) {
        guard NodeID(publicKey: registration.publicKey) == subject else { throw .subjectMismatch(subject) }
        guard (try? Falcon1024.PublicKey(rawRepresentation: registration.publicKey)) != nil else {
            throw .invalidPublicKey
        }
        guard state.value(for: LedgerKey.identity(subject)) == nil else { throw .identityExists(subject) }
        guard registration.audit.supports(registration.plot, subject: subject) else { throw .invalidPlotAudit }
        guard let sponsorship = registration.sponsorship else {
            guard policy.registrationBond == .zero else { throw .sponsorRequired(bond: policy.registrationBond) }
            return
        }
        try check(sponsorship, of: subject)
    }

    private func check(_ sponsorship: Sponsorship, of newcomer: NodeID) throws(LedgerRefusal) {
        guard block.height <= sponsorship.expiryHeight else {
            throw .sponsorshipExpired(last: sponsorship.expiryHeight)
        }
        guard sponsorship.bond >= policy.registrationBond else {
            throw .sponsorBondTooSmall(have: sponsorship.bond, need: policy.registrationBond)
        }
        let sponsor = try identity(sponsorship.sponsor)
        let message = Sponsorship.message(
            network: network, newcomer: newcomer, sponsor: sponsorship.sponsor, bond: sponsorship.bond,
            expiryHeight: sponsorship.expiryHeight)
        guard let key = try? Falcon1024.PublicKey(rawRepresentation: sponsor.publicKey),
            key.isValidSignature(sponsorship.signature, for: message)
        else { throw .invalidSponsorSignature(sponsorship.sponsor) }
        let fee = policy.entry(.registerIdentity).fee
        do {
            let need = try sponsorship.bond.adding(fee)
            try Caesar.requireSpendable(need, from: .node(sponsorship.sponsor), in: state, at: block.time)
        } catch let error as CaesarError {
            throw .caesar(error)
        } catch {
            throw .caesar(.overflow)
        }
    }

    mutating func register(_ registration: IdentityRegistration, as subject: NodeID) throws(LedgerRefusal) {
        let sponsorship = registration.sponsorship
        let record = IdentityRecord(
            publicKey: registration.publicKey, plot: registration.plot, sponsor: sponsorship?.sponsor,
            height: block.height)
        state.set(record, for: LedgerKey.identity(subject))
        if let sponsorship, sponsorship.bond > .zero {
            try move(sponsorship.bond, from: .node(sponsorship.sponsor), to: .bond(subject))
        }
        report(.identityRegistered(subject))
    }

    mutating func updatePlot(_ update: PlotUpdate, of subject: NodeID) throws(LedgerRefusal) {
        guard update.audit.supports(update.plot, subject: subject) else { throw .invalidPlotAudit }
        var record = try identity(subject)
        record.plot = update.plot
        state.set(record, for: LedgerKey.identity(subject))
        report(.plotUpdated(subject))
    }

    mutating func apply(_ transfer: Transfer, from subject: NodeID) throws(LedgerRefusal) {
        try move(transfer.amount, from: .node(subject), to: .node(transfer.to))
        report(.transferred(from: subject, to: transfer.to, amount: transfer.amount, memo: transfer.memo))
    }

    mutating func bond(_ amount: Amount, of subject: NodeID) throws(LedgerRefusal) {
        try move(amount, from: .node(subject), to: .bond(subject))
        report(.bonded(subject, amount: amount))
    }
}
