/// A place in a source text: 1-based line and column (column counts UTF-8 bytes).
public struct SourceLocation: Sendable, Hashable {
    public var line: Int32
    public var column: Int32

    public init(line: Int32, column: Int32) {
        self.line = line
        self.column = column
    }

    /// Where nothing better is known (code made by a macro).
    public static let unknown = SourceLocation(line: 0, column: 0)
}

/// A literal value as Julia's parser types it (Julia manual, "Integers and Floating-Point Numbers").
public enum Literal: Sendable, Hashable {
    case bool(Bool)
    case int64(Int64)
    case int128(Int128)
    /// Decimal digits of an integer literal too large for Int128, without underscores.
    case bigInt(String)
    case uint8(UInt8)
    case uint16(UInt16)
    case uint32(UInt32)
    case uint64(UInt64)
    case uint128(UInt128)
    case float32(Float)
    case float64(Double)
    /// A Unicode scalar or, for an invalid sequence, Julia's left-aligned UTF-8 bits.
    case char(UInt32)
    /// Raw UTF-8 bytes; Julia strings may hold invalid UTF-8.
    case string([UInt8])
    /// The value `nothing`, as bare `return` needs it.
    case nothing
}

/// A Julia expression in the form that macros see (`Expr`, `Symbol`, literals): the one contract between the
/// parser and everything after it. Heads and argument orders are those of `Meta.parse` in Julia 1.10.
public indirect enum Expression: Sendable, Hashable {
    case symbol(String)
    case literal(Literal)
    /// `LineNumberNode`: stands in blocks before each statement and as the second argument of `macrocall`.
    case line(SourceLocation)
    /// `QuoteNode(value)`, as in `a.b` → `Expr(:., :a, QuoteNode(:b))`.
    case quoted(Expression)
    case node(Node)

    /// An `Expr`: head and arguments, with the place of its first byte.
    public struct Node: Sendable, Hashable {
        /// `call`, `block`, `=`, `if`, `->`, `curly`, `macrocall`, … exactly as Julia names it.
        public var head: String
        public var arguments: [Expression]
        public var location: SourceLocation

        public init(_ head: String, _ arguments: [Expression], at location: SourceLocation = .unknown) {
            self.head = head
            self.arguments = arguments
            self.location = location
        }
    }
}
