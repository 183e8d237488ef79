import SwiftASN1

@testable import TrustChain

/// A time as a certificate holds it.
enum DERTime {
    static func encode(_ time: CertificateTime) -> [UInt8] { DER.Serializer.bytes { time.serialize(into: &$0) } }
}
