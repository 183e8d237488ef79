import Canonical
import Crypto
import TLS
import Testing

@testable import QUIC

/// The two libraries behind ``PacketProtector`` and ``HeaderProtector`` give the same bytes.
@Suite struct PacketProtectorTests {
    static let suites = [CipherSuite.aes128GCMSHA256, .aes256GCMSHA384, .chacha20Poly1305SHA256]

    private func seal(_ protector: some PacketProtector, _ packet: [UInt8], header: Int, number: UInt64) throws
        -> [UInt8]
    {
        var packet = packet + [UInt8](repeating: 0, count: 16)
        try packet.withUnsafeMutableBytes { try protector.seal($0, headerLength: header, packetNumber: number) }
        return packet
    }

    /// Seals a packet whose last `body` bytes of plain text lie elsewhere.
    private func gather(
        _ protector: some PacketProtector, _ packet: [UInt8], header: Int, body: Int, number: UInt64
    ) throws -> [UInt8] {
        var sealed = packet.dropLast(body) + [UInt8](repeating: 0xEE, count: body + 16)
        try packet.withUnsafeBytes { whole in
            try sealed.withUnsafeMutableBytes {
                try protector.seal(
                    $0, headerLength: header, body: UnsafeRawBufferPointer(rebasing: whole[(whole.count - body)...]),
                    packetNumber: number)
            }
        }
        return Array(sealed)
    }

    private func open(_ protector: some PacketProtector, _ packet: [UInt8], header: Int, number: UInt64) -> [UInt8]? {
        var packet = packet
        let count = packet.withUnsafeMutableBytes { protector.open($0, headerLength: header, packetNumber: number) }
        return count.map { Array(packet[..<(header + $0)]) }
    }

    /// Two libraries give the same bytes, whole or from two places, open each other's, and refuse what was changed.
    private func compare<First: PacketProtector, Second: PacketProtector>(
        _: First.Type, _: Second.Type, _ suite: CipherSuite, seed: UInt64
    ) throws {
        var random = SplitMix64(seed: seed)
        print("seed \(seed)")
        for _ in 0..<200 {
            let key = SymmetricKey(data: random.bytes(suite.keyByteCount))
            let iv = random.bytes(12)
            let first = try First(suite: suite, key: key, iv: iv)
            let second = try Second(suite: suite, key: key, iv: iv)
            let header = Int(random.next() % 40)
            let plain = random.bytes(header + Int(random.next() % 1500))
            let body = Int(random.next() % UInt64(plain.count - header + 1))
            let number = random.next() & ((1 << 62) - 1)
            let sealed = try seal(first, plain, header: header, number: number)
            var changed = sealed
            changed[Int(random.next() % UInt64(sealed.count))] ^= 1 << UInt8(random.next() % 8)
            #expect(try seal(second, plain, header: header, number: number) == sealed)
            for protector in [first as any PacketProtector, second] {
                #expect(try gather(protector, plain, header: header, body: body, number: number) == sealed)
                #expect(open(protector, sealed, header: header, number: number) == plain)
                #expect(open(protector, sealed, header: header, number: number ^ 1) == nil)
                #expect(open(protector, changed, header: header, number: number) == nil)
            }
        }
    }

    @Test(arguments: suites) func librariesSealAlikeAndOpenEachOther(suite: CipherSuite) throws {
        try compare(CryptoPacketProtector.self, LinkedPacketProtector.self, suite, seed: 0x5EA1)
        try compare(CryptoPacketProtector.self, ActivePacketProtector.self, suite, seed: 0x1A7E)
    }

    #if HYPERMESH_IPSECMB
        @Test func vectorAESIsUsedWhereTheProcessorHasIt() throws {
            let key = SymmetricKey(size: .bits256)
            let iv = [UInt8](repeating: 0, count: 12)
            let isThere = IntelPacketProtector.isUsable(for: .aes256GCMSHA384)
            let active = try ActivePacketProtector(suite: .aes256GCMSHA384, key: key, iv: iv)
            #expect(active.readsBodyInPlace == isThere)
            let other = try ActivePacketProtector(suite: .chacha20Poly1305SHA256, key: key, iv: iv)
            #expect(!other.readsBodyInPlace)
            guard !isThere else { return }
            print("no vector AES on this processor: Intel's library is not compared")
        }
    #endif

