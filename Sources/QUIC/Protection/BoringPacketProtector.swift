#if canImport(CCryptoBoringSSL)
    import CCryptoBoringSSL
    package import Crypto
    package import TLS

    /// AES-GCM and ChaCha20-Poly1305 by the BoringSSL inside swift-crypto, with an expanded key and in place: no allocation
    /// and no copy a packet.
    package struct BoringPacketProtector: PacketProtector {
        private let key: BoringPacketKey
        private let nonce: PacketNonce

        package init(suite: CipherSuite, key: SymmetricKey, iv: [UInt8]) throws(QUICError) {
            guard key.bitCount == 8 * suite.keyByteCount, let nonce = PacketNonce(iv: iv) else {
                throw .cryptography("packet key or IV of the wrong length")
            }
            self.key = try BoringPacketKey(suite: suite, key: key)
            self.nonce = nonce
        }

        package func seal(
            _ packet: UnsafeMutableRawBufferPointer, headerLength: Int, packetNumber: UInt64
        ) throws(QUICError) {
            guard let parts = PacketParts(packet, headerLength: headerLength) else {
                throw .cryptography("no room for the tag")
            }
            var tagLength = 0
            let isSealed = nonce.withBytes(packetNumber) { nonce in
                CCryptoBoringSSL_EVP_AEAD_CTX_seal_scatter(
                    key.context, parts.body, parts.tag, &tagLength, Limits.tagBytes, nonce, 12, parts.body,
                    parts.bodyCount, nil, 0, parts.header, headerLength)
            }
            guard isSealed == 1, tagLength == Limits.tagBytes else {
                CCryptoBoringSSL_ERR_clear_error()
                throw .cryptography("a packet could not be sealed")
            }
        }

        package func open(_ packet: UnsafeMutableRawBufferPointer, headerLength: Int, packetNumber: UInt64) -> Int? {
            guard let parts = PacketParts(packet, headerLength: headerLength) else { return nil }
            let isOpened = nonce.withBytes(packetNumber) { nonce in
                CCryptoBoringSSL_EVP_AEAD_CTX_open_gather(
                    key.context, parts.body, nonce, 12, parts.body, parts.bodyCount, parts.tag, Limits.tagBytes,
                    parts.header, headerLength)
            }
            guard isOpened == 1 else {
                CCryptoBoringSSL_ERR_clear_error()
                return nil
            }
            return parts.bodyCount
        }
    }

    /// An expanded packet key in memory of its own, wiped when nobody uses it any more.
    final class BoringPacketKey {
        let context: UnsafeMutablePointer<EVP_AEAD_CTX>

        init(suite: CipherSuite, key: SymmetricKey) throws(QUICError) {
            let algorithm =
                switch suite {
                case .aes128GCMSHA256: CCryptoBoringSSL_EVP_aead_aes_128_gcm()
                case .aes256GCMSHA384: CCryptoBoringSSL_EVP_aead_aes_256_gcm()
                case .chacha20Poly1305SHA256: CCryptoBoringSSL_EVP_aead_chacha20_poly1305()
                }
            context = .allocate(capacity: 1)
            CCryptoBoringSSL_EVP_AEAD_CTX_zero(context)
            let isReady = key.withUnsafeBytes { bytes in
                CCryptoBoringSSL_EVP_AEAD_CTX_init(
                    context, algorithm, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, Limits.tagBytes, nil)
            }
            guard isReady == 1 else {
                CCryptoBoringSSL_ERR_clear_error()
                throw .cryptography("the library refused a packet key")
            }
        }

        deinit {
            CCryptoBoringSSL_EVP_AEAD_CTX_cleanup(context)
            CCryptoBoringSSL_OPENSSL_cleanse(context, MemoryLayout<EVP_AEAD_CTX>.size)
            context.deallocate()
        }
    }
#endif
