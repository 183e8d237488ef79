import Crypto
import QUIC

/// The keys of one endpoint that outlive it, all from one secret.
struct EndpointSecrets: Sendable {
    private let secret: SymmetricKey

    /// - Parameter secret: 32 bytes.
    init(_ secret: [UInt8]) {
        self.secret = SymmetricKey(data: secret)
    }

    /// Seals tokens that prove an address.
    var tokenKey: [UInt8] { key("token") }

    /// Gives stateless reset tokens. Another endpoint of the same identity must not have it: it would reset connections that
    /// it does not know for whoever repeats their packets to it (RFC 9000 section 21.11). So it depends on the address.
    func statelessResetKey(at address: SocketAddressKey) -> [UInt8] {
        key("reset", address.bytes(includingPort: true))
    }

    private func key(_ purpose: String, _ context: [UInt8] = []) -> [UInt8] {
        let key = HKDF<SHA256>.expand(
            pseudoRandomKey: secret, info: Array("HM/stoq/endpoint \(purpose) ".utf8) + context, outputByteCount: 32)
        return key.withUnsafeBytes { Array($0) }
    }
}
