import Crypto
import Foundation

@testable import TLS

/// The `openssl` program as a peer, with certificates that it makes itself.
final class OpenSSL {
    static let path = "/usr/bin/openssl"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    enum Kind: String, CaseIterable, Sendable {
        case p256
        case ed25519
    }

    struct Credentials: Sendable {
        let certificatePath: String
        let keyPath: String
        let signer: TestSigner
        var certificate: [UInt8] { signer.certificateChain[0] }
    }

    let folder: URL
    private var processes: [PeerProcess] = []

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("tls-interop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        processes.forEach { $0.end() }
        try? FileManager.default.removeItem(at: folder)
    }

    func credentials(_ kind: Kind, name: String) throws -> Credentials {
        let certificate = folder.appendingPathComponent("\(name).pem")
        let key = folder.appendingPathComponent("\(name).key")
        let algorithm =
            switch kind {
            case .p256: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
            case .ed25519: ["-newkey", "ed25519"]
            }
        let request = try start(
            [
                "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=\(name)", "-keyout", key.path,
                "-out", certificate.path,
            ] + algorithm)
        try request.waitForSuccess()
        let der = try Self.decodePEM(certificate)
        return Credentials(
            certificatePath: certificate.path,
            keyPath: key.path,
            signer: TestSigner(key: try Self.loadKey(key, kind), certificateChain: [der]))
    }

    /// Starts `openssl`, or another program, which ends with this value.
    func start(_ arguments: [String], program: String = OpenSSL.path) throws -> PeerProcess {
        let process = try PeerProcess(program, arguments)
        processes.append(process)
        return process
    }

    private static func loadKey(_ url: URL, _ kind: Kind) throws -> TestKey {
        let der = try decodePEM(url)
        return switch kind {
        case .p256: .p256(try .init(derRepresentation: der))
        // RFC 8410: the last 32 bytes of the PKCS #8 structure are the seed.
        case .ed25519: .ed25519(try .init(rawRepresentation: der.suffix(32)))
        }
    }

    private static func decodePEM(_ url: URL) throws -> [UInt8] {
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("-") }
        return Array(Data(base64Encoded: lines.joined()) ?? Data())
    }
}
