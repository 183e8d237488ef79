/// The two encodings of a signature; both begin with a header byte and the 40-byte salt.
public enum FalconSignatureEncoding: Sendable, Equatable {
    /// A fixed number of bytes, filled up with zeros. The default.
    case padded
    /// As many bytes as the values take.
    case compressed

    /// What may follow the last coefficient.
    var ending: SignatureCodec.Ending {
        switch self {
        case .padded: .zeroFilled
        case .compressed: .exact
        }
    }
}
