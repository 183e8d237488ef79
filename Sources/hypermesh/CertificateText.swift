import Canonical
import TrustChain

/// A certificate for people and machines.
struct CertificateText: Encodable {
    let subject: String
    let issuer: String
    let serial: String
    let notBefore: String
    let notAfter: String
    let algorithm: String
    let id: String
    let names: [String]
    let fingerprint: String

    init(_ certificate: Certificate) throws(TrustChainError) {
        subject = certificate.subject.description
        issuer = certificate.issuer.description
        serial = certificate.serialNumber.description
        notBefore = certificate.validity.notBefore.description
        notAfter = certificate.validity.notAfter.description
        algorithm = "Falcon-1024 (round 3, padded)"
        id = try certificate.nodeID().description
        names = certificate.extensions.names.map(\.description)
        fingerprint = certificate.fingerprint.description
    }

    func print(as form: OutputForm) throws {
        if form == .json { return try Terminal.printJSON(self) }
        Terminal.say(
            """
            subject      \(subject)
            issuer       \(issuer)
            serial       \(serial)
            valid        \(notBefore) to \(notAfter)
            key          \(algorithm), id \(id)
            names        \(names.joined(separator: ", "))
            fingerprint  \(fingerprint)
            """)
    }
}
