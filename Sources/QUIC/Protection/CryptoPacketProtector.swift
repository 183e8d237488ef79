package import Crypto
import FoundationEssentials
package import TLS

/// AES-GCM and ChaCha20-Poly1305 by swift-crypto's public interface.
package struct CryptoPacketProtector: PacketProtector {
    private let suite: CipherSuite
    private let key: SymmetricKey
    private let ivHead: UInt32
    private let ivTail: UInt64

    package init(suite: CipherSuite, key: SymmetricKey, iv: [UInt8]) throws(QUICError) {
        guard key.bitCount == 8 * suite.keyByteCount, iv.count == 12 else {
            throw .cryptography("packet key or IV of the wrong length")
        }
        self.suite = suite
        self.key = key
        ivHead = iv.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
        ivTail = iv.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 4, as: UInt64.self)) }
    }

    /// Calls `body` with the nonce: the IV, its end mixed with the packet number.
    private func withNonce<Result>(
        _ packetNumber: UInt64, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try withUnsafeTemporaryAllocation(byteCount: 12, alignment: 4) { nonce in
            nonce.storeBytes(of: ivHead, toByteOffset: 0, as: UInt32.self)
            nonce.storeBytes(of: (ivTail ^ packetNumber).bigEndian, toByteOffset: 4, as: UInt64.self)
            return try body(UnsafeRawBufferPointer(nonce))
        }
    }

    package func seal(
        _ packet: UnsafeMutableRawBufferPointer, headerLength: Int, packetNumber: UInt64
    ) throws(QUICError) {
        let bodyEnd = packet.count - Limits.tagBytes
        guard headerLength >= 0, headerLength <= bodyEnd else { throw .cryptography("no room for the tag") }
        let header = UnsafeRawBufferPointer(rebasing: packet[..<headerLength])
        let body = UnsafeMutableRawBufferPointer(rebasing: packet[headerLength..<bodyEnd])
        let tag = UnsafeMutableRawBufferPointer(rebasing: packet[bodyEnd...])
        do {
            try withNonce(packetNumber) { nonce in
                switch suite {
                case .aes128GCMSHA256, .aes256GCMSHA384:
                    let box = try AES.GCM.seal(
                        UnsafeRawBufferPointer(body), using: key, nonce: AES.GCM.Nonce(data: nonce),
                        authenticating: header)
                    box.ciphertext.copyBytes(to: body)
                    box.tag.copyBytes(to: tag)
                case .chacha20Poly1305SHA256:
                    let box = try ChaChaPoly.seal(
                        UnsafeRawBufferPointer(body), using: key, nonce: ChaChaPoly.Nonce(data: nonce),
                        authenticating: header)
                    box.ciphertext.copyBytes(to: body)
                    box.tag.copyBytes(to: tag)
                }
            }
        } catch {
            throw .cryptography("a packet could not be sealed")
        }
    }

    package func open(_ packet: UnsafeMutableRawBufferPointer, headerLength: Int, packetNumber: UInt64) -> Int? {
        let bodyEnd = packet.count - Limits.tagBytes
        guard headerLength >= 0, headerLength <= bodyEnd else { return nil }
        let header = UnsafeRawBufferPointer(rebasing: packet[..<headerLength])
        let body = UnsafeMutableRawBufferPointer(rebasing: packet[headerLength..<bodyEnd])
        let tag = UnsafeRawBufferPointer(rebasing: packet[bodyEnd...])
        let plaintext = withNonce(packetNumber) { nonce -> Data? in
            switch suite {
            case .aes128GCMSHA256, .aes256GCMSHA384:
                guard let nonce = try? AES.GCM.Nonce(data: nonce),
                    let box = try? AES.GCM.SealedBox(nonce: nonce, ciphertext: UnsafeRawBufferPointer(body), tag: tag)
                else { return nil }
                return try? AES.GCM.open(box, using: key, authenticating: header)
            case .chacha20Poly1305SHA256:
                guard let nonce = try? ChaChaPoly.Nonce(data: nonce),
                    let box = try? ChaChaPoly.SealedBox(
                        nonce: nonce, ciphertext: UnsafeRawBufferPointer(body), tag: tag)
                else { return nil }
                return try? ChaChaPoly.open(box, using: key, authenticating: header)
            }
        }
        guard let plaintext, plaintext.count == body.count else { return nil }
        plaintext.copyBytes(to: body)
        return plaintext.count
    }
}
