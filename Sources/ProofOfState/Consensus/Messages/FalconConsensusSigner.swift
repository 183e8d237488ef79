package import Falcon

/// Signs votes and proposals with this node's FALCON-1024 key. The driver holds the lock that keeps a second process from
/// using the same key.
package struct FalconConsensusSigner: ConsensusSigner {
    private let key: Falcon1024.PrivateKey

    package init(key: Falcon1024.PrivateKey) {
        self.key = key
    }

    package func signature(of statement: SignedStatement) -> [UInt8]? {
        do {
            return try key.signature(for: statement.signedBytes)
        } catch {
            // The core reports that it could not sign, and stays silent.
            return nil
        }
    }
}
