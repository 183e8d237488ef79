/// Why an authority does not issue what a request asks for.
package enum RequestRefusal: Sendable, Hashable {
    /// The profile is for the authority itself, not for requests.
    case profileNotRequestable
    /// The request asks for an extension that a requester may not choose.
    case extensionNotAllowed(String)
    /// The profile needs a name of this form and the request has none.
    case nameMissing(String)
    /// The profile does not certify names of this form.
    case nameNotAllowed(String)
    /// A DNS name or URI that is not well formed.
    case nameMalformed(String)
    case subjectMissing
    case lifetimeTooLong(seconds: Int64, limit: Int64)
    case lifetimeNotPositive
    /// The certificate would outlive its issuer's.
    case outlivesIssuer
    /// The issuer's path length leaves no room for another authority.
    case noRoomForAuthority
}

extension RequestRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .profileNotRequestable: "this profile is not issued on request"
        case .extensionNotAllowed(let identifier): "extension \(identifier) is not for the requester to choose"
        case .nameMissing(let form): "a name of the form \(form) is needed"
        case .nameNotAllowed(let name): "'\(name)' is not certified under this profile"
        case .nameMalformed(let name): "'\(name)' is not well formed"
        case .subjectMissing: "the subject has no name"
        case .lifetimeTooLong(let seconds, let limit): "a lifetime of \(seconds) s exceeds \(limit) s"
        case .lifetimeNotPositive: "the lifetime is not positive"
        case .outlivesIssuer: "the certificate would outlive its issuer's"
        case .noRoomForAuthority: "the issuer's path length leaves no room for another authority"
        }
    }
}
