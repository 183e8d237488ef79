#if canImport(CCryptoBoringSSL)
    import CCryptoBoringSSL
#else
    import Crypto
#endif

/// SHA-256 under way. swift-crypto's public type allocates for every hash, which costs more than hashing a tree node, so
/// the BoringSSL inside it is called where it can be.
struct DigestState: ~Copyable {
    #if canImport(CCryptoBoringSSL)
        private var context = SHA256_CTX()

        init() {
            _ = CCryptoBoringSSL_SHA256_Init(&context)
        }

        mutating func update(_ bytes: UnsafeRawBufferPointer) {
            guard let base = bytes.baseAddress else { return }
            _ = CCryptoBoringSSL_SHA256_Update(&context, base, bytes.count)
        }

        consuming func finish() -> Digest {
            withUnsafeTemporaryAllocation(byteCount: Digest.byteCount, alignment: 8) { output in
                guard let base = output.baseAddress else { return .zero }
                _ = CCryptoBoringSSL_SHA256_Final(base.assumingMemoryBound(to: UInt8.self), &context)
                return Digest(loading: UnsafeRawBufferPointer(output))
            }
        }
    #else
        private var hasher = SHA256()

        init() {}

        mutating func update(_ bytes: UnsafeRawBufferPointer) {
            hasher.update(bufferPointer: bytes)
        }

        consuming func finish() -> Digest {
            hasher.finalize().withUnsafeBytes { Digest(loading: $0) }
        }
    #endif

    mutating func update(_ bytes: some Collection<UInt8>) {
        let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
        if isContiguous == nil { Array(bytes).withUnsafeBytes { update($0) } }
    }

    mutating func update(_ digest: Digest) {
        digest.withUnsafeBytes { update($0) }
    }
}
