/// Reads PCRE patterns as Julia compiles them (UTF, UCP and ALT_BSUX on).
struct RegexParser {
    /// What `(?imsx)` and the flags behind a literal switch.
    struct Options {
        var ignoresCase = false
        var isMultiline = false
        var dotAll = false
        var isExtended = false
        /// `\d`, `\w`, `\s` and `\b` know ASCII only.
        var isASCII = false
    }

    let bytes: [UInt8]
    var index = 0
    var options: Options
    var groupCount = 0
    var names: [(name: String, group: Int)] = []
    private var nesting = 0

    init(_ pattern: [UInt8], _ options: Options) {
        bytes = pattern
        self.options = options
    }

    func error(_ message: String) -> RegexSyntaxError { RegexSyntaxError(message: message, offset: index) }

    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    func lookingAt(_ text: String) -> Bool { bytes[min(index, bytes.count)...].starts(with: text.utf8) }

    mutating func take(_ text: String) -> Bool {
        guard lookingAt(text) else { return false }
        index += text.utf8.count
        return true
    }

    mutating func parsePattern() throws(RegexSyntaxError) -> RegexNode {
        let node = try parseAlternatives()
        guard index == bytes.count else { throw error("unmatched closing parenthesis") }
        return node
    }

    mutating func parseAlternatives() throws(RegexSyntaxError) -> RegexNode {
        nesting += 1
        guard nesting <= RegexLimits.nestingMax else { throw error("parentheses are too deeply nested") }
        var alternatives = [try parseSequence()]
        while peek == UInt8(ascii: "|") {
            index += 1
            alternatives.append(try parseSequence())
        }
        nesting -= 1
        return alternatives.count == 1 ? alternatives[0] : .alternatives(alternatives)
    }

