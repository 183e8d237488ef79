/// What stands between parentheses or braces, before it is known to be arguments, a tuple or a block.
struct DelimitedList {
    struct Item {
        var expression: Expression
        /// Written `name = value` without parentheses of its own.
        var isAssignment: Bool
        var start: Int
    }

    var start: Int
    var end = 0
    /// Items between semicolons; a new group begins at each `;`.
    var groups: [[Item]] = [[]]
    var commas = 0

    var isEmpty: Bool { groups.count == 1 && groups[0].isEmpty }
    var endsInSplat: Bool {
        guard case .node(let last)? = groups[0].last?.expression else { return false }
        return last.head == "..."
    }
}

extension Parser {
    private static let closers: [TokenKind: (kind: TokenKind, name: String)] = [
        .leftParenthesis: (.rightParenthesis, "`)`"), .leftBrace: (.rightBrace, "`}`"),
        .leftBracket: (.rightBracket, "`]`"),
    ]

    /// Reads `(…)`, `{…}` or `[…]` as a comma-separated list, from the opening token.
    mutating func parseDelimited() throws(SyntaxError) -> DelimitedList {
        var list = DelimitedList(start: token.start)
        let closer = Self.closers[token.kind] ?? (.rightParenthesis, "`)`")
        let saved = context
        context = Context(newlineIsSpace: true, forGenerator: true, endIsSymbol: saved.endIsSymbol)
        try advance()
        try parseItems(&list, until: closer)
        context = saved
        list.end = token.end
        try advance()
        return list
    }

    /// Reads items up to, and not including, the closing token.
    mutating func parseItems(_ list: inout DelimitedList, until closer: (kind: TokenKind, name: String))
        throws(SyntaxError)
    {
        while token.kind != closer.kind {
            if token.kind == .semicolon {
                list.groups.append([])
                try advance()
                continue
            }
            let item = try parseItem()
            list.groups[list.groups.count - 1].append(item)
            if token.kind == .comma {
                list.commas += 1
                try advance()
            } else if token.kind != .semicolon, token.kind != closer.kind {
                throw unexpected("expected `,` or \(closer.name)")
            }
        }
    }

    private mutating func parseItem() throws(SyntaxError) -> DelimitedList.Item {
        let start = token.start
        var expression = try parseAssignment(comma: false)
        if token.isKeyword("for") {
            expression = try parseGenerator(expression, start)
            return DelimitedList.Item(expression: expression, isAssignment: false, start: start)
        }
        var isAssignment = false
        if case .node(let node) = expression, node.head == "=" {
            isAssignment = parenthesised.start != start || parenthesised.end != previous.end
        }
        return DelimitedList.Item(expression: expression, isAssignment: isAssignment, start: start)
    }

    private func keyword(_ item: DelimitedList.Item) -> Expression {
        guard item.isAssignment, case .node(var node) = item.expression else { return item.expression }
        node.head = "kw"
        return .node(node)
    }

    /// The list as `Expr` arguments: `parameters` first, each further `;` nested in it. With `keywords`, `a = 1` among
    /// the positional ones is `kw`; behind `;` it always is.
    func arguments(_ list: DelimitedList, keywords: Bool) -> [Expression] {
        var parameters: Expression?
        for group in list.groups.dropFirst().reversed() {
            let items = group.map(keyword)
            let place = group.first?.start ?? list.start
            parameters = node("parameters", (parameters.map { [$0] } ?? []) + items, at: place)
        }
        let positional = list.groups[0].map { keywords ? keyword($0) : $0.expression }
        return (parameters.map { [$0] } ?? []) + positional
    }

    /// `(…)` as an expression: a tuple, a block, or what stands in it.
    mutating func parenthesised(_ list: DelimitedList) -> Expression {
        let semicolons = list.groups.count - 1
        let count = list.groups.reduce(0) { $0 + $1.count }
        let leading = semicolons > 0 && list.groups[0].isEmpty
        let parameters = leading && (semicolons == 1 || count > 0)
        if list.commas > 0 || parameters || (semicolons == 0 && count == 0) || (semicolons > 0 && list.endsInSplat) {
            return node("tuple", arguments(list, keywords: false), at: list.start)
        }
        parenthesised = (list.start, list.end)
        if semicolons == 0, let only = list.groups[0].first { return only.expression }
        var statements: [Expression] = []
        for item in list.groups.joined() {
            if !statements.isEmpty { statements.append(line(item.start)) }
            statements.append(item.expression)
        }
        return node("block", statements, at: list.start)
    }

    // MARK: Generators

    /// `body for x in xs if condition for y in ys`, from the `for` on.
    mutating func parseGenerator(_ body: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        let saved = context
        context = Context(newlineIsSpace: true, forGenerator: true, endIsSymbol: saved.endIsSymbol)
        var clauses: [[Expression]] = []
        while token.isKeyword("for") {
            try advance()
            clauses.append(try parseClause())
            try grow()
        }
        context = saved
        var result = node("generator", [body] + (clauses.popLast() ?? []), at: start)
        while let clause = clauses.popLast() {
            result = node("flatten", [node("generator", [result] + clause, at: start)], at: start)
        }
        return result
    }

    private mutating func parseClause() throws(SyntaxError) -> [Expression] {
        let place = token.start
        let specifications = try parseIterations()
        guard token.isKeyword("if") else { return specifications }
        try advance()
        return [node("filter", [try parseAssignment(comma: false)] + specifications, at: place)]
    }

    /// `i in a, j = b`: each as `Expr(:(=), i, a)`.
    mutating func parseIterations() throws(SyntaxError) -> [Expression] {
        var result = [try parseIteration()]
        while kind == .comma {
            try advance()
            skipNewlines()
            result.append(try parseIteration())
        }
        return result
    }

    private mutating func parseIteration() throws(SyntaxError) -> Expression {
        let start = token.start
        var isOuter = false
        if token.isWord("outer") {
            let next = try second()
            isOuter = next.kind == .identifier && next.symbol != "in" && !next.newlineBefore
            if isOuter { try advance() }
        }
        var variable = try parseBinary(.pipeLess)
        if isOuter { variable = node("outer", [variable], at: start) }
        guard token.isWord("in") || token.isOperator("=") || token.isOperator("∈"), kind != .newline else {
            throw unexpected("expected `in`, `=` or `∈` of an iteration")
        }
        try advance()
        skipNewlines()
        return node("=", [variable, try parseBinary(.pair)], at: start)
    }
}
