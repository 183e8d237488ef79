import Canonical
import Crypto

/// An ephemeral private key of one group, and the exchange with a peer's share.
enum KeyPair: Sendable {
    case x25519(Curve25519.KeyAgreement.PrivateKey)
    case secp256r1(P256.KeyAgreement.PrivateKey)
    case secp384r1(P384.KeyAgreement.PrivateKey)
    case x25519MLKEM768(MLKEM768.PrivateKey, Curve25519.KeyAgreement.PrivateKey)

    static let mlkem768PublicKeyByteCount = 1184
    static let mlkem768CiphertextByteCount = 1088
    static let x25519ByteCount = 32

    /// Makes a key from `random`.
    static func generate(_ group: NamedGroup, random: inout any RandomSource & Sendable) throws(TLSError) -> KeyPair {
        do {
            switch group {
            case .x25519:
                return .x25519(try .init(rawRepresentation: random.bytes(32)))
            case .secp256r1:
                return .secp256r1(try scalar(byteCount: 32, random: &random) { try .init(rawRepresentation: $0) })
            case .secp384r1:
                return .secp384r1(try scalar(byteCount: 48, random: &random) { try .init(rawRepresentation: $0) })
            case .x25519MLKEM768:
                let seed = random.bytes(64)
                return .x25519MLKEM768(
                    try MLKEM768.PrivateKey(seedRepresentation: seed, publicKey: nil),
                    try .init(rawRepresentation: random.bytes(32)))
            default:
                throw TLSError.internalFailure("group \(group.rawValue) cannot be computed")
            }
        } catch let error as TLSError {
            throw error
        } catch {
            throw .internalFailure("no key for group \(group.rawValue): \(error)")
        }
    }

    /// Draws scalars until one is in the curve's range: the chance to miss once is below 2^-32.
    private static func scalar<Key>(
        byteCount: Int,
        random: inout any RandomSource & Sendable,
        make: ([UInt8]) throws -> Key
    ) throws -> Key {
        for _ in 0..<8 {
            if let key = try? make(random.bytes(byteCount)) { return key }
        }
        throw TLSError.internalFailure("the random source yields no scalar")
    }

    var group: NamedGroup {
        switch self {
        case .x25519: .x25519
        case .secp256r1: .secp256r1
        case .secp384r1: .secp384r1
        case .x25519MLKEM768: .x25519MLKEM768
        }
    }

    /// The share a client sends.
    var clientShare: KeyShareEntry {
        let share: [UInt8] =
            switch self {
            case .x25519(let key): Array(key.publicKey.rawRepresentation)
            case .secp256r1(let key): Array(key.publicKey.x963Representation)
            case .secp384r1(let key): Array(key.publicKey.x963Representation)
            case .x25519MLKEM768(let kem, let key):
                Array(kem.publicKey.rawRepresentation) + Array(key.publicKey.rawRepresentation)
            }
        return KeyShareEntry(group: group, share: share)
    }

    /// The secret that a client shares with the server whose share this is.
    func sharedSecret(withServerShare share: [UInt8]) throws(TLSError) -> SymmetricKey {
        do {
            guard case .x25519MLKEM768(let kem, let key) = self else { return try agree(share) }
            guard share.count == Self.mlkem768CiphertextByteCount + Self.x25519ByteCount else {
                throw TLSError.illegalParameter("key share of \(share.count) bytes")
            }
            let encapsulated = Array(share.prefix(Self.mlkem768CiphertextByteCount))
            let point = Array(share.suffix(Self.x25519ByteCount))
            return Self.join(try kem.decapsulate(encapsulated), try KeyPair.x25519(key).agree(point))
        } catch {
            throw .illegalParameter("key share of group \(group.rawValue)")
        }
    }

    /// A server's share in answer to a client's, and the secret they share. ML-KEM's encapsulation draws on the
    /// operating system's randomness inside swift-crypto; everything else comes from `random`.
    static func answer(
        _ client: KeyShareEntry,
        random: inout any RandomSource & Sendable
    ) throws(TLSError) -> (share: KeyShareEntry, secret: SymmetricKey) {
        let isHybrid = client.group == .x25519MLKEM768
        let own = try generate(isHybrid ? .x25519 : client.group, random: &random)
        do {
            guard isHybrid else { return (own.clientShare, try own.agree(client.share)) }
            guard client.share.count == mlkem768PublicKeyByteCount + x25519ByteCount else {
                throw TLSError.illegalParameter("key share of \(client.share.count) bytes")
            }
            let kem = try MLKEM768.PublicKey(
                rawRepresentation: Array(client.share.prefix(mlkem768PublicKeyByteCount)))
            let agreed = try own.agree(Array(client.share.suffix(x25519ByteCount)))
            let result = try kem.encapsulate()
            let share = Array(result.encapsulated) + own.clientShare.share
            return (KeyShareEntry(group: client.group, share: share), join(result.sharedSecret, agreed))
        } catch {
            throw .illegalParameter("key share of group \(client.group.rawValue)")
        }
    }

    /// Diffie-Hellman alone. The library refuses points off the curve; X25519's all-zero result, which a share of
    /// small order leads to, is refused here, in constant time (RFC 8446 §7.4.2).
    private func agree(_ share: [UInt8]) throws -> SymmetricKey {
        let secret: SharedSecret =
            switch self {
            case .x25519(let key), .x25519MLKEM768(_, let key):
                try key.sharedSecretFromKeyAgreement(with: .init(rawRepresentation: share))
            case .secp256r1(let key):
                try key.sharedSecretFromKeyAgreement(with: .init(x963Representation: share))
            case .secp384r1(let key):
                try key.sharedSecretFromKeyAgreement(with: .init(x963Representation: share))
            }
        let isZero = secret.withUnsafeBytes { $0.reduce(0, |) } == 0
        guard !isZero else { throw TLSError.illegalParameter("key share of small order") }
        return secret.withUnsafeBytes { SymmetricKey(data: $0) }
    }

    private static func join(_ first: SymmetricKey, _ second: SymmetricKey) -> SymmetricKey {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        first.withUnsafeBytes { bytes.append(contentsOf: $0) }
        second.withUnsafeBytes { bytes.append(contentsOf: $0) }
        defer { bytes.withUnsafeMutableBytes { _ = $0.initializeMemory(as: UInt8.self, repeating: 0) } }
        return SymmetricKey(data: bytes)
    }
}
