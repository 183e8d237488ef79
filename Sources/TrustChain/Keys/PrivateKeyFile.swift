package import Canonical
package import Falcon
import SwiftASN1

/// Files of FALCON-1024 private keys: PKCS #8 PrivateKeyInfo (RFC 5208 §5) in PEM, in clear or under a passphrase.
///
/// The private key octets are an OCTET STRING of private key ‖ public key (2305 + 1793 bytes), as oqs-provider
/// writes them; a bare private key, in an OCTET STRING or not, is read too.
package enum PrivateKeyFile {
    private static let structure = "private key file"

    /// PEM text in clear.
    package static func encode(_ key: Falcon1024.PrivateKey) -> String {
        PEM.encode(info(key), label: PEM.privateKey)
    }

    /// PEM text under a passphrase: PBES2 with scrypt and AES-256-GCM.
    package static func encode(
        _ key: Falcon1024.PrivateKey,
        passphrase: String,
        cost: ScryptCost = .standard,
        random: inout some RandomSource
    ) throws(TrustChainError) -> String {
        let box = try EncryptedPrivateKeyInfo(
            sealing: info(key), passphrase: passphrase, cost: cost, salt: random.bytes(16), nonce: random.bytes(12))
        return PEM.encode(box.encoded, label: PEM.encryptedPrivateKey)
    }

    /// Reads either form. `passphraseNeeded` when the file is encrypted and none is given.
    package static func decode(_ pem: String, passphrase: String? = nil) throws(TrustChainError)
        -> Falcon1024.PrivateKey
    {
        let blocks = try PEM.blocks(pem)
        guard let block = blocks.first, blocks.count == 1 else {
            throw .malformed(structure: structure, reason: "\(blocks.count) PEM blocks where one is expected")
        }
        if block.label == PEM.privateKey { return try key(fromInfo: block.der) }
        guard block.label == PEM.encryptedPrivateKey else {
            throw .wrongLabel(expected: PEM.privateKey, found: block.label)
        }
        guard let passphrase else { throw .passphraseNeeded }
        return try key(fromInfo: EncryptedPrivateKeyInfo(derEncoded: block.der).open(passphrase: passphrase))
    }

    private static func info(_ key: Falcon1024.PrivateKey) -> [UInt8] {
        let octets = key.rawRepresentation + key.publicKey.rawRepresentation
        return DER.Serializer.bytes { serializer in
            serializer.sequence { serializer in
                serializer.integer(0 as UInt64)
                AlgorithmIdentifier.falcon1024Padded.serialize(into: &serializer)
                serializer.octetString(DER.Serializer.bytes { $0.octetString(octets) })
            }
        }
    }

    private static func key(fromInfo der: [UInt8]) throws(TrustChainError) -> Falcon1024.PrivateKey {
        var reader = try DERReader(
            DERReader.root(der, limit: Limits.certificateBytesMax, structure: structure), structure: structure)
        // Version 1 adds a public key after the attributes (RFC 5958); the one in the octets is enough.
        guard try reader.next().unsigned(structure: structure) <= 1 else {
            throw .unsupportedVersion(structure: structure)
        }
        try AlgorithmIdentifier(reader.next(), structure: structure).requireFalcon1024(structure: structure)
        let outer = Array(try reader.next().primitive(.octetString, structure: structure))
        let octets = try unwrapped(outer)
        let publicOctets = octets.dropFirst(Falcon1024Sizes.privateKey)
        let key: Falcon1024.PrivateKey
        do {
            key = try Falcon1024.PrivateKey(rawRepresentation: octets.prefix(Falcon1024Sizes.privateKey))
        } catch {
            throw .invalidKey
        }
        guard publicOctets.isEmpty || publicOctets.elementsEqual(key.publicKey.rawRepresentation) else {
            throw .invalidKey
        }
        return key
    }

    /// The key octets, with an OCTET STRING around them taken off. A FALCON-1024 private key begins with 0x5A, an
    /// OCTET STRING with 0x04.
    private static func unwrapped(_ octets: [UInt8]) throws(TrustChainError) -> [UInt8] {
        guard octets.first == 0x04 else { return octets }
        let node = try DERReader.root(octets, limit: Limits.certificateBytesMax, structure: structure)
        return Array(try node.primitive(.octetString, structure: structure))
    }
}

/// Sizes of FALCON-1024 in bytes (Falcon specification v1.2 §3.11).
enum Falcon1024Sizes {
    static let privateKey = 2305
}
