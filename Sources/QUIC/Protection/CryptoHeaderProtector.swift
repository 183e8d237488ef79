package import Crypto
import CryptoExtras
import FoundationEssentials
package import TLS

/// Header protection masks by swift-crypto's public interface.
package struct CryptoHeaderProtector: HeaderProtector {
    private let suite: CipherSuite
    private let key: SymmetricKey

    package init(suite: CipherSuite, key: SymmetricKey) throws(QUICError) {
        guard key.bitCount == 8 * suite.keyByteCount else { throw .cryptography("header key of the wrong length") }
        self.suite = suite
        self.key = key
    }

    package func mask(sample: UnsafeRawBufferPointer) -> UInt64? {
        guard sample.count == Limits.sampleBytes else { return nil }
        switch suite {
        case .aes128GCMSHA256, .aes256GCMSHA384: return blockMask(sample)
        case .chacha20Poly1305SHA256: return chachaMask(sample)
        }
    }

    /// AES in electronic codebook mode over the sample (RFC 9001 section 5.4.3).
    private func blockMask(_ sample: UnsafeRawBufferPointer) -> UInt64? {
        var block = Array(sample)
        guard (try? AES.permute(&block, key: key)) != nil else { return nil }
        return Self.fiveBytes(block)
    }

    /// The ChaCha20 key stream at the sample's counter and nonce (RFC 9001 section 5.4.4).
    private func chachaMask(_ sample: UnsafeRawBufferPointer) -> UInt64? {
        let counterBytes = Array(sample[0..<4])
        let nonceBytes = Array(sample[4..<16])
        guard let counter = try? Insecure.ChaCha20CTR.Counter(data: counterBytes),
            let nonce = try? Insecure.ChaCha20CTR.Nonce(data: nonceBytes),
            let stream = try? Insecure.ChaCha20CTR.encrypt(
                [UInt8](repeating: 0, count: 5), using: key, counter: counter, nonce: nonce)
        else { return nil }
        return Self.fiveBytes(Array(stream))
    }

    private static func fiveBytes(_ bytes: [UInt8]) -> UInt64 {
        bytes.prefix(5).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
