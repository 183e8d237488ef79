import Crypto
import FoundationEssentials

/// The tag at the end of a Retry packet (RFC 9001 section 5.8), which shows that its sender saw the client's Initial.
package enum RetryIntegrity {
    /// The tag of a Retry packet without its tag.
    package static func tag(
        packet: some Collection<UInt8>, originalDestination: ConnectionID, version: QUICVersion = .one
    ) throws(QUICError) -> [UInt8] {
        let pseudoPacket = [UInt8(originalDestination.count)] + originalDestination.bytes + Array(packet)
        let (key, nonce) = version.retryKey
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
