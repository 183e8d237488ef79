import Crypto
import FoundationEssentials

/// Seals what others keep for this end (tickets, tokens) with AES-256-GCM under keys that change with time. Each period
/// has its own key, derived from one secret, so ends that share the secret and the clock open each other's.
package struct RotatingSealer: Sendable {
    private let secret: SymmetricKey
    private let label: String
    private let periodSeconds: UInt64

    /// Bytes that sealing adds.
    package static let overheadByteCount = 1 + 12 + 16

    /// - Parameters:
    ///   - secret: 32 bytes.
    ///   - label: keeps uses of one secret apart; at most 200 ASCII bytes.
    ///   - periodSeconds: how long a key seals; it opens for as long again, and one period early for clocks behind.
    package init(secret: [UInt8], label: String, periodSeconds: UInt64) {
        self.secret = SymmetricKey(data: secret)
        self.label = label
        self.periodSeconds = max(1, periodSeconds)
    }

    /// - Parameters:
    ///   - nonce: 12 fresh random bytes.
    ///   - nowSeconds: the time, on a clock that outlives what is sealed.
    /// - Throws: `.internalFailure` when the library refuses.
    package func seal(
        _ plain: [UInt8], authenticating context: [UInt8], nonce: [UInt8], nowSeconds: UInt64
    ) throws(TLSError) -> [UInt8] {
        let period = nowSeconds / periodSeconds
        do {
            let box = try AES.GCM.seal(
                plain, using: key(period), nonce: AES.GCM.Nonce(data: nonce), authenticating: context)
            return [UInt8(truncatingIfNeeded: period)] + nonce + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw .internalFailure("sealing failed: \(error)")
        }
    }

    /// The plaintext, or nil for what is forged, cut, of another context, or older than two periods.
    package func open(_ sealed: [UInt8], authenticating context: [UInt8], nowSeconds: UInt64) -> [UInt8]? {
        guard sealed.count >= Self.overheadByteCount else { return nil }
        let current = nowSeconds / periodSeconds
        let candidates = [current, current &+ 1, current &- 1]
        guard let period = candidates.first(where: { UInt8(truncatingIfNeeded: $0) == sealed[0] }),
            let nonce = try? AES.GCM.Nonce(data: sealed[1..<13]),
            let box = try? AES.GCM.SealedBox(
                nonce: nonce, ciphertext: sealed[13..<sealed.count - 16], tag: sealed[(sealed.count - 16)...]),
            let plain = try? AES.GCM.open(box, using: key(period), authenticating: context)
        else { return nil }
        return Array(plain)
    }

    private func key(_ period: UInt64) -> SymmetricKey {
        let context = (0..<8).map { UInt8(truncatingIfNeeded: period >> UInt64(56 - 8 * $0)) }
        return HashAlgorithm.sha256.expandLabel(secret, label, context: context, byteCount: 32)
    }
}
