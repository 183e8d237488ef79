import FoundationEssentials

/// A block of a PEM file (RFC 7468).
struct PEMBlock: Hashable {
    let label: String
    let content: [UInt8]

    /// The blocks of a file; text between them is passed over. `malformedPEM` when a block is broken.
    static func blocks(path: String) throws(ConformanceError) -> [PEMBlock] {
        var blocks: [PEMBlock] = []
        var label: String?
        var encoded = ""
        for line in String(decoding: try Suite.contents(of: path), as: UTF8.self).split(whereSeparator: \.isNewline) {
            if label == nil, line.hasPrefix("-----BEGIN "), line.hasSuffix("-----") {
                label = String(line.dropFirst(11).dropLast(5))
                encoded = ""
            } else if let name = label, line == "-----END \(name)-----" {
                guard let data = Data(base64Encoded: encoded), !data.isEmpty else {
                    throw .malformedPEM(path: path, reason: "the block '\(name)' is not base64")
                }
                blocks.append(PEMBlock(label: name, content: Array(data)))
                label = nil
            } else if label != nil {
                encoded += line.filter { !$0.isWhitespace }
            }
        }
        guard label == nil else { throw .malformedPEM(path: path, reason: "a block without an end") }
        return blocks
    }
}
