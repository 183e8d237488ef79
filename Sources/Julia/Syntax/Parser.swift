/// A recursive-descent parser for Julia 1.10 with precedence climbing for infix operators.
///
/// It yields what `Meta.parse` yields, as `Expression`. One difference is on purpose: `a; b` on one line of a file
/// makes two entries of `toplevel`, not a nested one.
///
///     let program = try Parser.parseAll("f(x) = 2x + 1\nf(20)")
public struct Parser {
    /// What the surroundings say about white space, `end`, `:` and `for`.
    struct Context {
        var newlineIsSpace = false
        /// White space separates (arrays, macro arguments).
        var spaceSensitive = false
        var rangeColon = true
        var whereEnabled = true
        /// `for` ends what stands before it.
        var forGenerator = false
        /// `begin` and `end` are names (indexing).
        var endIsSymbol = false
    }

    var lexer: Lexer
    var token = Token(kind: .endOfFile, start: 0, end: 0)
    var previous = Token(kind: .newline, start: 0, end: 0)
    var context = Context()
    /// The last parenthesised plain expression: `f((a = 1))` is not a keyword argument.
    var parenthesised = (start: -1, end: -1)
    private var nesting = 0
    private var height = 0

    init(_ source: [UInt8]) throws(SyntaxError) {
        lexer = Lexer(source)
        guard source.count <= SyntaxLimits.sourceBytesMax else {
            throw lexer.error("source longer than \(SyntaxLimits.sourceBytesMax) bytes", at: 0)
        }
        token = try lexer.token(from: 0)
    }

    /// Parses a whole source text as `Meta.parseall` does.
    ///
    /// - Returns: `toplevel` with a line node before each statement.
    /// - Throws: `SyntaxError` for the first thing that does not fit; never traps, whatever the text.
    public static func parseAll(_ source: String) throws(SyntaxError) -> Expression {
        try parseAll(bytes: Array(source.utf8))
    }

    /// As `parseAll(_:)`, for bytes that need not be valid UTF-8 (only strings and comments may hold invalid bytes).
    public static func parseAll(bytes: [UInt8]) throws(SyntaxError) -> Expression {
        var parser = try Parser(bytes)
        let statements = try parser.parseStatements()
        guard parser.token.kind == .endOfFile else { throw parser.unexpected() }
        return .node(Expression.Node("toplevel", statements, at: SourceLocation(line: 1, column: 1)))
    }

    /// Parses exactly one statement as `Meta.parse` does; an empty text gives `nothing`.
    public static func parse(_ source: String) throws(SyntaxError) -> Expression {
        let parsed = try parseAll(source)
        guard case .node(let top) = parsed else { return parsed }
        let statements = top.arguments.filter { if case .line = $0 { false } else { true } }
        if statements.count > 1 { return .node(Expression.Node("toplevel", statements, at: top.location)) }
        return statements.first ?? .literal(.nothing)
    }

    // MARK: Tokens

    /// The current token's kind; `newline` where a newline ends the statement.
    var kind: TokenKind { token.newlineBefore && !context.newlineIsSpace ? .newline : token.kind }

    mutating func advance() throws(SyntaxError) {
        previous = token
        token = try lexer.token(from: token.end)
    }

    /// Goes on behind `position`, after a string or character that the parser read itself.
    mutating func resume(at position: Int, after kind: TokenKind) throws(SyntaxError) {
        previous = token
        previous.kind = kind
        previous.end = position
        token = try lexer.token(from: position)
    }

    func second() throws(SyntaxError) -> Token { try lexer.token(from: token.end) }

    /// Lets the expression go on on the next line.
    mutating func skipNewlines() { token.newlineBefore = false }

    /// Whether white space follows the current token.
    var spaceAfter: Bool {
        let next = lexer.byte(token.end)
        return next == 32 || (next >= 9 && next <= 13) || next == UInt8(ascii: "#") || token.end >= lexer.bytes.count
    }

    /// Nothing that begins an expression.
    func isClosing(_ token: Token) -> Bool {
        switch token.kind {
        case .comma, .rightParenthesis, .rightBracket, .rightBrace, .semicolon, .endOfFile: return true
        case .keyword:
            if token.symbol == "end" { return !context.endIsSymbol }
            return ["else", "elseif", "catch", "finally"].contains(token.symbol)
        default: return false
        }
    }

    var atClosing: Bool { isClosing(token) }

    // MARK: Depth

    /// Call on the way into an expression; hand the result to `leave`.
    mutating func enter() throws(SyntaxError) -> Int {
        nesting += 1
        guard nesting <= SyntaxLimits.nestingMax else {
            throw lexer.error("expressions nested deeper than \(SyntaxLimits.nestingMax)", at: token.start)
        }
        let outer = height
        height = 0
        return outer
    }

    mutating func leave(_ outer: Int) throws(SyntaxError) {
        nesting -= 1
        let inner = height + 1
        height = max(outer, inner)
        try checkHeight()
    }

    /// Call where a loop puts a node around what it has.
    mutating func grow() throws(SyntaxError) {
        height += 1
        try checkHeight()
    }

    private func checkHeight() throws(SyntaxError) {
        guard height <= SyntaxLimits.treeHeightMax else {
            throw lexer.error("expression higher than \(SyntaxLimits.treeHeightMax)", at: previous.start)
        }
    }

    // MARK: Nodes and errors

    func node(_ head: String, _ arguments: [Expression], at start: Int) -> Expression {
        .node(Expression.Node(head, arguments, at: lexer.location(start)))
    }

    func call(_ name: String, _ operands: [Expression], at start: Int) -> Expression {
        node("call", [.symbol(name)] + operands, at: start)
    }

    func line(_ position: Int) -> Expression { .line(lexer.location(position)) }

    func error(_ message: String, hint: String? = nil) -> SyntaxError {
        lexer.error(message, at: token.start, hint: hint)
    }

    func unexpected(_ hint: String? = nil) -> SyntaxError {
        switch kind {
        case .endOfFile: error("unexpected end of input", hint: hint)
        case .newline: lexer.error("unexpected end of line", at: previous.end, hint: hint)
        default: error("unexpected `\(lexer.text(token.start, min(token.end, token.start + 40)))`", hint: hint)
        }
    }

    mutating func expect(_ wanted: TokenKind, _ name: String) throws(SyntaxError) {
        guard kind == wanted else { throw unexpected("expected \(name)") }
        try advance()
    }
}
