import Caesar
import Canonical
import ProofOfState

/// One block's operations at work on a journal: charges, applies, and takes back what was refused.
struct OperationExecution {
    var state: StateJournal
    let block: BlockContext
    let network: NetworkID
    let policy: Policy
    private(set) var events: [LedgerEvent] = []

    init(state: StateJournal, block: BlockContext, network: NetworkID, policy: Policy) {
        self.state = state
        self.block = block
        self.network = network
        self.policy = policy
    }

    /// Applies one operation, or refuses it. A refused operation that could pay its fee loses the fee and uses up its
    /// sequence number; one that should never have been in a block (malformed, out of sequence, expired, of an
    /// unknown identity, or without the fee) changes nothing at all.
    /// - Returns: the receipt, and whether the operation may stand in a block.
    mutating func execute(_ operation: VerifiedOperation) -> (receipt: OperationReceipt, isAdmitted: Bool) {
        let start = state.mark
        let decoded: Operation
        let fee: Amount
        do throws(LedgerRefusal) {
            decoded = try admit(operation)
            fee = policy.entry(decoded.kind).fee
            try charge(fee, for: decoded, of: operation.subject)
            state.set(operation.sequence &+ 1, for: LedgerKey.sequence(operation.subject))
        } catch {
            state.revert(to: start)
            return (OperationReceipt(id: operation.id, refusal: error, fee: .zero), false)
        }
        let charged = state.mark
        let eventCount = events.count
        do throws(LedgerRefusal) {
            try apply(decoded, of: operation)
            return (OperationReceipt(id: operation.id, outcome: .applied, fee: fee), true)
        } catch {
            state.revert(to: charged)
            events.removeLast(events.count - eventCount)
            return (OperationReceipt(id: operation.id, refusal: error, fee: fee), true)
        }
    }

    mutating func report(_ event: LedgerEvent) { events.append(event) }

    /// Everything that must hold before a fee can be taken.
    private func admit(_ operation: VerifiedOperation) throws(LedgerRefusal) -> Operation {
        let decoded = try OperationExecution.decode(operation)
        guard block.height <= operation.expiryHeight, block.time <= operation.expiryTime else {
            throw .expired(height: block.height, last: operation.expiryHeight)
        }
        let next = try read(UInt64.self, LedgerKey.sequence(operation.subject)) ?? 0
        guard operation.sequence == next else { throw .wrongSequence(have: operation.sequence, next: next) }
        if case .registerIdentity(let registration) = decoded {
            try checkRegistration(registration, of: operation.subject)
        } else {
            _ = try identity(operation.subject)
        }
        return decoded
    }

    static func decode(_ operation: VerifiedOperation) throws(LedgerRefusal) -> Operation {
        let decoded: Operation
        do {
            decoded = try Operation(canonicalBytes: operation.payload)
        } catch {
            throw .malformed(error)
        }
        guard operation.kind == UInt16(decoded.kind.rawValue) else {
            throw .kindMismatch(envelope: operation.kind, operation: decoded.kind)
        }
        return decoded
    }

    // A sponsor pays for the identity that it brings in; everyone else for themselves.
    private mutating func charge(
        _ fee: Amount, for operation: Operation, of subject: NodeID
    ) throws(LedgerRefusal) {
        var payer = subject
        if case .registerIdentity(let registration) = operation, let sponsorship = registration.sponsorship {
            payer = sponsorship.sponsor
        }
        do throws(CaesarError) {
            try Caesar.payFee(fee, from: .node(payer), in: &state, at: block.time)
        } catch {
            throw .caesar(error)
        }
    }

    private mutating func apply(_ operation: Operation, of signed: VerifiedOperation) throws(LedgerRefusal) {
        let subject = signed.subject
        switch operation {
        case .registerIdentity(let registration): try register(registration, as: subject)
        case .updatePlot(let update): try updatePlot(update, of: subject)
        case .trust(let bytes): try applyTrust(bytes, by: subject)
        case .transfer(let transfer): try apply(transfer, from: subject)
        case .offerAssets(let offer): try apply(offer, of: subject)
        case .withdrawOffer: try withdrawOffer(of: subject)
        case .publishProgram(let program): try publish(program, by: subject)
        case .yankProgram(let id): try yank(id, by: subject)
        case .submitJob(let order): try submit(order, by: subject, as: signed.id)
        case .commitReceipt(let commitment): try commit(commitment, by: subject)
        case .revealReceipt(let reveal): try self.reveal(reveal, by: subject)
        case .reportEvidence(let bytes): try recordEvidence(bytes)
        case .setPolicy: throw .policyIsFixed
        case .bond(let amount): try bond(amount, of: subject)
        }
    }

    /// Reads a typed value of the state.
    func read<T: CanonicalDecodable>(_: T.Type = T.self, _ key: StateKey) throws(LedgerRefusal) -> T? {
        do {
            return try state.decoded(T.self, for: key)
        } catch {
            throw .corruptState(error)
        }
    }

    /// The record of a registered identity.
    func identity(_ node: NodeID) throws(LedgerRefusal) -> IdentityRecord {
        guard let record = try read(IdentityRecord.self, LedgerKey.identity(node)) else {
            throw .unknownIdentity(node)
        }
        return record
    }

    /// Moves CAES at the block's time.
    mutating func move(_ amount: Amount, from source: AccountID, to target: AccountID) throws(LedgerRefusal) {
        do throws(CaesarError) {
            try Caesar.move(amount, from: source, to: target, in: &state, at: block.time)
        } catch {
            throw .caesar(error)
        }
    }
}
