import Falcon

/// Checks FALCON-1024 signatures against the keys of one validator set, which it decodes once.
package struct FalconSignatureChecker: SignatureChecker {
    private let keys: [Falcon1024.PublicKey]

    /// - Throws: `invalidValidatorSet` when a member's key is no FALCON-1024 public key.
    package init(_ validators: ValidatorSet) throws(ConsensusError) {
        var keys: [Falcon1024.PublicKey] = []
        for (index, validator) in validators.validators.enumerated() {
            do {
                keys.append(try Falcon1024.PublicKey(rawRepresentation: validator.publicKey))
            } catch {
                throw .invalidValidatorSet(rule: "the key of member \(index) is a FALCON-1024 public key")
            }
        }
        self.keys = keys
    }

    package func isValid(_ signature: RequiredSignature) -> Bool {
        guard Int(signature.signer) < keys.count else { return false }
        return keys[Int(signature.signer)].isValidSignature(
            signature.signature, for: signature.statement.signedBytes)
    }
}
