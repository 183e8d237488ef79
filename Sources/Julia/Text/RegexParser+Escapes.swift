extension RegexParser {
    // MARK: Escapes outside sets

    mutating func parseEscape() throws(RegexSyntaxError) -> RegexNode? {
        index += 1
        guard let letter = peek else { throw error("\\ at end of pattern") }
        if let assertion = assertions[letter] {
            index += 1
            return .assertion(assertion)
        }
        switch letter {
        case UInt8(ascii: "K"):
            index += 1
            return .keepOut
        case UInt8(ascii: "R"):
            index += 1
            return Self.lineBreak
        case UInt8(ascii: "N"):
            index += 1
            return .any(includesNewline: false)
        case UInt8(ascii: "Q"): return parseLiteralRun()
        case UInt8(ascii: "E"):
            index += 1
            return nil
        case UInt8(ascii: "g"), UInt8(ascii: "k"): return try parseReference(letter)
        case 49...57:
            let start = index
            if let group = try number(), group < 10 || group <= groupCount { return try reference(group) }
            index = start
        default: break
        }
        if let set = try classEscape() { return .set(set) }
        return .literal(try characterEscape(), ignoresCase: options.ignoresCase)
    }

    private var assertions: [UInt8: RegexAssertion] {
        [
            UInt8(ascii: "b"): .wordBoundary(isASCII: options.isASCII),
            UInt8(ascii: "B"): .notWordBoundary(isASCII: options.isASCII),
            UInt8(ascii: "A"): .textStart, UInt8(ascii: "z"): .subjectEnd, UInt8(ascii: "Z"): .textEndOrNewline,
            UInt8(ascii: "G"): .searchStart,
        ]
    }

    private static let lineBreak: RegexNode = {
        var single = RegexCharacterSet()
        single.properties = [.verticalSpace]
        let pair: RegexNode = .sequence([.literal(13, ignoresCase: false), .literal(10, ignoresCase: false)])
        return .atomic(.alternatives([pair, .set(single)]))
    }()

    /// `\Q…\E`.
    private mutating func parseLiteralRun() -> RegexNode {
        index += 1
        var nodes: [RegexNode] = []
        while index < bytes.count, !take("\\E") {
            let (scalar, length) = UTF8Text.decode(bytes, at: index)
            nodes.append(.literal(scalar ?? 0xFFFD, ignoresCase: options.ignoresCase))
            index += length
        }
        return .sequence(nodes)
    }

    private func reference(_ group: Int) throws(RegexSyntaxError) -> RegexNode {
        guard group > 0 else { throw error("reference to non-existent subpattern") }
        return .backReference(group, ignoresCase: options.ignoresCase)
    }

    /// `\g1`, `\g{1}`, `\g{-1}`, `\g{name}`, `\k<name>`, `\k{name}`, `\k'name'`.
    private mutating func parseReference(_ letter: UInt8) throws(RegexSyntaxError) -> RegexNode {
        index += 1
        for (opening, closing) in [("{", "}"), ("<", ">"), ("'", "'")] where lookingAt(opening) {
            index += 1
            let isRelative = take("-")
            guard letter == UInt8(ascii: "g"), let group = try number() else {
                return try namedReference(until: closing)
            }
            guard take(closing) else { throw error("a numbered reference must not be zero") }
            return try reference(isRelative ? groupCount + 1 - group : group)
        }
        guard letter == UInt8(ascii: "g"), let group = try number() else {
            throw error("\\k is not followed by a braced, angle-bracketed, or quoted name")
        }
        return try reference(group)
    }

    // MARK: Escapes anywhere

    /// `\d`, `\w`, `\p{…}` and their opposites.
    mutating func classEscape() throws(RegexSyntaxError) -> RegexCharacterSet? {
        guard let letter = peek else { return nil }
        var set = RegexCharacterSet()
        switch letter | 32 {
        case UInt8(ascii: "d"):
            if options.isASCII { set.ranges = RegexCharacterSet.asciiDigit } else { set.properties = [.category("Nd")] }
        case UInt8(ascii: "w"):
            if options.isASCII { set.ranges = RegexCharacterSet.asciiWord } else { set.properties = [.word] }
        case UInt8(ascii: "s"):
            if options.isASCII { set.ranges = RegexCharacterSet.asciiSpace } else { set.properties = [.space] }
        case UInt8(ascii: "h"): set.properties = [.horizontalSpace]
        case UInt8(ascii: "v"): set.properties = [.verticalSpace]
        case UInt8(ascii: "p"):
            index += 1
            set.properties = [try property()]
            index -= 1
        default: return nil
        }
        index += 1
        set.isNegated = letter & 32 == 0
        return set
    }

    private mutating func property() throws(RegexSyntaxError) -> RegexCharacterSet.Property {
        var name = ""
        var isNegated = false
        if take("{") {
            isNegated = take("^")
            while let byte = peek, byte != UInt8(ascii: "}") {
                name.unicodeScalars.append(Unicode.Scalar(byte))
                index += 1
            }
            guard take("}") else { throw error("malformed \\P or \\p sequence") }
        } else if let byte = peek {
            name = String(Unicode.Scalar(byte))
            index += 1
        }
        let found: RegexCharacterSet.Property
        switch name {
        case "Any": found = .any
        case "L&": found = .category("L&")
        case "Xan": found = .alphanumeric
        case "Xwd": found = .word
        case "Xps", "Xsp": found = .space
        default:
            guard Self.categories.contains(name) else { throw error("unknown property name after \\P or \\p") }
            found = .category(name)
        }
        return isNegated ? .not(found) : found
    }

    private static let categories: Set<String> = [
        "C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl",
        "No",
        "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
    ]

    private static let simple: [UInt8: UInt32] = [
        UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13, UInt8(ascii: "f"): 12,
        UInt8(ascii: "e"): 27,
        UInt8(ascii: "a"): 7,
    ]

    /// A single character, from the letter behind the backslash.
    mutating func characterEscape() throws(RegexSyntaxError) -> UInt32 {
        guard let letter = peek else { throw error("\\ at end of pattern") }
        if let value = Self.simple[letter] {
            index += 1
            return value
        }
        switch letter {
        case UInt8(ascii: "x"):
            index += 1
            if take("{") { return try bracedCode() }
            return digits(radix: 16, exactly: 2) ?? UInt32(letter)
        case UInt8(ascii: "u"):
            index += 1
            return digits(radix: 16, exactly: 4) ?? UInt32(letter)
        case UInt8(ascii: "c"):
            index += 1
            guard let control = peek, control >= 32, control < 127 else { throw error("\\c at end of pattern") }
            index += 1
            return UInt32(control >= 97 && control <= 122 ? control - 32 : control) ^ 64
        case 48...55: return octal()
        default: break
        }
        let (scalar, length) = UTF8Text.decode(bytes, at: index)
        let isLetter = letter | 32 >= 97 && letter | 32 <= 122
        guard let scalar, !isLetter || letter == UInt8(ascii: "U") || letter == UInt8(ascii: "L") else {
            throw error("unrecognized character follows \\")
        }
        index += length
        return scalar
    }

    private mutating func bracedCode() throws(RegexSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        while let byte = peek, let digit = StringEscapes.digitValue(byte) {
            value = value << 4 | digit
            guard value <= 0x10FFFF else { throw error("character code point value in \\x{} or \\o{} is too large") }
            index += 1
        }
        guard take("}") else { throw error("non-hex character in \\x{} (closing brace missing?)") }
        return value
    }

    private mutating func digits(radix: UInt32, exactly count: Int) -> UInt32? {
        var value: UInt32 = 0
        for offset in 0..<count {
            guard index + offset < bytes.count, let digit = StringEscapes.digitValue(bytes[index + offset]),
                digit < radix
            else { return nil }
            value = value * radix + digit
        }
        index += count
        return value
    }

    private mutating func octal() -> UInt32 {
        var value: UInt32 = 0
        var count = 0
        while count < 3, let byte = peek, byte >= 48, byte <= 55 {
            value = value * 8 + UInt32(byte) - 48
            index += 1
            count += 1
        }
        return value
    }

    // MARK: Sets

    /// `[…]`.
    mutating func parseSet() throws(RegexSyntaxError) -> RegexCharacterSet {
        index += 1
        var set = RegexCharacterSet()
        set.isNegated = take("^")
        set.ignoresCase = options.ignoresCase
        var isFirst = true
        while isFirst || peek != UInt8(ascii: "]") {
            guard index < bytes.count else { throw error("missing terminating ] for character class") }
            isFirst = false
            try parseSetItem(&set)
        }
        index += 1
        return set
    }

    private mutating func parseSetItem(_ set: inout RegexCharacterSet) throws(RegexSyntaxError) {
        if take("[:") { return try parsePOSIX(&set) }
        guard let low = try setCharacter(&set) else { return }
        guard lookingAt("-"), index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "]") else {
            set.insert(low)
            return
        }
        index += 1
        guard let high = try setCharacter(&set) else {
            set.insert(low)
            set.insert(UInt32(UInt8(ascii: "-")))
            return
        }
        guard low <= high else { throw error("range out of order in character class") }
        set.ranges.append(low...high)
    }

    /// One character; nil when a class such as `\d` was added instead.
    private mutating func setCharacter(_ set: inout RegexCharacterSet) throws(RegexSyntaxError) -> UInt32? {
        guard take("\\") else {
            let (scalar, length) = UTF8Text.decode(bytes, at: index)
            guard let scalar else { throw error("UTF-8 error") }
            index += length
            return scalar
        }
        if take("b") { return 8 }
        if var part = try classEscape() {
            if part.isNegated {
                part.properties = part.ranges.isEmpty ? part.properties.map { .not($0) } : []
                for range in part.ranges { Self.appendComplement(of: range, part.ranges, to: &set) }
                part.ranges = []
            }
            set.ranges += part.ranges
            set.properties += part.properties
            return nil
        }
        return try characterEscape()
    }

    /// What lies between `range` and the next of the sorted `ranges`; before the first one too.
    private static func appendComplement(
        of range: ClosedRange<UInt32>, _ ranges: [ClosedRange<UInt32>], to set: inout RegexCharacterSet
    ) {
        if range == ranges.first, range.lowerBound > 0 { set.ranges.append(0...(range.lowerBound - 1)) }
        let next = ranges.first { $0.lowerBound > range.upperBound }?.lowerBound ?? 0x11_0100
        if range.upperBound + 1 < next { set.ranges.append((range.upperBound + 1)...(next - 1)) }
    }

    private mutating func parsePOSIX(_ set: inout RegexCharacterSet) throws(RegexSyntaxError) {
        let isNegated = take("^")
        var name = ""
        while let byte = peek, byte >= 97, byte <= 122 {
            name.unicodeScalars.append(Unicode.Scalar(byte))
            index += 1
        }
        guard take(":]"), let ranges = RegexCharacterSet.posix(name) else { throw error("unknown POSIX class name") }
        guard isNegated else {
            set.ranges += ranges
            if !options.isASCII, let property = Self.posixProperties[name] { set.properties.append(property) }
            return
        }
        for range in ranges { Self.appendComplement(of: range, ranges, to: &set) }
    }

    private static let posixProperties: [String: RegexCharacterSet.Property] = [
        "alpha": .category("L"), "digit": .category("Nd"), "alnum": .alphanumeric, "upper": .category("Lu"),
        "lower": .category("Ll"), "space": .space, "word": .word, "punct": .category("P"),
    ]
}
