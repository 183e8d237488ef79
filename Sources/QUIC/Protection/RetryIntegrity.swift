import Crypto
import FoundationEssentials

/// The tag at the end of a Retry packet (RFC 9001 section 5.8), which shows that its sender saw the client's Initial.
package enum RetryIntegrity {
    private static let key: [UInt8] = [
        0xBE, 0x0C, 0x69, 0x0B, 0x9F, 0x66, 0x57, 0x5A, 0x1D, 0x76, 0x6B, 0x54, 0xE3, 0x68, 0xC8, 0x4E,
    ]
    private static let nonce: [UInt8] = [0x46, 0x15, 0x99, 0xD3, 0x5D, 0x63, 0x2B, 0xF2, 0x23, 0x98, 0x25, 0xBB]

    /// The tag of a Retry packet without its tag.
    package static func tag(
        packet: some Collection<UInt8>, originalDestination: ConnectionID
    ) throws(QUICError) -> [UInt8] {
        let pseudoPacket = [UInt8(originalDestination.count)] + originalDestination.bytes + Array(packet)
        do {
            let box = try AES.GCM.seal(
                [UInt8](), using: SymmetricKey(data: key), nonce: AES.GCM.Nonce(data: nonce),
                authenticating: pseudoPacket)
            return Array(box.tag)
        } catch {
            throw .cryptography("the Retry tag could not be made")
        }
    }
}
