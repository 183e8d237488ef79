/// Why a source text is not a Julia program: what was refused, where, and what to do about it.
public struct SyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    private struct Content: Hashable {
        var message: String
        var location: SourceLocation
        var hint: String?
        var sourceLine: String
    }

    /// One word wide: a parser that recurses has room for an error in each of its frames.
    private final class Storage: Sendable {
        let content: Content
        init(_ content: Content) { self.content = content }
    }

    private let storage: Storage

    /// What was refused, in lower case and without a full stop.
    public var message: String { storage.content.message }
    /// Where: the first byte that does not fit.
    public var location: SourceLocation { storage.content.location }
    /// What would fit instead, if that is known.
    public var hint: String? { storage.content.hint }
    /// The line of source text, cut to 200 bytes.
    public var sourceLine: String { storage.content.sourceLine }

    public init(message: String, location: SourceLocation, hint: String? = nil, sourceLine: String = "") {
        storage = Storage(Content(message: message, location: location, hint: hint, sourceLine: sourceLine))
    }

    public static func == (left: SyntaxError, right: SyntaxError) -> Bool {
        left.storage.content == right.storage.content
    }

    public func hash(into hasher: inout Hasher) { storage.content.hash(into: &hasher) }

    public var description: String {
        var text = "line \(location.line), column \(location.column): \(message)"
        if let hint { text += " (\(hint))" }
        return sourceLine.isEmpty ? text : text + "\n  " + sourceLine
    }
}