    private mutating func parseSequence() throws(RegexSyntaxError) -> RegexNode {
        var nodes: [RegexNode] = []
        while let byte = peek, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            if options.isExtended, skipExtended() { continue }
            guard let atom = try parseAtom() else { continue }
            nodes.append(try parseQuantifiers(atom))
        }
        return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
    }

    /// White space and `#` comments of the `x` option.
    private mutating func skipExtended() -> Bool {
        guard let byte = peek else { return false }
        if byte == 32 || (byte >= 9 && byte <= 13) {
            index += 1
            return true
        }
        guard byte == UInt8(ascii: "#") else { return false }
        while let next = peek, next != 10 { index += 1 }
        return true
    }

    // MARK: Quantifiers

    private mutating func parseQuantifiers(_ atom: RegexNode) throws(RegexSyntaxError) -> RegexNode {
        var node = atom
        while true {
            if options.isExtended, skipExtended() { continue }
            guard let (minimum, maximum) = try parseRepeat() else { return node }
            if case .repeated = node {
                throw error("quantifier does not follow a repeatable item")
            }
            var greedy = true
            var possessive = false
            if take("?") { greedy = false } else if take("+") { possessive = true }
            node = .repeated(node, minimum: minimum, maximum: maximum, greedy: greedy, possessive: possessive)
        }
    }

    private mutating func parseRepeat() throws(RegexSyntaxError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard peek == UInt8(ascii: "{") else { return nil }
        let start = index
        index += 1
        guard let minimum = try number() else {
            index = start
            return nil
        }
        var maximum: Int? = minimum
        if take(",") { maximum = try number() }
        guard take("}") else {
            index = start
            return nil
        }
        if let maximum, maximum < minimum { throw error("numbers out of order in {} quantifier") }
        return (minimum, maximum)
    }

    mutating func number() throws(RegexSyntaxError) -> Int? {
        var value: Int?
        while let byte = peek, Lexer.isDigit(byte) {
            let next = (value ?? 0) * 10 + Int(byte) - 48
            guard next <= RegexLimits.repeatMax else { throw error("number too big in {} quantifier") }
            value = next
            index += 1
        }
        return value
    }

    // MARK: Atoms

    /// One item; nil where an option setting or comment stood.
    private mutating func parseAtom() throws(RegexSyntaxError) -> RegexNode? {
        let (scalar, length) = UTF8Text.decode(bytes, at: index)
        guard let scalar else { throw error("UTF-8 error") }
        switch bytes[index] {
        case UInt8(ascii: "("): return try parseGroup()
        case UInt8(ascii: "["): return .set(try parseSet())
        case UInt8(ascii: "\\"): return try parseEscape()
        case UInt8(ascii: "."):
            index += 1
            return .any(includesNewline: options.dotAll)
        case UInt8(ascii: "^"):
            index += 1
            return .assertion(options.isMultiline ? .lineStart : .textStart)
        case UInt8(ascii: "$"):
            index += 1
            return .assertion(options.isMultiline ? .lineEnd : .textEndOrNewline)
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
            throw error("quantifier does not follow a repeatable item")
        default:
            index += length
            return .literal(scalar, ignoresCase: options.ignoresCase)
        }
    }

    private mutating func parseGroup() throws(RegexSyntaxError) -> RegexNode? {
        index += 1
        let saved = options
        if take("?#") {
            while let byte = peek, byte != UInt8(ascii: ")") { index += 1 }
            return try close(.empty, saved)
        }
        if take("?:") { return try close(try parseAlternatives(), saved) }
        if take("?=") { return try close(.look(try parseAlternatives(), ahead: true, negated: false), saved) }
        if take("?!") { return try close(.look(try parseAlternatives(), ahead: true, negated: true), saved) }
        if take("?<=") { return try close(.look(try parseAlternatives(), ahead: false, negated: false), saved) }
        if take("?<!") { return try close(.look(try parseAlternatives(), ahead: false, negated: true), saved) }
        if take("?>") { return try close(.atomic(try parseAlternatives()), saved) }
        if take("?P=") { return try namedReference(until: ")") }
        for (opening, closing) in [("?P<", ">"), ("?<", ">"), ("?'", "'")] where take(opening) {
            return try parseNamedGroup(closing, saved)
        }
        if lookingAt("?") { return try parseOptions(saved) }
        if lookingAt("*") { throw error("(*VERB) not recognized or malformed") }
        groupCount += 1
        let group = groupCount
        return try close(.group(group, try parseAlternatives()), saved)
    }

    private mutating func close(_ node: RegexNode, _ saved: Options) throws(RegexSyntaxError) -> RegexNode {
        guard take(")") else { throw error("missing closing parenthesis") }
        options = saved
        return node
    }

    private mutating func parseNamedGroup(_ closing: String, _ saved: Options) throws(RegexSyntaxError) -> RegexNode {
        let name = try groupName(until: closing)
        guard !names.contains(where: { $0.name == name }) else {
            throw error("two named subpatterns have the same name (PCRE2_DUPNAMES not set)")
        }
        groupCount += 1
        let group = groupCount
        names.append((name, group))
        return try close(.group(group, try parseAlternatives()), saved)
    }

    mutating func groupName(until closing: String) throws(RegexSyntaxError) -> String {
        let start = index
        while let byte = peek, byte == 95 || Lexer.isDigit(byte) || (byte | 32 >= 97 && byte | 32 <= 122) { index += 1 }
        let name = String(decoding: bytes[start..<index], as: UTF8.self)
        guard let first = name.utf8.first, !Lexer.isDigit(first) else {
            throw error("subpattern name expected")
        }
        guard take(closing) else { throw error("syntax error in subpattern name (missing terminator?)") }
        return name
    }

    mutating func namedReference(until closing: String) throws(RegexSyntaxError) -> RegexNode {
        let name = try groupName(until: closing)
        guard let group = names.first(where: { $0.name == name })?.group else {
            throw error("reference to non-existent subpattern")
        }
        return .backReference(group, ignoresCase: options.ignoresCase)
    }

    /// `(?i)` for the rest of the group, `(?i:…)` for its content.
    private mutating func parseOptions(_ saved: Options) throws(RegexSyntaxError) -> RegexNode? {
        index += 1
        var isOn = true
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: "i"): options.ignoresCase = isOn
            case UInt8(ascii: "m"): options.isMultiline = isOn
            case UInt8(ascii: "s"): options.dotAll = isOn
            case UInt8(ascii: "x"): options.isExtended = isOn
            case UInt8(ascii: "-"): isOn = false
            case UInt8(ascii: ":"): return try close(try parseAlternatives(), saved)
            case UInt8(ascii: ")"): return nil
            default:
                index -= 1
                throw error("unrecognized character after (? or (?-")
            }
        }
        throw error("missing closing parenthesis")
    }
}
