/// A digest that names one kind of thing, so that a job's name cannot stand where a program's is meant.
public struct Identifier<Kind>: Hashable, Comparable, Sendable, CanonicalCodable, CustomStringConvertible {
    public let digest: Digest

    public init(_ digest: Digest) {
        self.digest = digest
    }

    /// From 64 hexadecimal digits.
    public init?(hexadecimal text: some StringProtocol) {
        guard let digest = Digest(hexadecimal: text) else { return nil }
        self.init(digest)
    }

    public var bytes: [UInt8] { digest.bytes }
    public var description: String { digest.description }
    public var shortDescription: String { digest.shortDescription }

    public func encode(to encoder: inout BCSEncoder) { encoder.encode(digest) }
    public init(from decoder: inout BCSDecoder) throws(BCSError) { digest = try decoder.decode(Digest.self) }

    public static func < (left: Self, right: Self) -> Bool { left.digest < right.digest }
}

/// Tags of `Identifier`.
public enum IdentifierKind {
    public enum Node: Sendable {}
    public enum Network: Sendable {}
    public enum Operation: Sendable {}
    public enum Block: Sendable {}
    public enum Program: Sendable {}
    public enum Job: Sendable {}
    public enum Asset: Sendable {}
}

/// A node or person: SHA-256("HM/node" ‖ FALCON-1024 public key).
public typealias NodeID = Identifier<IdentifierKind.Node>
/// A mesh: the hash of its genesis.
public typealias NetworkID = Identifier<IdentifierKind.Network>
/// A signed operation: the hash of its envelope's content.
public typealias OperationID = Identifier<IdentifierKind.Operation>
/// A block: the hash of its header.
public typealias BlockHash = Identifier<IdentifierKind.Block>
/// A program: the hash of its content.
public typealias ProgramID = Identifier<IdentifierKind.Program>
/// A job.
public typealias JobID = Identifier<IdentifierKind.Job>
/// An asset.
public typealias AssetID = Identifier<IdentifierKind.Asset>

extension Identifier where Kind == IdentifierKind.Node {
    /// The id of the holder of a FALCON-1024 key (1793 raw bytes).
    public init(publicKey: some Collection<UInt8>) {
        self.init(Digest(.node, publicKey))
    }
}
