import Crypto
import FoundationEssentials
import TLS

/// A server's certificate with its P-256 key, from PEM files.
struct ClassicalSigner: CertificateSigner {
    let certificateChain: [[UInt8]]
    let schemes: [SignatureScheme] = [.ecdsaSecp256r1SHA256]
    private let key: P256.Signing.PrivateKey

    /// `malformedPEM` when the files hold no certificate, no P-256 key, or a key that is not the certificate's.
    init(certificatePath: String, keyPath: String) throws(ConformanceError) {
        let certificates = try PEMBlock.blocks(path: certificatePath).filter { $0.label == "CERTIFICATE" }
        certificateChain = certificates.map(\.content)
        guard let leaf = certificateChain.first else {
            throw .malformedPEM(path: certificatePath, reason: "no certificate")
        }
        let block = try PEMBlock.blocks(path: keyPath).first { ["PRIVATE KEY", "EC PRIVATE KEY"].contains($0.label) }
        guard let block else { throw .malformedPEM(path: keyPath, reason: "no private key") }
        do {
            key = try P256.Signing.PrivateKey(derRepresentation: block.content)
        } catch {
            throw .malformedPEM(path: keyPath, reason: "not a P-256 private key")
        }
        guard let info = DERCursor.publicKeyInfo(ofCertificate: leaf),
            case .p256(let certified)? = ClassicalKey(publicKeyInfo: info),
            certified.rawRepresentation == key.publicKey.rawRepresentation
        else { throw .malformedPEM(path: certificatePath, reason: "not a certificate of the given key") }
    }

    func signature(for message: [UInt8], scheme: SignatureScheme) throws -> [UInt8] {
        Array(try key.signature(for: message).derRepresentation)
    }
}
