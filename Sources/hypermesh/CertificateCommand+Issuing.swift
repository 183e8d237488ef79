import ArgumentParser
import Canonical
import Falcon
import Ledger
import Node
import TrustChain

extension CertificateProfile: ExpressibleByArgument {}
extension RevocationReason: ExpressibleByArgument {}

extension CertificateCommand {
    struct Request: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "request", abstract: "Make a key and a request for a certificate (PKCS #10).")

        @Argument(help: "Common name of the subject.") var name: String
        @Option(name: .long, help: "Where the private key goes.") var key: String
        @Option(name: .long, help: "Where the request goes.") var request: String
        @Option(name: .long, help: "A DNS name; repeat for more.") var dns: [String] = []

        func run() async throws {
            do {
                let made = try Falcon1024.PrivateKey()
                let request = try CertificateRequest(
                    subject: DistinguishedName(commonName: name), names: dns.map { .dns($0) }, key: made)
                try PrivateFile.write(PrivateKeyFile.encode(made), to: key)
                try PrivateFile.write(request.pem, to: self.request, isSecret: false)
                Terminal.say("key in \(key), request in \(self.request)")
            } catch {
                throw Terminal.failure(error)
            }
        }
    }

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "issue", abstract: "Issue a certificate for a request and put it into the certificate log.")

        @OptionGroup var options: MeshOptions
        @Argument(help: "The request: a PEM file.") var request: String
        @Option(name: .long, help: "node, service, person, code-signing or intermediate.")
        var profile: CertificateProfile = .person
        @Option(name: .long, help: "Where the certificate goes, with its issuer's behind it.") var certificate: String
        @Option(name: .long, help: "Days that it holds; the profile's default without it.") var days: Int64?

        func run() async throws {
            try await CertificateCommand.withAuthority(options) { authority, client in
                let request = try CertificateRequest(pem: try PrivateFile.readText(request))
                let issued = try authority.issue(
                    request, profile: profile, serial: try CertificateCommand.newSerial(),
                    now: CertificateTime(WallClock().now),
                    terms: IssuanceTerms(lifetimeSeconds: days.map { $0 * 86_400 }))
                let operation = TrustOperation.issueCertificate(issued.encoded)
                let final = try await client.submit(.trust(operation.canonicalBytes))
                try PrivateFile.write(issued.pem + authority.certificate.pem, to: certificate, isSecret: false)
                Terminal.say("issued \(issued.serialNumber) in block \(final.height)")
            }
        }
    }

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "renew", abstract: "Issue the successor of a certificate and put it into the certificate log.",
            discussion: "A running node takes its new certificate at its next start.")

        @OptionGroup var options: MeshOptions
        @Argument(help: "A PEM file, 'user', or the number of a node.") var what: String

        func run() async throws {
            try await CertificateCommand.withAuthority(options) { authority, client in
                let path = CertificateCommand.path(what, options.mesh)
                let old = try CertificateCommand.leaf(of: path)
                let renewed = try authority.renew(
                    old, serial: try CertificateCommand.newSerial(), now: CertificateTime(WallClock().now),
                    revocations: RevocationSet())
                let operation = TrustOperation.renewCertificate(renewed.encoded, replaces: old.serialNumber)
                let final = try await client.submit(.trust(operation.canonicalBytes))
                try PrivateFile.write(renewed.pem + authority.certificate.pem, to: path, isSecret: false)
                Terminal.say("renewed as \(renewed.serialNumber) in block \(final.height)")
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Revoke a certificate, for all members at once.")

        @OptionGroup var options: MeshOptions
        @Argument(help: "A PEM file, 'user', or the number of a node.") var what: String
        @Option(name: .long, help: "Why: a reason of RFC 5280 §5.3.1.") var reason: RevocationReason = .unspecified

        func run() async throws {
            try await CertificateCommand.withAuthority(options) { _, client in
                let certificate = try CertificateCommand.leaf(of: CertificateCommand.path(what, options.mesh))
                let reference = try TrustState.reference(to: certificate)
                let operation = TrustOperation.revokeCertificate(
                    authority: reference.authority, serial: reference.serial, reason: reason)
                let final = try await client.submit(.trust(operation.canonicalBytes))
                Terminal.say("revoked \(certificate.serialNumber) in block \(final.height)")
            }
        }
    }

    /// The root authority of the mesh in the directory, whose key is at hand, and a client.
    private static func withAuthority(
        _ options: MeshOptions,
        _ body: (Authority, MeshClient) async throws -> Void
    ) async throws {
        try await options.withClient(as: options.mesh.root) { client in
            let root = try IdentityFiles(reading: options.mesh.root)
            let certificate = try Certificate(pem: try PrivateFile.readText(options.mesh.authority))
            try await body(try Authority(certificate: certificate, key: root.key), client)
        }
    }

    private static func newSerial() throws(TrustChainError) -> SerialNumber {
        var random = SystemRandomSource()
        return try SerialNumber(random: random.bytes(16))
    }
}
