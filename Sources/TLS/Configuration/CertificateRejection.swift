/// Why a verifier refused a certificate chain.
public struct CertificateRejection: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of refusal that TLS has an alert for (RFC 8446 §6.2).
    public enum Reason: Sendable, Hashable {
        /// Corrupt: does not parse, or a signature in the chain does not verify.
        case bad
        /// A kind of certificate or key that is not understood.
        case unsupported
        case revoked
        /// Not yet or no longer valid.
        case expired
        /// Not for this name or use, or another fault of its contents.
        case unacceptable
        /// No trusted authority leads to it.
        case unknownAuthority
        /// Valid, but this peer may not enter.
        case accessDenied
    }

    public let reason: Reason
    /// What exactly was wrong, for this side's log; never sent.
    public let detail: String

    public init(_ reason: Reason, detail: String) {
        self.reason = reason
        self.detail = detail
    }

    /// The alert that tells the peer.
    public var alert: AlertDescription {
        switch reason {
        case .bad: .badCertificate
        case .unsupported: .unsupportedCertificate
        case .revoked: .certificateRevoked
        case .expired: .certificateExpired
        case .unacceptable: .certificateUnknown
        case .unknownAuthority: .unknownCA
        case .accessDenied: .accessDenied
        }
    }

    public var description: String { "certificate refused (\(reason)): \(detail)" }
}
