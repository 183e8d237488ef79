import Canonical

extension Consensus {
    mutating func receive(_ certificate: Certificate) {
        guard certificate.view > finalization.view else { return }
        guard (try? certificate.checkSigners(in: configuration.validators, quorum: quorum)) != nil else { return }
        learn(certificate)
    }

    /// Takes a valid certificate into account (rules 3 to 5).
    mutating func learn(_ certificate: Certificate) {
        guard !isHalted, certificate.view > finalization.view, certificate.view < ConsensusLimits.viewMax else {
            return
        }
        switch certificate.kind {
        case .notarize: learnNotarization(certificate)
        case .nullify: learnNullification(certificate)
        case .finalize: learnFinalization(certificate, header: nil)
        }
    }

    private mutating func storeCertificate(_ certificate: Certificate) {
        if !has(.noCertificateLog) { persist(.certificate(certificate)) }
    }

    private mutating func learnNotarization(_ certificate: Certificate) {
        guard let index = openRound(certificate.view) else { return }
        if let known = rounds[index].notarization {
            if known.hash != certificate.hash { halt() }
            return
        }
        rounds[index].notarization = certificate
        storeCertificate(certificate)
        finalizeIfAllowed(certificate, at: index)
        enter(certificate.view + 1, by: certificate)
        step()
    }

    /// Rule 3: vote to finalize a notarized block.
    private mutating func finalizeIfAllowed(_ certificate: Certificate, at index: Int) {
        guard rounds[index].ownFinalize == nil else { return }
        guard !rounds[index].didNullify || has(.finalizeAfterNullify) else { return }
        guard isGateOpen(at: certificate.view) || has(.noGate) else { return }
        guard configuration.me != nil else { return }
        rounds[index].ownFinalize = certificate.hash
        vote(.finalize, certificate.view, certificate.hash)
    }

    /// Whether this node nullified no earlier view of the term since the term's last finalization.
    private func isGateOpen(at view: View) -> Bool {
        var earlier = max(configuration.schedule.firstView(ofTermOf: view), finalization.view + 1)
        while earlier < view {
            if round(earlier)?.didNullify == true { return false }
            earlier += 1
        }
        return true
    }

    private mutating func learnNullification(_ certificate: Certificate) {
        guard let index = openRound(certificate.view), rounds[index].nullification == nil else { return }
        rounds[index].nullification = certificate
        storeCertificate(certificate)
        if certificate.view == view, rounds[index].didNullify {
            delta = min(configuration.timing.deltaMax, delta / 2 * 3)
        }
        enter(configuration.schedule.firstViewAfterTerm(of: certificate.view), by: certificate)
        step()
    }

    /// Rule 5. `header` is the certified block's, when the sender gave it.
    mutating func learnFinalization(_ certificate: Certificate, header: SealedHeader?) {
        guard certificate.view > finalization.view, certificate.view < ConsensusLimits.viewMax else { return }
        if let known = round(certificate.view)?.notarization, known.hash != certificate.hash {
            halt()
            return
        }
        let oldView = finalization.view
        finalization = Finalization(
            view: certificate.view, hash: certificate.hash, certificate: certificate,
            header: header ?? self.header(certificate.hash))
        storeCertificate(certificate)
        pruneRounds(from: oldView)
        delta = max(configuration.timing.deltaMin, delta - delta / 8)
        enter(certificate.view + 1, by: certificate)
        step()
    }

    /// Enters a later view by the certificate that ended the one before.
    private mutating func enter(_ next: View, by certificate: Certificate) {
        guard next > view else { return }
        view = next
        entryCertificate = certificate
        _ = openRound(next)
        emit(.report(.enteredView(next, leader: leader)))
        restartTimers()
    }

    /// Two certificates contradict each other: the assumption of at most a third of liars is broken.
    mutating func halt() {
        isHalted = true
        emit(.report(.conflictingCertificates(view)))
    }
}
