/// How strongly an infix operator binds, weakest first (Julia manual, "Operator Precedence").
enum Precedence: UInt8, Comparable {
    case none, assignment, pair, conditional, arrow, or, and, comparison, pipeLess, pipeGreater
    case colon, plus, times, rational, shift, power

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

    /// The next tighter level.
    var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .power }
}

enum TokenKind: UInt8 {
    case endOfFile, newline, identifier, keyword, boolean
    case integer, binary, octal, hexadecimal, float, float32, hexFloat
    /// `"`, `` ` `` and `'`: the parser reads on from there, because what they open depends on what stands before.
    case quote, backtick, prime
    /// Any operator with a precedence, or a unary one.
    case op
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case comma, semicolon, dot, colon, doubleColon, question, at, dollar, splat, arrow

    var isNumber: Bool { rawValue >= TokenKind.integer.rawValue && rawValue <= TokenKind.hexFloat.rawValue }
}

/// One token: bytes `start..<end` of the source.
struct Token {
    var kind: TokenKind
    var start: Int
    var end: Int
    /// White space, a comment or a newline stands before it.
    var spaceBefore = false
    var newlineBefore = false
    /// An operator with a leading dot; `symbol` then is without it.
    var dotted = false
    var precedence = Precedence.none
    /// Name of an identifier, keyword or operator.
    var symbol = ""

    /// The operator's name as `Expr` has it: with its dot.
    var operatorName: String { dotted ? "." + symbol : symbol }

    func isOperator(_ name: String) -> Bool { kind == .op && !dotted && symbol == name }
    func isKeyword(_ name: String) -> Bool { kind == .keyword && symbol == name }
    func isWord(_ name: String) -> Bool { kind == .identifier && symbol == name }
}
