/// Why an authority does not renew a certificate.
package enum RenewalRefusal: Sendable, Hashable {
    case notIssuedHere
    case expired
    case revoked
    /// The certificate fits none of the profiles that are renewed.
    case noProfile
    /// The new certificate is for another key or subject.
    case otherHolder
}

extension RenewalRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notIssuedHere: "another authority issued the certificate"
        case .expired: "it expired; a new request is needed"
        case .revoked: "it is revoked"
        case .noProfile: "it fits no profile that is renewed"
        case .otherHolder: "the new certificate is for another key or subject"
        }
    }
}
