import Canonical

/// When a certificate's holder asks for the next one.
package enum RenewalSchedule {
    /// Half of the certificate's life, give or take a twentieth of it, so that holders who got their certificates
    /// together do not renew together. The same `seed` gives the same time.
    package static func renewalTime(for validity: Validity, seed: UInt64) -> CertificateTime {
        let lifetime = validity.lifetimeSeconds
        let jitter = lifetime / 20
        var random = SplitMix64(seed: seed)
        let offset = Int64(random.next() % UInt64(2 * jitter + 1)) - jitter
        return validity.notBefore.advanced(bySeconds: lifetime / 2 + offset)
    }
}