    @Test(arguments: suites) func bothLibrariesMaskAlike(suite: CipherSuite) throws {
        var random = SplitMix64(seed: 0x3A5C)
        print("seed \(0x3A5C)")
        for _ in 0..<200 {
            let key = SymmetricKey(data: random.bytes(suite.keyByteCount))
            let sample = random.bytes(16)
            let portable = try CryptoHeaderProtector(suite: suite, key: key)
            let active = try ActiveHeaderProtector(suite: suite, key: key)
            let masks = sample.withUnsafeBytes { (portable.mask(sample: $0), active.mask(sample: $0)) }
            #expect(masks.0 != nil && masks.0 == masks.1)
            #expect(sample.dropLast().withUnsafeBytes { active.mask(sample: $0) } == nil)
        }
    }

    @Test func refuseKeysAndPacketsOfTheWrongLength() throws {
        #expect(throws: QUICError.self) {
            try ActivePacketProtector(
                suite: .aes128GCMSHA256, key: SymmetricKey(data: [1]), iv: [UInt8](repeating: 0, count: 12))
        }
        #expect(throws: QUICError.self) {
            try ActivePacketProtector(
                suite: .aes128GCMSHA256, key: SymmetricKey(data: [UInt8](repeating: 0, count: 16)), iv: [1])
        }
        #expect(throws: QUICError.self) {
            try ActiveHeaderProtector(suite: .aes256GCMSHA384, key: SymmetricKey(data: [1]))
        }
        let protector = try ActivePacketProtector(
            suite: .aes128GCMSHA256, key: SymmetricKey(data: [UInt8](repeating: 1, count: 16)),
            iv: [UInt8](repeating: 0, count: 12))
        var short = [UInt8](repeating: 0, count: 20)
        short.withUnsafeMutableBytes { bytes in
            #expect(throws: QUICError.self) { try protector.seal(bytes, headerLength: 5, packetNumber: 0) }
            #expect(protector.open(bytes, headerLength: 5, packetNumber: 0) == nil)
            #expect(protector.open(bytes, headerLength: -1, packetNumber: 0) == nil)
        }
    }

    /// RFC 9001 appendix A.3's server Initial and A.5's ChaCha20 packet, without going through the library in use.
    @Test func thePortableLibrarySealsTheVectors() throws {
        let hash = HashAlgorithm.sha256
        let id = hex("8394c8f03e515708")
        let initial = hash.extract(salt: hex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a"), inputKeyMaterial: id)
        let server = hash.expandLabel(initial, "server in", byteCount: 32)
        let payload = hex(
            """
            02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf73988cfc79825df566dc5430b9a045a1200130100002e00
            330024001d00209d3c940d89690b84d08a60993c144eca684d1081287c834d5311bcf32bb9da1a002b00020304
            """)
        let sealed = try sealWithPortable(
            .aes128GCMSHA256, server, hex("c1000000010008f067a5502a4262b50040750001") + payload, header: 20,
            numberLength: 2,
            number: 1)
        #expect(
            sealed
                == hex(
                    """
                    cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a99f
                    5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f8ef4cdd93795
                    d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee
                    """))
        let secret = SymmetricKey(data: hex("9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b"))
        let short = try sealWithPortable(
            .chacha20Poly1305SHA256, secret, hex("4200bff4") + [0x01], header: 4, numberLength: 3, number: 654_360_564)
        #expect(short == hex("4cfe4189655e5cd55c41f69080575d7999c25a5bfb"))
    }

    private func sealWithPortable(
        _ suite: CipherSuite, _ secret: SymmetricKey, _ plain: [UInt8], header: Int, numberLength: Int, number: UInt64
    ) throws -> [UInt8] {
        func derive(_ label: String, _ count: Int) -> SymmetricKey {
            suite.hash.expandLabel(secret, label, byteCount: count)
        }
        let protector = try CryptoPacketProtector(
            suite: suite, key: derive("quic key", suite.keyByteCount), iv: derive("quic iv", 12).plainBytes)
        let masker = try CryptoHeaderProtector(suite: suite, key: derive("quic hp", suite.keyByteCount))
        var packet = try seal(protector, plain, header: header, number: number)
        let numberOffset = header - numberLength
        let mask = try #require(
            packet[(numberOffset + 4)..<(numberOffset + 20)].withUnsafeBytes { masker.mask(sample: $0) })
        packet[0] ^= UInt8(truncatingIfNeeded: mask) & (packet[0] & 0x80 != 0 ? 0x0F : 0x1F)
        for index in 0..<numberLength {
            packet[numberOffset + index] ^= UInt8(truncatingIfNeeded: mask >> UInt64(8 * (index + 1)))
        }
        return packet
    }
}
