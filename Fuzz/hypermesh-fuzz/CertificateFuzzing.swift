import Canonical
import Falcon
import TrustChain

/// Input: two bytes of length before each certificate of a chain, the peer's own first.
enum CertificateFuzzing {
    private static let now = CertificateTime(seconds: 1_795_550_400)

    private static let verifier: ChainVerifier = {
        do {
            return ChainVerifier(anchors: [try authority().certificate], revocations: RevocationSet())
        } catch {
            preconditionFailure("no anchor: \(error)")
        }
    }()

    /// Always the same keys, so that the chains of the seeds lead to the anchor.
    private static func key(_ seed: UInt8) throws -> Falcon1024.PrivateKey {
        try Falcon1024.PrivateKey(seed: [UInt8](repeating: seed, count: 48))
    }

    private static func serial(_ seed: UInt8) -> [UInt8] { (0..<16).map { $0 &* 7 &+ seed } }

    private static func authority() throws -> Authority {
        try Authority(
            root: DistinguishedName(commonName: "Root"), key: key(1),
            serial: SerialNumber(random: serial(7)), now: now.advanced(bySeconds: -86_400))
    }

    static func run(_ input: FuzzInput) -> Int32 {
        var input = input
        var chain: [Certificate] = []
        while !input.isAtEnd, chain.count < 16 {
            let length = Int(input.byte()) << 8 | Int(input.byte())
            let der = input.take(length)
            do throws(TrustChainError) {
                let certificate = try Certificate(derEncoded: der)
                precondition(certificate.encoded == der, "a certificate does not keep its bytes")
                chain.append(certificate)
            } catch {
                precondition(!error.description.isEmpty)
            }
        }
        guard let leaf = chain.first else { return 0 }
        _ = try? leaf.nodeID()
        _ = leaf.label
        do throws(TrustChainError) {
            _ = try verifier.verify(leaf, purpose: .server, now: now, presented: Array(chain.dropFirst()))
        } catch {
            precondition(!error.description.isEmpty)
        }
        return 0
    }

    /// A node's certificate and its root's, alone and together.
    static func seeds() throws -> [[UInt8]] {
        let root = try authority()
        let nodeKey = try key(2)
        let request = try CertificateRequest(subject: DistinguishedName(commonName: "node"), names: [], key: nodeKey)
        let node = try root.issue(
            request, profile: .node, serial: SerialNumber(random: serial(9)), now: now)
        func framed(_ der: [UInt8]) -> [UInt8] { [UInt8(der.count >> 8), UInt8(der.count & 255)] + der }
        let leaf = framed(node.encoded)
        let anchor = framed(root.certificate.encoded)
        return [leaf, anchor, leaf + anchor]
    }
}
