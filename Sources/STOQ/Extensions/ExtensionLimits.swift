/// Static limits of STOQ's extensions.
package enum ExtensionLimits {
    /// Bytes of one piece of a transfer: under a message's limit.
    package static let pieceBytesMax: UInt32 = 8 << 20
    /// Pieces of one object: 2²⁰ of them, 40 MiB of hashes while it is received.
    package static let piecesMax = 1 << 20
    /// Pieces told of in one message.
    package static let piecesPerMessageMax = 16_384
    /// Ranges of missing pieces asked for in one message.
    package static let rangesPerMessageMax = 65_536
    /// Pieces that may arrive corrupt in one transfer before it is given up.
    package static let corruptPiecesMax = 16
    /// Bytes of a file's name.
    package static let fileNameBytesMax = 255
    /// Data and parity shards together; GF(2⁸) has room for no more.
    package static let shardsMax = 255
    /// Bytes of a shard that are coded at a time.
    package static let shardStretchBytes = 64 << 10
    /// Transfers received at a time, of all peers and of one.
    package static let transfersMax = 32
    package static let transfersPerPeerMax = 4
    /// Relays between the ends of a circuit.
    package static let relaysMax = 8
    /// Circuits that one relay carries, for all peers and for one.
    package static let circuitsMax = 256
    package static let circuitsPerPeerMax = 16
    /// Nodes that one relay reaches over sessions that they opened.
    package static let registrationsMax = 256
    /// Bytes of ciphertext in one message of a circuit.
    package static let circuitDataBytesMax = 128 << 10
    /// Bytes that may still come over a circuit after this end has finished.
    package static let drainedBytesMax: UInt64 = 64 << 20
    /// Bytes of a certificate chain in a receipt.
    package static let receiptCertificatesBytesMax = 64 << 10
}
