/// A compiled pattern: the subset of PCRE that Julia programs use, matched by backtracking with a budget of
/// steps.
///
/// Not taken, and refused when compiled: recursion, conditionals, callouts, backtracking verbs, branch reset, scripts in
/// `\p{…}`, and lookbehind of varying length within one alternative.
package struct RegularExpression: Sendable {
    /// What a search came to.
    package enum Outcome: Sendable, Hashable {
        /// Byte ranges of the match and its groups; nil for a group that took no part.
        case match([Range<Int>?])
        case noMatch
        /// The budget was used up before an answer was known.
        case budgetExhausted
    }

    let program: [RegexInstruction]
    let sets: [RegexCharacterSet]
    let slotCount: Int
    /// Size of the compiled pattern.
    package var instructionCount: Int { program.count }
    /// Number of capturing groups.
    package let groupCount: Int
    /// Names of groups in the order of their numbers.
    package let groupNames: [(name: String, group: Int)]

    /// Compiles a pattern; `flags` are those behind Julia's `r"…"`: `i`, `m`, `s`, `x`, `a`.
    package init(_ pattern: [UInt8], flags: String = "") throws(RegexSyntaxError) {
        var options = RegexParser.Options()
        for flag in flags {
            switch flag {
            case "i": options.ignoresCase = true
            case "m": options.isMultiline = true
            case "s": options.dotAll = true
            case "x": options.isExtended = true
            case "a": options.isASCII = true
            default: throw RegexSyntaxError(message: "unknown regex flag: \(flag)", offset: 0)
            }
        }
        var parser = RegexParser(pattern, options)
        let node = try parser.parsePattern()
        var compiler = RegexCompiler(groupCount: parser.groupCount)
        try compiler.compile(node)
        for case .backReference(let group, _) in compiler.program where group > parser.groupCount {
            throw RegexSyntaxError(message: "reference to non-existent subpattern", offset: pattern.count)
        }
        program = compiler.program
        sets = compiler.sets
        slotCount = compiler.slotCount
        groupCount = parser.groupCount
        groupNames = parser.names
    }

    /// Finds the first match that begins at byte `start` or later.
    ///
    /// - Parameters:
    ///   - steps: the budget; what was used is subtracted. A step is one instruction or one place tried.
    ///   - anchored: only a match at `start` counts.
    package func match(_ subject: [UInt8], from start: Int = 0, anchored: Bool = false, steps: inout Int) -> Outcome {
        guard start >= 0, start <= subject.count else { return .noMatch }
        return subject.withUnsafeBufferPointer { bytes in
            var matcher = RegexMatcher(self, bytes, start, steps)
            let outcome = matcher.search(anchored: anchored)
            steps = max(0, matcher.steps)
            return outcome
        }
    }
}
