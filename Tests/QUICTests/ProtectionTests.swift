import Crypto
import TLS
import Testing

@testable import QUIC

/// RFC 9001 appendix A.
@Suite struct ProtectionTests {
    let connectionID = ConnectionID(hex("8394c8f03e515708")) ?? ConnectionID()

    func seal(_ header: [UInt8], _ payload: [UInt8], _ keys: PacketKeys, number: UInt64, numberLength: Int) throws
        -> [UInt8]
    {
        var packet = header + payload + [UInt8](repeating: 0, count: 16)
        try packet.withUnsafeMutableBytes {
            try keys.protect(
                $0, packetNumberOffset: header.count - numberLength, packetNumberLength: numberLength,
                packetNumber: number)
        }
        return packet
    }

    @Test func derivesTheInitialKeys() throws {
        let hash = HashAlgorithm.sha256
        let salt = hex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a")
        let initial = hash.extract(salt: salt, inputKeyMaterial: connectionID.bytes)
        let client = hash.expandLabel(initial, "client in", byteCount: 32)
        #expect(client.plainBytes == hex("c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea"))
        #expect(
            hash.expandLabel(client, "quic key", byteCount: 16).plainBytes == hex("1f369613dd76d5467730efcbe3b1a22d"))
        #expect(hash.expandLabel(client, "quic iv", byteCount: 12).plainBytes == hex("fa044b2f42a3fd3b46fb255c"))
        #expect(
            hash.expandLabel(client, "quic hp", byteCount: 16).plainBytes == hex("9f50449e04a0e810283a1e9933adedd2"))
    }

    @Test func sealsTheClientInitial() throws {
        let keys = try PacketKeys.initial(for: connectionID)
        let hello = hex(
            """
            060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c00000413011302010000c0
            00000010000e00000b6578616d706c652e636f6dff01000100000a00080006001d0017001800100007000504616c706e000500050100
            000000003300260024001d00209370b2c9caa47fbabaf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b00030203040
            00d0010000e0403050306030203080408050806002d00020101001c00024001003900320408ffffffffffffffff05048000ffff0704
            8000ffff0801100104800075300901100f088394c8f03e51570806048000ffff
            """)
        let payload = hello + [UInt8](repeating: 0, count: 1162 - hello.count)
        var packet = try seal(
            hex("c300000001088394c8f03e5157080000449e00000002"), payload, keys.client, number: 2, numberLength: 4)
        #expect(packet.count == 1200)
        #expect(Array(packet.prefix(22)) == hex("c000000001088394c8f03e5157080000449e7b9aec34"))
        #expect(Array(packet[22..<38]) == hex("d1b1c98dd7689fb8ec11d242b123dc9b"))
        #expect(Array(packet.suffix(16)) == hex("e221af44860018ab0856972e194cd934"))
        try packet.withUnsafeMutableBytes { bytes in
            let header = try PacketHeader.parse(UnsafeRawBufferPointer(bytes), localIDLength: 8)
            #expect(header.type == .initial)
            let (number, length) = try #require(
                keys.client.unprotectHeader(bytes, packetNumberOffset: header.packetNumberOffset))
            #expect(number == 2 && length == 4)
            let count = keys.client.protector.open(bytes, headerLength: 22, packetNumber: number)
            #expect(count == 1162)
            #expect(bytes[22..<22 + 1162].elementsEqual(payload))
        }
    }

    @Test func sealsTheServerInitial() throws {
        let keys = try PacketKeys.initial(for: connectionID)
        let payload = hex(
            """
            02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf73988cfc79825df566dc5430b9a045a1200130100002e00
            330024001d00209d3c940d89690b84d08a60993c144eca684d1081287c834d5311bcf32bb9da1a002b00020304
            """)
        let packet = try seal(
            hex("c1000000010008f067a5502a4262b50040750001"), payload, keys.server, number: 1, numberLength: 2)
        let expected = hex(
            """
            cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a99f5ede
            4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f8ef4cdd93795d77d06ed
            bb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee
            """)
        #expect(packet == expected)
    }

    @Test func tagsTheRetry() throws {
        let retry = hex("ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba")
        let tag = try RetryIntegrity.tag(packet: retry.dropLast(16), originalDestination: connectionID)
        #expect(tag == Array(retry.suffix(16)))
    }

    @Test func sealsAShortHeaderWithChaCha20AndUpdatesItsSecret() throws {
        let secret = SymmetricKey(data: hex("9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b"))
        let keys = try PacketKeys(suite: .chacha20Poly1305SHA256, secret: secret)
        let packet = try seal(hex("4200bff4"), [0x01], keys, number: 654_360_564, numberLength: 3)
        #expect(packet == hex("4cfe4189655e5cd55c41f69080575d7999c25a5bfb"))
        let next = HashAlgorithm.sha256.expandLabel(secret, "quic ku", byteCount: 32)
        #expect(next.plainBytes == hex("1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9"))
    }

    @Test(arguments: [CipherSuite.aes128GCMSHA256, .aes256GCMSHA384, .chacha20Poly1305SHA256])
    func refusesAChangedPacket(suite: CipherSuite) throws {
        let secret = SymmetricKey(data: [UInt8](repeating: 5, count: suite.hash.byteCount))
        let keys = try PacketKeys(suite: suite, secret: secret).next()
        let sealed = try seal(hex("410102030405060708aabb"), pattern(0, 100), keys, number: 0xAABB, numberLength: 2)
        for index in sealed.indices {
            var packet = sealed
            packet[index] ^= 0x20
            let opened = packet.withUnsafeMutableBytes { bytes -> Int? in
                guard let (number, length) = keys.unprotectHeader(bytes, packetNumberOffset: 9) else { return nil }
                return keys.protector.open(bytes, headerLength: 9 + length, packetNumber: number)
            }
            #expect(opened == nil, "byte \(index)")
        }
    }
}
