import Caesar
import Catalog
import Satchel

extension LedgerRefusal {
    /// A stable number for programs: hundreds name the system (1 ledger, 2 Caesar, 3 Catalog, 4 Satchel, 5 TrustChain).
    package var code: UInt16 {
        switch self {
        case .malformed: 101
        case .kindMismatch: 102
        case .expired: 103
        case .wrongSequence: 104
        case .unknownIdentity: 105
        case .identityExists: 106
        case .invalidPublicKey: 107
        case .subjectMismatch: 108
        case .invalidPlotAudit: 109
        case .sponsorRequired: 110
        case .sponsorshipExpired: 111
        case .sponsorBondTooSmall: 112
        case .invalidSponsorSignature: 113
        case .noOffer: 114
        case .policyIsFixed: 115
        case .evidenceKnown: 116
        case .invalidEvidence: 117
        case .corruptState: 199
        case .caesar(let error): LedgerRefusal.code(of: error)
        case .catalog(let error): LedgerRefusal.code(of: error)
        case .satchel(let error): LedgerRefusal.code(of: error)
        case .trust: 500
        }
    }

    private static func code(of error: CaesarError) -> UInt16 {
        switch error {
        case .insufficientBalance: 201
        case .zeroAmount: 202
        case .sameAccount: 203
        case .escrowExists: 204
        case .unknownEscrow: 205
        case .escrowMismatch: 206
        case .overflow: 207
        case .vestingExists: 208
        case .corruptState: 209
        case .notConserved: 210
        }
    }

    private static func code(of error: CatalogError) -> UInt16 {
        switch error {
        case .malformedProgram: 301
        case .malformedOrder: 302
        case .unknownProgram: 303
        case .programExists: 304
        case .programYanked: 305
        case .notPublisher: 306
        case .limitExceeded: 307
        case .unknownJob: 308
        case .notEnoughProviders: 309
        case .notAssigned: 310
        case .wrongPhase: 311
        case .alreadyCommitted: 312
        case .alreadyRevealed: 313
        case .notCommitted: 314
        case .commitmentMismatch: 315
        case .malformedReceipt: 316
        }
    }

    private static func code(of error: SatchelError) -> UInt16 {
        switch error {
        case .kindNotOffered: 401
        case .shareExceeded: 402
        case .usersExceeded: 403
        case .durationExceeded: 404
        case .stateAdmitsNoGrants: 405
        case .illegalTransition: 406
        case .grantsActive: 407
        case .grantsExceedOffer: 408
        case .unknownGrant: 409
        case .grantExists: 410
        case .tooManyGrants: 411
        case .alreadyExpired: 412
        case .zeroAmount: 413
        case .malformedOffer: 414
        }
    }
}
