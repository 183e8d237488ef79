/// Why a source text is not a Julia program: what was refused, where, and what to do about it.
public struct SyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was refused, in lower case and without a full stop.
    public var message: String
    /// Where: the first byte that does not fit.
    public var location: SourceLocation
    /// What would fit instead, if that is known.
    public var hint: String?
    /// The line of source text, cut to 200 bytes.
    public var sourceLine: String

    public init(message: String, location: SourceLocation, hint: String? = nil, sourceLine: String = "") {
        self.message = message
        self.location = location
        self.hint = hint
        self.sourceLine = sourceLine
    }

    public var description: String {
        var text = "line \(location.line), column \(location.column): \(message)"
        if let hint { text += " (\(hint))" }
        return sourceLine.isEmpty ? text : text + "\n  " + sourceLine
    }
}
