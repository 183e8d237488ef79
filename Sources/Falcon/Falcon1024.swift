/// Falcon-1024, round 3 of the NIST process (Falcon specification 1.2), security level 5.
///
///     let key = try Falcon1024.PrivateKey()
///     let signature = try key.signature(for: message)
///     key.publicKey.isValidSignature(signature, for: message)  // true
///
/// This is not FN-DSA: FIPS 206, when published, will differ in hashing and encodings.
public enum Falcon1024: FalconParameterSet {
    /// The constants of Falcon-1024.
    public static let parameters = FalconParameters.falcon1024
    /// A private key, 2305 bytes when encoded.
    public typealias PrivateKey = FalconPrivateKey<Falcon1024>
    /// A public key, 1793 bytes when encoded.
    public typealias PublicKey = FalconPublicKey<Falcon1024>
}
