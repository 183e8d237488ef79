/// Falcon-512, round 3 of the NIST process (Falcon specification 1.2), security level 1.
///
/// This is not FN-DSA: FIPS 206, when published, will differ in hashing and encodings.
public enum Falcon512: FalconParameterSet {
    /// The constants of Falcon-512.
    public static let parameters = FalconParameters.falcon512
    /// A private key, 1281 bytes when encoded.
    public typealias PrivateKey = FalconPrivateKey<Falcon512>
    /// A public key, 897 bytes when encoded.
    public typealias PublicKey = FalconPublicKey<Falcon512>
}
