/// What the parser refuses so that neither it nor what follows it can run out of native stack.
enum SyntaxLimits {
    /// Nested expressions while parsing; parentheses count three times, blocks four times. Parsing takes below 8 KiB
    /// of stack for each in a debug build.
    static let nestingMax = 600
    /// Height of the tree that comes out; chains such as `a.b.c` grow it without nesting.
    static let treeHeightMax = 2_000
    /// Semicolons in a row in an array literal.
    static let arrayDimensionsMax = 32
    /// Bytes of one source text.
    static let sourceBytesMax = 1 << 26
}
