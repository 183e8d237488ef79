import Canonical
import Falcon
import Foundation
import Node
import Testing
import TrustChain

/// Certificates for a node's own key that the mesh must not accept.
enum CertificateForgery: CaseIterable, CustomTestStringConvertible {
    /// Issued by the root of another mesh.
    case foreign
    /// Issued by the mesh's own root, but over.
    case expired

    var testDescription: String {
        switch self {
        case .foreign: "of another mesh"
        case .expired: "expired"
        }
    }

    /// What the refusal has to say.
    var reason: String {
        switch self {
        case .foreign: "signed itself and is not trusted"
        case .expired: "expired"
        }
    }

    /// Puts the certificate in the place of a node's own, which it gives back.
    func apply(to mesh: String, node: Int) throws -> String {
        let files = MeshDirectory(path: mesh)
        let place = files.node(node).identity
        let original = try PrivateFile.readText(place.certificate)
        let key = try PrivateKeyFile.decode(try PrivateFile.readText(place.key))
        let request = try CertificateRequest(
            subject: DistinguishedName(commonName: "node-\(node)", organization: "HyperMesh"), key: key)
        let authority = try authority(files)
        // Certificates begin to hold a minute before they are issued: this one did, and ended a second later.
        let now = CertificateTime(WallClock().now)
        let issued = try authority.issue(
            request, profile: .node, serial: try serial(), now: self == .expired ? now.advanced(bySeconds: -5) : now,
            terms: IssuanceTerms(lifetimeSeconds: self == .expired ? 1 : nil))
        try PrivateFile.write(issued.pem + authority.certificate.pem, to: place.certificate, isSecret: false)
        return original
    }

    func undo(_ original: String, in mesh: String, node: Int) throws {
        try PrivateFile.write(
            original, to: MeshDirectory(path: mesh).node(node).identity.certificate, isSecret: false)
    }

    private func authority(_ files: MeshDirectory) throws -> Authority {
        switch self {
        case .foreign:
            try Authority(
                root: DistinguishedName(commonName: "other root", organization: "HyperMesh"),
                key: Falcon1024.PrivateKey(), serial: try serial(), now: CertificateTime(WallClock().now))
        case .expired:
            try Authority(
                certificate: Certificate(pem: try PrivateFile.readText(files.authority)),
                key: try PrivateKeyFile.decode(try PrivateFile.readText(files.root.key)))
        }
    }

    private func serial() throws -> SerialNumber {
        var random = SystemRandomSource()
        return try SerialNumber(random: random.bytes(16))
    }
}
