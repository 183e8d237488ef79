package import Crypto
package import TLS

/// Seals and opens packets under one key, in place (RFC 9001 section 5.3). The seam to the cryptographic library.
package protocol PacketProtector {
    /// - Parameters:
    ///   - key: of the suite's length.
    ///   - iv: 12 bytes.
    init(suite: CipherSuite, key: SymmetricKey, iv: [UInt8]) throws(QUICError)

    /// Encrypts what follows the header and writes the tag after it.
    /// - Parameters:
    ///   - packet: the header, the plaintext and room for the 16-byte tag.
    ///   - headerLength: bytes that are authenticated but stay readable.
    func seal(_ packet: UnsafeMutableRawBufferPointer, headerLength: Int, packetNumber: UInt64) throws(QUICError)

    /// Whether sealing with a body leaves the body where it is, instead of copying it first.
    var readsBodyInPlace: Bool { get }

    /// The same for a packet whose plaintext ends with bytes that lie elsewhere: `body` takes the place before the tag.
    func seal(
        _ packet: UnsafeMutableRawBufferPointer, headerLength: Int, body: UnsafeRawBufferPointer, packetNumber: UInt64
    ) throws(QUICError)

    /// Checks the tag at the packet's end and decrypts what stands between it and the header.
    /// - Returns: the plaintext's length, or nil when the tag does not fit (the packet is then of no use any more).
    func open(_ packet: UnsafeMutableRawBufferPointer, headerLength: Int, packetNumber: UInt64) -> Int?
}

extension PacketProtector {
    package var readsBodyInPlace: Bool { false }

    @inline(__always)
    package func seal(
        _ packet: UnsafeMutableRawBufferPointer, headerLength: Int, body: UnsafeRawBufferPointer, packetNumber: UInt64
    ) throws(QUICError) {
        let start = packet.count - Limits.tagBytes - body.count
        guard start >= headerLength else { throw .cryptography("no room for the tag") }
        UnsafeMutableRawBufferPointer(rebasing: packet[start..<start + body.count]).copyMemory(from: body)
        try seal(packet, headerLength: headerLength, packetNumber: packetNumber)
    }
}

/// Masks header bits under one key (RFC 9001 section 5.4).
package protocol HeaderProtector {
    init(suite: CipherSuite, key: SymmetricKey) throws(QUICError)

    /// The five mask bytes for a 16-byte sample, the first in the lowest eight bits; nil when the library fails.
    func mask(sample: UnsafeRawBufferPointer) -> UInt64?
}

// The libraries in use. Static, so that no packet goes through an existential.
#if canImport(CCryptoBoringSSL)
    /// Packet protection by the BoringSSL inside swift-crypto, which is no declared product of it.
    package typealias LinkedPacketProtector = BoringPacketProtector
    /// Header protection by the BoringSSL inside swift-crypto.
    package typealias ActiveHeaderProtector = BoringHeaderProtector
#else
    /// Packet protection by swift-crypto's public interface, which is there everywhere.
    package typealias LinkedPacketProtector = CryptoPacketProtector
    /// Header protection by swift-crypto's public interface.
    package typealias ActiveHeaderProtector = CryptoHeaderProtector
#endif
#if HYPERMESH_IPSECMB
    /// Packet protection by Intel's library where the processor is made for it, else by the one that is always linked.
    package typealias ActivePacketProtector = FastestPacketProtector
#else
    package typealias ActivePacketProtector = LinkedPacketProtector
#endif
