package import Falcon
package import ProofOfState

/// Signs votes and proposals with the node's key.
package struct FalconSigner: ConsensusSigner {
    private let key: Falcon1024.PrivateKey

    package init(_ key: Falcon1024.PrivateKey) {
        self.key = key
    }

    package func signature(of statement: SignedStatement) -> [UInt8]? {
        // A key that cannot sign leaves the node silent; consensus reports it.
        try? key.signature(for: statement.signedBytes)
    }
}

/// Checks signatures of validators, whose keys it decodes once.
package struct FalconChecker: SignatureChecker {
    private let keys: [Falcon1024.PublicKey?]

    package init(_ validators: [Validator]) {
        keys = validators.map { try? Falcon1024.PublicKey(rawRepresentation: $0.publicKey) }
    }

    package func isValid(_ signature: RequiredSignature) -> Bool {
        guard Int(signature.signer) < keys.count, let key = keys[Int(signature.signer)] else { return false }
        return key.isValidSignature(signature.signature, for: signature.statement.signedBytes)
    }
}
