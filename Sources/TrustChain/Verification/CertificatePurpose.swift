/// What a verified certificate is wanted for.
package enum CertificatePurpose: Sendable, Hashable {
    case server
    case client
    case codeSigning
    /// To sign certificates.
    case authority

    /// The extended key usage that the leaf must name; nil when none is needed.
    var extendedUsage: OID? {
        switch self {
        case .server: .serverAuthentication
        case .client: .clientAuthentication
        case .codeSigning: .codeSigning
        case .authority: nil
        }
    }

    /// The key usage that the leaf must have.
    var keyUsage: KeyUsage { self == .authority ? .certificateSigning : .digitalSignature }
}

extension CertificatePurpose: CustomStringConvertible {
    package var description: String {
        switch self {
        case .server: "serving"
        case .client: "acting as a client"
        case .codeSigning: "signing code"
        case .authority: "signing certificates"
        }
    }
}
