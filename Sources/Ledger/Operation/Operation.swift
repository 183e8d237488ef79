package import Canonical
package import Catalog
package import Satchel

/// Everything that can change the shared state: the one way in. The subject who signed it stands in the envelope
/// around it, not here.
///
/// Encoding: BCS enumeration; the indices are fixed for ever, new ones are added at the end.
package enum Operation: Sendable, Hashable {
    /// Bytes of an opaque payload (a trust operation, evidence) at most.
    package static let opaqueBytesMax = 128 << 10

    /// A new identity with its plot.
    case registerIdentity(IdentityRegistration)
    /// Another plot in place of the subject's old one.
    case updatePlot(PlotUpdate)
    /// Canonical bytes of a TrustChain operation.
    case trust([UInt8])
    case transfer(Transfer)
    /// Offers the subject's resources, or replaces its offer.
    case offerAssets(AssetOffer)
    /// Takes the subject's offer back; refused while grants stand.
    case withdrawOffer
    case publishProgram(Program)
    case yankProgram(ProgramID)
    case submitJob(JobOrder)
    case commitReceipt(ReceiptCommitment)
    case revealReceipt(ReceiptReveal)
    /// Canonical bytes of evidence against a validator.
    case reportEvidence([UInt8])
    /// Changes a row of the policy table. Refused after genesis as long as there is no governance.
    case setPolicy(PolicyEntry)
    /// Moves this sum from the subject's account to its bond.
    case bond(Amount)

    package var kind: OperationKind {
        switch self {
        case .registerIdentity: .registerIdentity
        case .updatePlot: .updatePlot
        case .trust: .trust
        case .transfer: .transfer
        case .offerAssets: .offerAssets
        case .withdrawOffer: .withdrawOffer
        case .publishProgram: .publishProgram
        case .yankProgram: .yankProgram
        case .submitJob: .submitJob
        case .commitReceipt: .commitReceipt
        case .revealReceipt: .revealReceipt
        case .reportEvidence: .reportEvidence
        case .setPolicy: .setPolicy
        case .bond: .bond
        }
    }
}

extension Operation: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encodeVariant(UInt32(kind.rawValue))
        switch self {
        case .registerIdentity(let registration): encoder.encode(registration)
        case .updatePlot(let update): encoder.encode(update)
        case .trust(let bytes), .reportEvidence(let bytes): encoder.encodeBytes(bytes)
        case .transfer(let transfer): encoder.encode(transfer)
        case .offerAssets(let offer): encoder.encode(offer)
        case .withdrawOffer: break
        case .publishProgram(let program): encoder.encode(program)
        case .yankProgram(let program): encoder.encode(program)
        case .submitJob(let order): encoder.encode(order)
        case .commitReceipt(let commitment): encoder.encode(commitment)
        case .revealReceipt(let reveal): encoder.encode(reveal)
        case .setPolicy(let entry): encoder.encode(entry)
        case .bond(let amount): encoder.encode(amount)
        }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        switch try decoder.decode(OperationKind.self) {
        case .registerIdentity: self = .registerIdentity(try decoder.decode())
        case .updatePlot: self = .updatePlot(try decoder.decode())
        case .trust: self = .trust(try decoder.decodeBytes(limit: Operation.opaqueBytesMax))
        case .transfer: self = .transfer(try decoder.decode())
        case .offerAssets: self = .offerAssets(try decoder.decode())
        case .withdrawOffer: self = .withdrawOffer
        case .publishProgram: self = .publishProgram(try decoder.decode())
        case .yankProgram: self = .yankProgram(try decoder.decode())
        case .submitJob: self = .submitJob(try decoder.decode())
        case .commitReceipt: self = .commitReceipt(try decoder.decode())
        case .revealReceipt: self = .revealReceipt(try decoder.decode())
        case .reportEvidence: self = .reportEvidence(try decoder.decodeBytes(limit: Operation.opaqueBytesMax))
        case .setPolicy: self = .setPolicy(try decoder.decode())
        case .bond: self = .bond(try decoder.decode())
        }
    }
}
