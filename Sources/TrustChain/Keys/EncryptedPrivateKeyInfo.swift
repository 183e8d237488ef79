import Crypto
import CryptoExtras
import FoundationEssentials
import SwiftASN1

/// A private key under a passphrase: EncryptedPrivateKeyInfo (RFC 5958 §3) with PBES2 (RFC 8018 §6.2), scrypt
/// (RFC 7914 §7) and AES-256-GCM (RFC 5084 §3.2).
struct EncryptedPrivateKeyInfo {
    let salt: [UInt8]
    let cost: ScryptCost
    let nonce: [UInt8]
    /// Ciphertext, then the tag of 16 bytes.
    let encrypted: [UInt8]

    private static let structure = "encrypted private key"
    private static let keyByteCount = 32
    private static let tagByteCount = 16

    init(
        sealing content: [UInt8],
        passphrase: String,
        cost: ScryptCost,
        salt: [UInt8],
        nonce: [UInt8]
    ) throws(TrustChainError) {
        try cost.check()
        self.salt = salt
        self.cost = cost
        self.nonce = nonce
        do {
            let key = try Self.key(passphrase: passphrase, salt: salt, cost: cost)
            let box = try AES.GCM.seal(content, using: key, nonce: AES.GCM.Nonce(data: nonce))
            encrypted = Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw .malformed(structure: Self.structure, reason: "\(error)")
        }
    }

    init(derEncoded der: [UInt8]) throws(TrustChainError) {
        var reader = try DERReader(
            DERReader.root(der, limit: Limits.certificateBytesMax, structure: Self.structure),
            structure: Self.structure)
        let parameters = try Self.parameters(reader.next(), algorithm: .passwordBasedEncryption2)
        encrypted = Array(try reader.next().primitive(.octetString, structure: Self.structure))
        try reader.finish()
        var schemes = try DERReader(parameters, structure: Self.structure)
        let derivation = try Self.parameters(schemes.next(), algorithm: .scrypt)
        let cipher = try Self.parameters(schemes.next(), algorithm: .aes256GCM)
        try schemes.finish()
        (salt, cost) = try Self.scrypt(derivation)
        nonce = try Self.nonce(cipher)
    }

    /// The content; `wrongPassphrase` when the tag does not fit.
    func open(passphrase: String) throws(TrustChainError) -> [UInt8] {
        try cost.check()
        guard nonce.count == 12, encrypted.count > Self.tagByteCount else {
            throw .malformed(structure: Self.structure, reason: "nonce or ciphertext has a wrong length")
        }
        do {
            let key = try Self.key(passphrase: passphrase, salt: salt, cost: cost)
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: encrypted.dropLast(Self.tagByteCount),
                tag: encrypted.suffix(Self.tagByteCount))
            return Array(try AES.GCM.open(box, using: key))
        } catch {
            throw .wrongPassphrase
        }
    }

    private static func key(passphrase: String, salt: [UInt8], cost: ScryptCost) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Array(passphrase.utf8), salt: salt, outputByteCount: keyByteCount, rounds: cost.rounds,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
    }

    var encoded: [UInt8] {
        DER.Serializer.bytes { serializer in
            serializer.sequence { serializer in
                Self.algorithm(.passwordBasedEncryption2, into: &serializer) { serializer in
                    Self.algorithm(.scrypt, into: &serializer, serializeScrypt)
                    Self.algorithm(.aes256GCM, into: &serializer, serializeCipher)
                }
                serializer.octetString(encrypted)
            }
        }
    }

    private func serializeScrypt(into serializer: inout DER.Serializer) {
        serializer.octetString(salt)
        for number in [cost.rounds, cost.blockSize, cost.parallelism, Self.keyByteCount] {
            serializer.integer(UInt64(clamping: number))
        }
    }

    private func serializeCipher(into serializer: inout DER.Serializer) {
        serializer.octetString(nonce)
        serializer.integer(UInt64(Self.tagByteCount))
    }

    /// An AlgorithmIdentifier whose parameters are a SEQUENCE.
    private static func algorithm(
        _ identifier: OID,
        into serializer: inout DER.Serializer,
        _ parameters: (inout DER.Serializer) -> Void
    ) {
        serializer.sequence { serializer in
            serializer.objectIdentifier(identifier)
            serializer.sequence(parameters)
        }
    }

    private static func parameters(_ node: ASN1Node, algorithm: OID) throws(TrustChainError) -> ASN1Node {
        var reader = try DERReader(node, structure: structure)
        let found = try OID(reader.next(), structure: structure)
        guard found == algorithm else { throw .unsupportedAlgorithm(found.description) }
        let parameters = try reader.next()
        try reader.finish()
        return parameters
    }

    private static func scrypt(_ node: ASN1Node) throws(TrustChainError) -> ([UInt8], ScryptCost) {
        var reader = try DERReader(node, structure: structure)
        let salt = Array(try reader.next().primitive(.octetString, structure: structure))
        var numbers: [Int] = []
        for _ in 0..<3 { numbers.append(Int(clamping: try reader.next().unsigned(structure: structure))) }
        let length = try reader.isAtEnd ? UInt64(keyByteCount) : reader.next().unsigned(structure: structure)
        try reader.finish()
        guard length == UInt64(keyByteCount) else {
            throw .malformed(structure: structure, reason: "a key of \(length) bytes for AES-256")
        }
        return (salt, ScryptCost(rounds: numbers[0], blockSize: numbers[1], parallelism: numbers[2]))
    }

    private static func nonce(_ node: ASN1Node) throws(TrustChainError) -> [UInt8] {
        var reader = try DERReader(node, structure: structure)
        let nonce = Array(try reader.next().primitive(.octetString, structure: structure))
        guard try reader.next().unsigned(structure: structure) == UInt64(tagByteCount) else {
            throw .malformed(structure: structure, reason: "a tag that is not of \(tagByteCount) bytes")
        }
        try reader.finish()
        return nonce
    }
}
