import Canonical
import ProofOfState

/// Looks at every certificate that an honest node accepted: one notarization a view, one finalization a view, and no
/// finalization under a nullification that covers it.
struct CertificateChecker: Sendable {
    private struct Ends: Sendable {
        var notarized: Digest?
        var finalized: Digest?
        var isNullified = false
    }

    private let termLength: UInt64
    private var views: [Ends] = []

    init(termLength: UInt64) {
        self.termLength = termLength
    }

    /// The contradiction that a certificate makes, in words.
    mutating func observe(_ certificate: Certificate) -> String? {
        let view = Int(certificate.view)
        while views.count <= view { views.append(Ends()) }
        switch certificate.kind {
        case .notarize: return observeNotarization(certificate.hash, view)
        case .nullify: return observeNullification(view)
        case .finalize: return observeFinalization(certificate.hash, view)
        }
    }

    private mutating func observeNotarization(_ hash: Digest, _ view: Int) -> String? {
        if let known = views[view].notarized, known != hash { return "two notarizations of view \(view)" }
        if let final = views[view].finalized, final != hash { return "view \(view): notarized and final differ" }
        views[view].notarized = hash
        return nil
    }

    private mutating func observeNullification(_ view: Int) -> String? {
        guard !views[view].isNullified else { return nil }
        views[view].isNullified = true
        let last = min(views.count - 1, lastView(ofTermOf: view))
        for covered in view...last where views[covered].finalized != nil {
            return "nullification of view \(view) covers view \(covered), which is final"
        }
        return nil
    }

    private mutating func observeFinalization(_ hash: Digest, _ view: Int) -> String? {
        guard views[view].finalized == nil else {
            return views[view].finalized == hash ? nil : "two finalizations of view \(view)"
        }
        if let known = views[view].notarized, known != hash { return "view \(view): notarized and final differ" }
        views[view].finalized = hash
        let first = lastView(ofTermOf: view) - Int(termLength) + 1
        for earlier in max(1, first)...max(1, view) where earlier < views.count && views[earlier].isNullified {
            return "view \(view) is final under the nullification of view \(earlier)"
        }
        return nil
    }

    private func lastView(ofTermOf view: Int) -> Int {
        let length = Int(termLength)
        return view == 0 ? 0 : ((view - 1) / length + 1) * length
    }
}
