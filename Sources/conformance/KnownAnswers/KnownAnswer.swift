/// One entry of a NIST known-answer file for signatures.
struct KnownAnswer {
    let count: UInt64
    let seed: [UInt8]
    let messageLength: UInt64
    let message: [UInt8]
    let publicKey: [UInt8]
    let privateKey: [UInt8]
    let signedMessageLength: UInt64
    let signedMessage: [UInt8]
    /// Where the entry ends, counted from 1.
    let line: Int
}
