import Canonical
import Crypto
import Testing

@testable import TLS

@Suite struct `Key derivation` {
    @Test func `makes the initial keys of RFC 9001 A1`() {
        let hash = HashAlgorithm.sha256
        let initial = hash.extract(
            salt: hex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a"), inputKeyMaterial: hex("8394c8f03e515708"))
        let client = hash.expandLabel(initial, "client in", byteCount: 32)
        let server = hash.expandLabel(initial, "server in", byteCount: 32)
        #expect(client.bytes == hex("c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea"))
        #expect(server.bytes == hex("3c199828fd139efd216c155ad844cc81fb82fa8d7446fa7d78be803acdda951b"))
        let secret = TrafficSecret(level: .initial, suite: .aes128GCMSHA256, secret: client)
        #expect(secret.expand("quic key", byteCount: 16).bytes == hex("1f369613dd76d5467730efcbe3b1a22d"))
        #expect(secret.expand("quic iv", byteCount: 12).bytes == hex("fa044b2f42a3fd3b46fb255c"))
        #expect(secret.expand("quic hp", byteCount: 16).bytes == hex("9f50449e04a0e810283a1e9933adedd2"))
    }

    @Test func `makes the keys and the next secret of RFC 9001 A5`() {
        let secret = TrafficSecret(
            level: .application,
            suite: .chacha20Poly1305SHA256,
            secret: SymmetricKey(data: hex("9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b")))
        #expect(
            secret.expand("quic key", byteCount: 32).bytes
                == hex("c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8"))
        #expect(secret.expand("quic iv", byteCount: 12).bytes == hex("e0459b3474bdd0e44a41c144"))
        #expect(
            secret.next(label: "quic ku").bytes
                == hex("1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9"))
    }

    @Test func `knows the random of a HelloRetryRequest`() {
        #expect(ServerHello.retryRandom == hex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"))
    }

    @Test func `hashes a transcript as a whole or in parts`() {
        for algorithm in [HashAlgorithm.sha256, .sha384] {
            var running = TranscriptHash(algorithm)
            running.update([1, 2])
            _ = running.digest
            running.update([3])
            #expect(running.digest == algorithm.digest([1, 2, 3]))
        }
    }
}

@Suite struct `Key exchange` {
    private var random: any RandomSource & Sendable { SplitMix64(seed: 4) }

    @Test func `X25519MLKEM768 has the draft's sizes and order`() throws {
        var random = random
        let client = try KeyPair.generate(.x25519MLKEM768, random: &random)
        let offered = client.clientShare
        #expect(offered.share.count == 1216)
        let answer = try KeyPair.answer(offered, random: &random)
        #expect(answer.share.share.count == 1120)
        let secret = try client.sharedSecret(withServerShare: answer.share.share)
        #expect(secret.bytes.count == 64)
        #expect(secret == answer.secret)

        guard case .x25519MLKEM768(let kem, let point) = client else { return }
        #expect(Array(offered.share.prefix(1184)) == Array(kem.publicKey.rawRepresentation))
        let alone = try KeyPair.x25519(point).sharedSecret(withServerShare: Array(answer.share.share.suffix(32)))
        #expect(Array(secret.bytes.suffix(32)) == alone.bytes)
        #expect(Array(secret.bytes.prefix(32)) == (try kem.decapsulate(answer.share.share.prefix(1088))).bytes)
    }

    @Test(arguments: NamedGroup.supported)
    func `refuses shares of a wrong length`(group: NamedGroup) throws {
        var random = random
        let client = try KeyPair.generate(group, random: &random)
        let share = try KeyPair.answer(client.clientShare, random: &random).share.share
        for wrong in [[], [4], Array(share.dropLast()), share + [0]] {
            #expect(throws: TLSError.self) { try client.sharedSecret(withServerShare: wrong) }
            #expect(throws: TLSError.self) {
                try KeyPair.answer(KeyShareEntry(group: group, share: wrong), random: &random)
            }
        }
    }

    @Test func `refuses an ML-KEM key that is not reduced and a point off the curve`() throws {
        var random = random
        let kem = KeyShareEntry(group: .x25519MLKEM768, share: [UInt8](repeating: 0xFF, count: 1216))
        #expect(throws: TLSError.self) { try KeyPair.answer(kem, random: &random) }
        let point = KeyShareEntry(group: .secp256r1, share: [4] + [UInt8](repeating: 1, count: 64))
        #expect(throws: TLSError.self) { try KeyPair.answer(point, random: &random) }
    }

    @Test func `is repeatable from the same randomness`() throws {
        for group in NamedGroup.supported {
            var (first, second) = (random, random)
            let shares = try [KeyPair.generate(group, random: &first), KeyPair.generate(group, random: &second)]
            #expect(shares[0].clientShare == shares[1].clientShare)
        }
    }
}
