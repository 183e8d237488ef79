extension Lexer {
    /// Reads a name, keyword or boolean that starts at `token.start`.
    func scanIdentifier(_ token: inout Token, _ firstLength: Int) {
        token.end = identifierEnd(token.start, firstLength)
        token.symbol = Self.normalized(text(token.start, token.end))
        switch token.symbol {
        case "true", "false": token.kind = .boolean
        default: token.kind = OperatorTable.keywords.contains(token.symbol) ? .keyword : .identifier
        }
    }

    private func identifierEnd(_ start: Int, _ firstLength: Int) -> Int {
        var index = start + firstLength
        while let (value, length) = scalar(at: index), Self.continuesIdentifier(value) {
            // `a!=b` compares, `f!(x)` calls.
            if value == 0x21, byte(index + 1) == UInt8(ascii: "=") { break }
            index += length
        }
        return index
    }

    /// Characters that Julia treats as the same letter in names.
    static func normalized(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 >= 0x80 }) else { return name }
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0x25B: scalars.append("\u{3B5}")
            case 0xB5: scalars.append("\u{3BC}")
            case 0xB7, 0x387: scalars.append("\u{22C5}")
            case 0x2212: scalars.append("-")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// Whether a character may begin a name (Julia manual, "Allowed Variable Names").
    static func startsIdentifier(_ value: UInt32) -> Bool {
        if value < 0x80 {
            return (value >= 65 && value <= 90) || (value >= 97 && value <= 122) || value == 95
        }
        guard value >= 0xA1, let scalar = Unicode.Scalar(value) else { return false }
        if isMathematicalName(value) { return true }
        if OperatorTable.unicode[value] != nil { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber,
            .currencySymbol:
            return true
        case .otherSymbol:
            let arrow = value >= 0x2190 && value <= 0x21FF
            return !arrow && value != 0xFFFC && value != 0xFFFD && value != 0x233F && value != 0xA6
        default: return false
        }
    }

    private static func isMathematicalName(_ value: UInt32) -> Bool {
        switch value {
        case 0x2140, 0x2202, 0x2205...0x2207, 0x220E...0x2211, 0x221E, 0x221F, 0x222B...0x2233, 0x22BE, 0x22BF: true
        case 0x22A4, 0x22A5, 0x22C0...0x22C3, 0x25F8...0x25FF, 0x266F, 0x27D8, 0x27D9, 0x27C0, 0x27C1: true
        case 0x29B0...0x29B4, 0x2A00...0x2A06, 0x2A09...0x2A16, 0x2A1B, 0x2A1C, 0x223F, 0x2220...0x2222: true
        case 0x1D6C1, 0x1D6DB, 0x1D6FB, 0x1D715, 0x1D735, 0x1D74F, 0x1D76F, 0x1D789, 0x1D7A9, 0x1D7C3: true
        case 0x207A...0x207E, 0x208A...0x208E, 0x2118, 0x212E, 0x309B, 0x309C, 0x299B...0x29AF: true
        default: false
        }
    }

    /// Whether a character may stand inside a name.
    static func continuesIdentifier(_ value: UInt32) -> Bool {
        if value < 0x80 { return startsIdentifier(value) || (value >= 48 && value <= 57) || value == 33 }
        if startsIdentifier(value) { return true }
        guard value >= 0xA1, let scalar = Unicode.Scalar(value) else { return false }
        if (value >= 0x2032 && value <= 0x2037) || value == 0x2057 { return true }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation, .modifierSymbol,
            .otherNumber:
            return true
        default: return false
        }
    }
}
