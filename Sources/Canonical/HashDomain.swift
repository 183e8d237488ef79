/// What a hash or signature is about. Its tag stands before the bytes, so that no hash of one kind can be passed
/// off as another. Modules add their own domains as static members; a house test holds all tags prefix-free.
public struct HashDomain: Sendable, Hashable {
    /// ASCII, begins with `HM/`.
    public let tag: String
    /// The tag as it is hashed.
    let tagBytes: [UInt8]

    public init(_ tag: StaticString) {
        self.tag = tag.description
        tagBytes = Array(self.tag.utf8)
    }

    /// `NodeID` of a FALCON-1024 public key.
    public static let node = HashDomain("HM/node")

    /// The bytes to sign so that a signature made for one domain means nothing in another.
    public func message(_ bytes: some Collection<UInt8>) -> [UInt8] {
        tagBytes + bytes
    }
}
