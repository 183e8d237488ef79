#if canImport(CCryptoBoringSSL)
    import CCryptoBoringSSL
    package import Crypto
    package import TLS

    /// Header protection masks by the BoringSSL inside swift-crypto, with an expanded key.
    package struct BoringHeaderProtector: HeaderProtector {
        private let key: BoringHeaderKey

        package init(suite: CipherSuite, key: SymmetricKey) throws(QUICError) {
            guard key.bitCount == 8 * suite.keyByteCount else { throw .cryptography("header key of the wrong length") }
            self.key = try BoringHeaderKey(suite: suite, key: key)
        }

        package func mask(sample: UnsafeRawBufferPointer) -> UInt64? {
            guard sample.count == Limits.sampleBytes, let base = sample.baseAddress else { return nil }
            let bytes = base.assumingMemoryBound(to: UInt8.self)
            var block = (UInt64(0), UInt64(0))
            withUnsafeMutablePointer(to: &block) { target in
                let output = UnsafeMutableRawPointer(target).assumingMemoryBound(to: UInt8.self)
                if key.isChaCha {
                    // The sample is the counter and the nonce; encrypting zeros shows the key stream (RFC 9001 section 5.4.4).
                    let counter = UInt32(littleEndian: base.loadUnaligned(as: UInt32.self))
                    CCryptoBoringSSL_CRYPTO_chacha_20(output, output, 5, key.bytes, bytes + 4, counter)
                } else {
                    CCryptoBoringSSL_AES_encrypt(bytes, output, key.schedule)
                }
            }
            return UInt64(littleEndian: block.0) & 0xFF_FFFF_FFFF
        }
    }

    /// An expanded header key in memory of its own, wiped when nobody uses it any more.
    final class BoringHeaderKey {
        let isChaCha: Bool
        private let memory: UnsafeMutableRawPointer
        private static let byteCount = max(MemoryLayout<AES_KEY>.size, 32)

        /// The key of ChaCha20.
        var bytes: UnsafePointer<UInt8> { UnsafePointer(memory.assumingMemoryBound(to: UInt8.self)) }
        /// The round keys of AES.
        var schedule: UnsafePointer<AES_KEY> { UnsafePointer(memory.assumingMemoryBound(to: AES_KEY.self)) }

        init(suite: CipherSuite, key: SymmetricKey) throws(QUICError) {
            isChaCha = suite == .chacha20Poly1305SHA256
            memory = .allocate(byteCount: Self.byteCount, alignment: 16)
            memory.initializeMemory(as: UInt8.self, repeating: 0, count: Self.byteCount)
            if isChaCha {
                key.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: memory, count: 32).copyMemory(from: $0) }
                return
            }
            let schedule = memory.bindMemory(to: AES_KEY.self, capacity: 1)
            let refusal = key.withUnsafeBytes { bytes in
                CCryptoBoringSSL_AES_set_encrypt_key(
                    bytes.bindMemory(to: UInt8.self).baseAddress, UInt32(bytes.count * 8), schedule)
            }
            guard refusal == 0 else {
                throw .cryptography("the library refused a header key")
            }
        }

        deinit {
            CCryptoBoringSSL_OPENSSL_cleanse(memory, Self.byteCount)
            memory.deallocate()
        }
    }
#endif
