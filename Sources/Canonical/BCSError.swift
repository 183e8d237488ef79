/// Why bytes were refused as Binary Canonical Serialization.
public enum BCSError: Error, Sendable, Hashable {
    /// The input ended `missing` bytes before the value did, at byte `offset`.
    case truncated(offset: Int, missing: Int)
    /// Bytes were left after the value.
    case trailingBytes(offset: Int, count: Int)
    /// A ULEB128 number had a needless zero byte or exceeded 32 bits.
    case nonCanonicalLength(offset: Int)
    /// A length exceeded what its field may hold.
    case lengthOverLimit(offset: Int, length: Int, limit: Int)
    /// A boolean or option tag other than 0 or 1.
    case invalidTag(offset: Int, value: UInt8)
    /// An enumeration index that `type` does not have.
    case unknownVariant(offset: Int, type: String, index: UInt32)
    /// A string that is not UTF-8.
    case invalidUTF8(offset: Int)
    /// Map keys or set members that are not strictly ascending.
    case unsorted(offset: Int)
    /// A well-formed value that its type forbids; the text names the rule.
    case invalidValue(offset: Int, rule: String)
}

extension BCSError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated(let offset, let missing): "input ends \(missing) byte(s) early at byte \(offset)"
        case .trailingBytes(let offset, let count): "\(count) byte(s) follow the value at byte \(offset)"
        case .nonCanonicalLength(let offset): "length at byte \(offset) is not in its shortest form"
        case .lengthOverLimit(let offset, let length, let limit):
            "length \(length) at byte \(offset) exceeds the limit of \(limit)"
        case .invalidTag(let offset, let value): "tag \(value) at byte \(offset) is neither 0 nor 1"
        case .unknownVariant(let offset, let type, let index): "\(type) has no variant \(index) (byte \(offset))"
        case .invalidUTF8(let offset): "text at byte \(offset) is not UTF-8"
        case .unsorted(let offset): "entries at byte \(offset) are not in strictly ascending order"
        case .invalidValue(let offset, let rule): "value at byte \(offset) refused: \(rule)"
        }
    }
}
