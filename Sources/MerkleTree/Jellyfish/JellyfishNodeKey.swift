package import Canonical

/// Where a node is stored: the version that wrote it and its place in the tree.
package struct JellyfishNodeKey: Sendable, Hashable {
    package let version: UInt64
    package let path: NibblePath

    package init(version: UInt64, path: NibblePath) {
        self.version = version
        self.path = path
    }
}

extension JellyfishNodeKey: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(version)
        encoder.encode(path)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        version = try decoder.decode(UInt64.self)
        path = try decoder.decode(NibblePath.self)
    }
}
