import Falcon
import ProofOfState

/// Checks validators' signatures by the keys of their set.
struct ValidatorKeys: SignatureChecker {
    private let set: ValidatorSet

    init(_ set: ValidatorSet) {
        self.set = set
    }

    func isValid(_ required: RequiredSignature) -> Bool {
        guard let validator = set[required.signer],
            let key = try? Falcon1024.PublicKey(rawRepresentation: validator.publicKey)
        else { return false }
        return key.isValidSignature(required.signature, for: required.statement.signedBytes)
    }
}
