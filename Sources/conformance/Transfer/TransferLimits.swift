import TLS

/// What a transfer may be, and what is offered to a stock peer.
enum TransferLimits {
    /// Bytes of one transfer: 1 TiB.
    static let bytesMax = 1 << 40
    /// Bytes of a request for a download, and of the answer to an upload.
    static let lineBytesMax = 128
    /// Classical groups first, as stock peers have them.
    static let groups: [NamedGroup] = [.x25519, .secp256r1, .secp384r1, .x25519MLKEM768]
}
