import Canonical

extension HashDomain {
    /// Name of a transparency log: hash of its first root certificate.
    static let trustLog = HashDomain("HM/trust-log")
}
