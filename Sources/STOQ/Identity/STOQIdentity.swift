public import Canonical
import Falcon
import Glibc
import TLS
import TrustChain

/// Who an endpoint is: a FALCON-1024 key and the certificate that it makes for itself. Peers know it by its ``id``.
///
/// Members of a mesh have certificates of the mesh's authority instead.
public struct STOQIdentity: Sendable {
    /// The hash of the public key: what a peer names in ``STOQTrust/peers(_:)``.
    public let id: NodeID
    let credentials: MeshCredentials
    private let key: Falcon1024.PrivateKey

    /// Makes a new key, in some ten milliseconds.
    /// - Parameter name: goes into the certificate, for people to read; 1 to 64 characters.
    /// - Throws: `invalidIdentity`.
    public init(name: String) throws(STOQError) {
        let key: Falcon1024.PrivateKey
        do throws(FalconError) {
            key = try Falcon1024.PrivateKey()
        } catch {
            throw .invalidIdentity("no key could be made: \(error)")
        }
        try self.init(name: name, key: key)
    }

    /// Takes a key that was kept with ``privateKey(passphrase:)``. The certificate is made anew, for 90 days.
    /// - Throws: `invalidIdentity` when the text is no FALCON-1024 key or the passphrase is wrong.
    public init(name: String, privateKey pem: String, passphrase: String? = nil) throws(STOQError) {
        let key: Falcon1024.PrivateKey
        do throws(TrustChainError) {
            key = try PrivateKeyFile.decode(pem, passphrase: passphrase)
        } catch {
            throw .invalidIdentity(error.description)
        }
        try self.init(name: name, key: key)
    }

    private init(name: String, key: Falcon1024.PrivateKey) throws(STOQError) {
        guard (1...64).contains(name.count) else { throw .invalidIdentity("a name has 1 to 64 characters") }
        self.key = key
        id = NodeID(publicKey: key.publicKey.rawRepresentation)
        do throws(TrustChainError) {
            credentials = try MeshCredentials(chain: [Self.certificate(name, key)], key: key)
        } catch {
            throw .invalidIdentity(error.description)
        }
    }

    /// Five minutes old, since clocks differ.
    private static func certificate(
        _ name: String, _ key: Falcon1024.PrivateKey
    ) throws(TrustChainError) -> Certificate {
        var random = SystemRandomSource()
        let start = CertificateTime(seconds: Int64(time(nil)) - 300)
        let own = try Authority(
            root: DistinguishedName(commonName: name), key: key, serial: SerialNumber(random: random.bytes(16)),
            now: start)
        let request = try CertificateRequest(subject: DistinguishedName(commonName: name), names: [], key: key)
        return try own.issue(
            request, profile: .node, serial: SerialNumber(random: random.bytes(16)), now: start)
    }

    /// The key as PEM (PKCS #8), to keep where nobody else reads it.
    /// - Parameter passphrase: encrypts it; nil writes it in the clear.
    /// - Throws: `invalidIdentity`.
    public func privateKey(passphrase: String? = nil) throws(STOQError) -> String {
        guard let passphrase else { return PrivateKeyFile.encode(key) }
        do throws(TrustChainError) {
            var random = SystemRandomSource()
            return try PrivateKeyFile.encode(key, passphrase: passphrase, random: &random)
        } catch {
            throw .invalidIdentity(error.description)
        }
    }
}
