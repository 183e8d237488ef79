/// What one character of a subject is tested against: ranges, properties, and both cases where the pattern ignores
/// case.
struct RegexCharacterSet: Sendable, Hashable {
    /// A Unicode property of PCRE's `\p{…}`.
    enum Property: Sendable, Hashable {
        case any
        /// A general category such as `Lu`, or all that begin with a letter (`L`); `L&` is cased letters.
        case category(String)
        case word
        case space
        case alphanumeric
        case horizontalSpace
        case verticalSpace
        indirect case not(Property)

        func contains(_ value: UInt32) -> Bool {
            switch self {
            case .any: return true
            case .not(let property): return !property.contains(value)
            case .horizontalSpace:
                return [0x09, 0x20, 0xA0, 0x1680, 0x180E, 0x202F, 0x205F, 0x3000].contains(value)
                    || (value >= 0x2000 && value <= 0x200A)
            case .verticalSpace: return (value >= 0x0A && value <= 0x0D) || [0x85, 0x2028, 0x2029].contains(value)
            case .space:
                return (value >= 9 && value <= 13) || value == 0x85 || Self.category(of: value).hasPrefix("Z")
            case .word: return value == 95 || Property.alphanumeric.contains(value)
            case .alphanumeric:
                let category = Self.category(of: value)
                return category.hasPrefix("L") || category.hasPrefix("N")
            case .category("L&"): return ["Lu", "Ll", "Lt"].contains(Self.category(of: value))
            case .category(let name): return Self.category(of: value).hasPrefix(name)
            }
        }

        static func category(of value: UInt32) -> String {
            guard let scalar = Unicode.Scalar(value) else { return value <= 0xDFFF ? "Cs" : "Cn" }
            return UnicodeText.categoryName(scalar.properties.generalCategory)
        }
    }

    var ranges: [ClosedRange<UInt32>] = []
    var properties: [Property] = []
    var isNegated = false
    var ignoresCase = false

    mutating func insert(_ value: UInt32) { ranges.append(value...value) }

    func contains(_ value: UInt32) -> Bool {
        var found = containsExactly(value)
        if !found, ignoresCase {
            found = containsExactly(UnicodeText.lower(value)) || containsExactly(UnicodeText.upper(value))
        }
        return found != isNegated
    }

    private func containsExactly(_ value: UInt32) -> Bool {
        ranges.contains { $0.contains(value) } || properties.contains { $0.contains(value) }
    }

    static let asciiDigit = [UInt32(48)...57]
    static let asciiWord = [UInt32(48)...57, UInt32(65)...90, UInt32(95)...95, UInt32(97)...122]
    static let asciiSpace = [UInt32(9)...13, UInt32(32)...32]

    /// POSIX classes by name, as they are in ASCII.
    static func posix(_ name: String) -> [ClosedRange<UInt32>]? {
        switch name {
        case "alpha": [65...90, 97...122]
        case "digit": asciiDigit
        case "alnum": [48...57, 65...90, 97...122]
        case "upper": [65...90]
        case "lower": [97...122]
        case "space": asciiSpace
        case "blank": [9...9, 32...32]
        case "punct": [33...47, 58...64, 91...96, 123...126]
        case "xdigit": [48...57, 65...70, 97...102]
        case "cntrl": [0...31, 127...127]
        case "print": [32...126]
        case "graph": [33...126]
        case "word": asciiWord
        default: nil
        }
    }
}
