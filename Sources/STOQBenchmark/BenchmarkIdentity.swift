import Canonical
import Falcon
import Foundation
import Logging
import QUIC
import STOQ
import TrustChain

/// A throw-away root with a certificate for each end of the measurement.
struct BenchmarkIdentity {
    let root: Certificate
    let certificate: Certificate
    let key: Falcon1024.PrivateKey

    /// Makes a root and two identities under it.
    static func pair() throws -> (near: BenchmarkIdentity, far: BenchmarkIdentity) {
        let now = CertificateTime(seconds: Int64(Date().timeIntervalSince1970))
        let authority = try Authority(
            root: DistinguishedName(commonName: "bench root"), key: Falcon1024.PrivateKey(), serial: serial(), now: now)
        func issue(_ name: String) throws -> BenchmarkIdentity {
            let key = try Falcon1024.PrivateKey()
            let request = try CertificateRequest(
                subject: DistinguishedName(commonName: name), names: [], key: key)
            let certificate = try authority.issue(request, profile: .node, serial: serial(), now: now)
            return BenchmarkIdentity(root: authority.certificate, certificate: certificate, key: key)
        }
        return (try issue("near"), try issue("far"))
    }

    private static func serial() throws -> SerialNumber {
        var random = SystemRandomSource()
        return try SerialNumber(random: random.bytes(16))
    }

    private init(root: Certificate, certificate: Certificate, key: Falcon1024.PrivateKey) {
        self.root = root
        self.certificate = certificate
        self.key = key
    }

    /// Reads what `write` wrote.
    init(directory: URL) throws {
        func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: directory.appending(path: name))) }
        root = try Certificate(derEncoded: bytes("root.der"))
        certificate = try Certificate(derEncoded: bytes("peer.der"))
        key = try Falcon1024.PrivateKey(rawRepresentation: bytes("peer.key"))
    }

    /// Leaves the identity for the other process, in a directory that only this user can enter.
    func write(to directory: URL) throws {
        try Data(root.encoded).write(to: directory.appending(path: "root.der"))
        try Data(certificate.encoded).write(to: directory.appending(path: "peer.der"))
        try Data(key.rawRepresentation).write(to: directory.appending(path: "peer.key"))
    }

    /// - Parameter resumesSessions: false makes every handshake a whole one.
    func endpoint(resumesSessions: Bool = true) throws -> STOQEndpoint {
        let chain = ChainVerifier(anchors: [root])
        let verifier = MeshVerifier(
            trust: { .init(chain: chain, now: CertificateTime(seconds: Int64(Date().timeIntervalSince1970))) })
        var configuration = STOQConfiguration(
            address: .loopback(port: 0), signer: try MeshCredentials(chain: [certificate], key: key),
            verifier: verifier, logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        configuration.transport.udpPayloadMaximum = BenchmarkPlan.udpPayload
        configuration.resumesSessions = resumesSessions
        return try STOQEndpoint(configuration)
    }
}
