/// First byte of the ledger's own keys. Caesar has 0x10 and 0x11, TrustChain 0x54.
enum StateNamespace {
    static let network: UInt8 = 0x01
    static let identity: UInt8 = 0x02
    static let sequence: UInt8 = 0x03
    static let policy: UInt8 = 0x04
    static let anchor: UInt8 = 0x05
    static let tip: UInt8 = 0x06
    static let validators: UInt8 = 0x07
    static let evidence: UInt8 = 0x08
    static let certificate: UInt8 = 0x09
    static let offence: UInt8 = 0x0a
    static let pool: UInt8 = 0x30
    static let provider: UInt8 = 0x31
    static let program: UInt8 = 0x40
    static let job: UInt8 = 0x41
    static let receipt: UInt8 = 0x42
    static let deadline: UInt8 = 0x43
}
