import Canonical
import Falcon
import Logging
import QUIC
import Synchronization
import TLS
import TrustChain

@testable import STOQ

/// A small mesh: a root, a foreign root, and nodes whose certificates the tests bend. Keys are made once.
enum MeshFixture {
    static let rootKey = Result { try Falcon1024.PrivateKey() }
    static let foreignKey = Result { try Falcon1024.PrivateKey() }
    private static let serverKey = Result { try Falcon1024.PrivateKey() }
    private static let clientKey = Result { try Falcon1024.PrivateKey() }

    /// 2026-11-24T20:00:00Z.
    static let now = CertificateTime(seconds: 1_795_550_400)
    static let day: Int64 = 86_400

    enum Node {
        case server, client

        var key: Falcon1024.PrivateKey {
            get throws { try self == .server ? serverKey.get() : clientKey.get() }
        }
    }

    private static func authority(_ name: String, _ key: Result<Falcon1024.PrivateKey, any Error>) throws -> Authority {
        try Authority(
            root: DistinguishedName(commonName: name), key: key.get(), serial: serial(1),
            now: now.advanced(bySeconds: -400 * day))
    }

    static func root() throws -> Authority { try authority("Root", rootKey) }
    static func foreignRoot() throws -> Authority { try authority("Foreign", foreignKey) }

    static func serial(_ number: UInt8) throws -> SerialNumber {
        try SerialNumber(random: (0..<16).map { $0 &* 7 &+ number })
    }

    /// A node's certificate, issued `daysAgo` days ago for 90 days.
    static func certificate(_ node: Node, by authority: Authority, daysAgo: Int64 = 1) throws -> Certificate {
        let request = try CertificateRequest(
            subject: DistinguishedName(commonName: "\(node)"), names: [], key: node.key)
        return try authority.issue(
            request, profile: .node, serial: serial(node == .server ? 2 : 3),
            now: now.advanced(bySeconds: -daysAgo * day))
    }

    static func credentials(_ node: Node, by authority: Authority? = nil, daysAgo: Int64 = 1) throws -> MeshCredentials
    {
        let certificate = try certificate(node, by: authority ?? root(), daysAgo: daysAgo)
        return try MeshCredentials(chain: [certificate], key: node.key)
    }

    static func verifier(
        revoked: [Certificate] = [], refused: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> MeshVerifier {
        var revocations = RevocationSet()
        for certificate in revoked {
            revocations.insert(
                issuer: certificate.issuer, serial: certificate.serialNumber, reason: .keyCompromise)
        }
        let chain = ChainVerifier(anchors: [try root().certificate], revocations: revocations)
        return MeshVerifier(trust: { .init(chain: chain, now: now) }, refused: refused)
    }

    static func endpoint(
        _ node: Node,
        credentials: MeshCredentials? = nil,
        verifier: MeshVerifier? = nil,
        log: Notes = Notes(),
        change: (inout STOQConfiguration) -> Void = { _ in }
    ) throws -> STOQEndpoint {
        var configuration = STOQConfiguration(
            address: .loopback(port: 0), signer: try credentials ?? self.credentials(node),
            verifier: try verifier ?? self.verifier(), logger: log.logger)
        change(&configuration)
        return try STOQEndpoint(configuration)
    }
}

/// What was noted, in order.
final class Notes: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }

    func contains(_ text: String) -> Bool { all.contains { $0.contains(text) } }

    /// A logger that notes every line with its metadata.
    var logger: Logger {
        var logger = Logger(label: "test") { _ in NotingHandler(notes: self) }
        logger.logLevel = .debug
        return logger
    }
}

private struct NotingHandler: LogHandler {
    let notes: Notes
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        notes.add("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
}
