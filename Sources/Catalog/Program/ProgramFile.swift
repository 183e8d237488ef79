package import Canonical

/// One source file of a program.
package struct ProgramFile: Sendable, Hashable {
    /// Relative path with `/` between parts.
    package let path: String
    package let source: String

    package init(path: String, source: String) {
        self.path = path
        self.source = source
    }
}

extension ProgramFile: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(path)
        encoder.encode(source)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        path = try decoder.decodeString(limit: CatalogLimits.pathBytesMax)
        source = try decoder.decodeString(limit: CatalogLimits.sourceBytesMax)
    }
}
