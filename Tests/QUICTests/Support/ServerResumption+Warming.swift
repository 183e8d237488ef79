import Crypto

@testable import TLS

extension ServerResumption {
    /// Lets the guard against replays pass its first while, in which it takes nothing, at time zero.
    func warm() {
        let state = SessionState(
            cipherSuite: .aes128GCMSHA256, secret: SymmetricKey(data: [1]), issuedAtMilliseconds: 0, ageAdd: 0,
            serverName: nil, applicationProtocol: nil, peerChainHash: nil, earlyDataContext: [])
        _ = admitsEarlyData(binder: [0], obfuscatedAge: 0, state: state, nowMilliseconds: 0)
    }
}
