/// Checks signatures of validators.
package protocol SignatureChecker: Sendable {
    func isValid(_ signature: RequiredSignature) -> Bool
}
