import Canonical
import Falcon
import Testing

@testable import TrustChain

@Suite struct PrivateKeyFileTests {
    private static let cost = ScryptCost(rounds: 1 << 8, blockSize: 8, parallelism: 1)

    @Test func `a key comes back from its file, in clear and under a passphrase`() throws {
        let key = try TrustFixture.nodeKey.get()
        let clear = PrivateKeyFile.encode(key)
        #expect(try PrivateKeyFile.decode(clear).rawRepresentation == key.rawRepresentation)
        var random = SplitMix64(seed: 1)
        let sealed = try PrivateKeyFile.encode(key, passphrase: "correct horse", cost: Self.cost, random: &random)
        #expect(sealed.hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
        let opened = try PrivateKeyFile.decode(sealed, passphrase: "correct horse")
        #expect(opened.rawRepresentation == key.rawRepresentation)
        #expect(throws: TrustChainError.wrongPassphrase) {
            try PrivateKeyFile.decode(sealed, passphrase: "wrong horse")
        }
        #expect(throws: TrustChainError.passphraseNeeded) { try PrivateKeyFile.decode(sealed) }
    }

    @Test func `a key comes back from under the standard cost`() throws {
        let key = try TrustFixture.nodeKey.get()
        var random = SplitMix64(seed: 3)
        let sealed = try PrivateKeyFile.encode(key, passphrase: "long enough", random: &random)
        let opened = try PrivateKeyFile.decode(sealed, passphrase: "long enough")
        #expect(opened.rawRepresentation == key.rawRepresentation)
    }

    @Test func `refuses parameters that would exhaust the machine, and damaged files`() throws {
        let key = try TrustFixture.nodeKey.get()
        var random = SplitMix64(seed: 2)
        let greedy = ScryptCost(rounds: 1 << 24, blockSize: 8, parallelism: 1)
        #expect(throws: TrustChainError.keyDerivationTooCostly(bytes: 1 << 34, limit: Limits.keyDerivationBytesMax)) {
            try PrivateKeyFile.encode(key, passphrase: "x", cost: greedy, random: &random)
        }
        let odd = ScryptCost(rounds: 3, blockSize: 8, parallelism: 1)
        #expect(throws: TrustChainError.self) {
            try PrivateKeyFile.encode(key, passphrase: "x", cost: odd, random: &random)
        }
        let sealed = try PrivateKeyFile.encode(key, passphrase: "x", cost: Self.cost, random: &random)
        let der = try PEM.decode(sealed, label: PEM.encryptedPrivateKey)
        for _ in 0..<40 {
            var changed = der
            changed[Int.random(in: der.count - 4000..<der.count, using: &random)] ^= 0x10
            let text = PEM.encode(changed, label: PEM.encryptedPrivateKey)
            #expect(throws: TrustChainError.self) { try PrivateKeyFile.decode(text, passphrase: "x") }
        }
        let other = try TrustFixture.otherKey.get()
        var mixed = try PEM.decode(PrivateKeyFile.encode(key), label: PEM.privateKey)
        mixed.replaceSubrange(mixed.count - 1793..<mixed.count, with: other.publicKey.rawRepresentation)
        #expect(throws: TrustChainError.invalidKey) {
            try PrivateKeyFile.decode(PEM.encode(mixed, label: PEM.privateKey))
        }
    }
}
