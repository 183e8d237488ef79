/// Unicode properties of code points, from the tables of the Swift standard library (Unicode 16 in Swift 6.3; Julia
/// 1.10 has Unicode 15.0, so the few characters assigned in between differ).
package enum UnicodeText {
    /// The two-letter name of a general category.
    package static func categoryName(_ category: Unicode.GeneralCategory) -> String {
        switch category {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }

    private static func properties(_ value: UInt32) -> Unicode.Scalar.Properties? {
        Unicode.Scalar(value)?.properties
    }

    /// The simple lower case of a code point; itself when it has none of one character.
    package static func lower(_ value: UInt32) -> UInt32 {
        if value < 0x80 { return value >= 65 && value <= 90 ? value + 32 : value }
        return sole(properties(value)?.lowercaseMapping) ?? value
    }

    /// The simple upper case of a code point.
    package static func upper(_ value: UInt32) -> UInt32 {
        if value < 0x80 { return value >= 97 && value <= 122 ? value - 32 : value }
        return sole(properties(value)?.uppercaseMapping) ?? value
    }

    /// The simple title case of a code point.
    package static func title(_ value: UInt32) -> UInt32 {
        if value < 0x80 { return upper(value) }
        return sole(properties(value)?.titlecaseMapping) ?? value
    }

    private static func sole(_ text: String?) -> UInt32? {
        guard let scalars = text?.unicodeScalars, scalars.count == 1 else { return nil }
        return scalars.first?.value
    }

    private static func category(_ value: UInt32) -> String {
        properties(value).map { categoryName($0.generalCategory) } ?? "Cn"
    }

    /// Julia's `isletter`.
    package static func isLetter(_ value: UInt32) -> Bool { category(value).hasPrefix("L") }
    /// Julia's `isnumeric`.
    package static func isNumeric(_ value: UInt32) -> Bool { category(value).hasPrefix("N") }
    /// Julia's `islowercase`.
    package static func isLowercase(_ value: UInt32) -> Bool { properties(value)?.isLowercase ?? false }
    /// Julia's `isuppercase`.
    package static func isUppercase(_ value: UInt32) -> Bool { properties(value)?.isUppercase ?? false }
    /// Julia's `ispunct`.
    package static func isPunctuation(_ value: UInt32) -> Bool { category(value).hasPrefix("P") }
    /// Julia's `iscntrl`.
    package static func isControl(_ value: UInt32) -> Bool { value < 0x20 || (value >= 0x7F && value <= 0x9F) }
    /// Julia's `isspace`.
    package static func isSpace(_ value: UInt32) -> Bool {
        value == 32 || (value >= 9 && value <= 13) || value == 0x85 || (value >= 0xA0 && category(value) == "Zs")
    }

    /// Columns that a character takes (Julia's `textwidth`): 0 for marks and controls, 2 for East Asian wide ones and
    /// emoji, else 1.
    package static func width(_ value: UInt32) -> Int {
        if value < 0x7F { return value < 0x20 ? 0 : 1 }
        guard let properties = properties(value) else { return 0 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .control, .format, .surrogate, .unassigned: return value == 0xAD ? 1 : 0
        default: return properties.isEmojiPresentation || isWide(value) ? 2 : 1
        }
    }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF: true
        case 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F: true
        case 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD: true
        default: false
        }
    }
}
