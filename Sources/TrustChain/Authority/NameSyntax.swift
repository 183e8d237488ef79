/// Which names are well formed enough to be certified.
enum NameSyntax {
    /// A DNS name in its preferred form: labels of lower-case letters, digits and inner hyphens; the first may be
    /// `*`. Names whose last label is a number are addresses in disguise and refused.
    static func isDNSName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let plain = labels.first == "*" && labels.count > 2 ? labels.dropFirst() : labels[...]
        guard text.utf8.count <= 253, let last = plain.last, !last.utf8.allSatisfy(isDigit) else { return false }
        return plain.allSatisfy(isLabel)
    }

    /// `hypermesh://` and a host that is a DNS name or an id, with or without a path.
    static func isMeshURI(_ text: String) -> Bool {
        guard let host = host(ofURI: text), text.hasPrefix("hypermesh://") else { return false }
        return isDNSName(host) || GeneralName.uri(text).identity != nil
    }

    /// The host of a URI with an authority part, in lower case, without user and port; nil when it has none.
    static func host(ofURI text: String) -> String? {
        let bytes = Array(text.utf8)
        let colon = UInt8(ascii: ":")
        let slash = UInt8(ascii: "/")
        guard let scheme = bytes.firstIndex(of: colon), scheme > 0,
            bytes.dropFirst(scheme + 1).starts(with: [slash, slash])
        else { return nil }
        let authority = bytes.dropFirst(scheme + 3).prefix { !"/?#".utf8.contains($0) }
        let afterUser = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[($0 + 1)...] } ?? authority
        guard afterUser.first != UInt8(ascii: "[") else { return nil }
        let host = String(decoding: afterUser.prefix { $0 != colon }, as: UTF8.self).lowercased()
        return host.isEmpty ? nil : host
    }

    private static func isLabel(_ label: Substring) -> Bool {
        let bytes = label.utf8
        guard (1...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "-") else {
            return false
        }
        return bytes.allSatisfy { isDigit($0) || ($0 >= 0x61 && $0 <= 0x7a) || $0 == UInt8(ascii: "-") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
