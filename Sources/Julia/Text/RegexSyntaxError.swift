/// Why a pattern is not one that this engine takes.
package struct RegexSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    package var message: String
    /// Byte offset in the pattern.
    package var offset: Int

    /// As Julia words it: `PCRE compilation error: … at offset …`.
    package var description: String { "PCRE compilation error: \(message) at offset \(offset)" }
}

/// What a pattern may ask for.
enum RegexLimits {
    static let nestingMax = 100
    static let repeatMax = 65_535
    static let instructionsMax = 100_000
    /// Places to go back to that are kept at one time.
    static let stackMax = 4_000_000
}
