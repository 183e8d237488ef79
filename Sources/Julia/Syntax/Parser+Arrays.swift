extension Parser {
    /// An array literal before it is known whether a type stands before it.
    struct ArrayLiteral {
        var head: String
        var arguments: [Expression]
    }

    /// `[…]`: `vect`, `hcat`, `vcat`, `ncat` or `comprehension`.
    mutating func parseArray(endIsSymbol: Bool, keywords: Bool) throws(SyntaxError) -> ArrayLiteral {
        let start = token.start
        let closer: (kind: TokenKind, name: String) =
            token.kind == .leftBrace ? (.rightBrace, "`}`") : (.rightBracket, "`]`")
        let saved = context
        context = Context(spaceSensitive: true, forGenerator: true, endIsSymbol: endIsSymbol || saved.endIsSymbol)
        try advance()
        skipNewlines()
        let result = try parseArrayBody(start, closer, keywords)
        guard token.kind == closer.kind else { throw unexpected("expected \(closer.name)") }
        context = saved
        try advance()
        return result
    }

    private mutating func parseArrayBody(_ start: Int, _ closer: (kind: TokenKind, name: String), _ keywords: Bool)
        throws(SyntaxError) -> ArrayLiteral
    {
        if token.kind == closer.kind { return ArrayLiteral(head: "vect", arguments: []) }
        if token.kind == .semicolon { return try parseEmptyArray(closer.kind) }
        let place = token.start
        let first = try parseAssignment(comma: false)
        if token.isKeyword("for") {
            context.newlineIsSpace = true
            return ArrayLiteral(head: "comprehension", arguments: [try parseGenerator(first, place)])
        }
        guard token.kind == .comma || token.kind == closer.kind else { return try parseMatrix(first, closer) }
        var isAssignment = false
        if case .node(let node) = first, node.head == "=" {
            isAssignment = parenthesised.start != place || parenthesised.end != previous.end
        }
        var list = DelimitedList(start: start)
        list.groups[0].append(DelimitedList.Item(expression: first, isAssignment: isAssignment, start: place))
        context.newlineIsSpace = true
        context.spaceSensitive = false
        if token.kind == .comma {
            try advance()
            try parseItems(&list, until: closer)
        }
        return ArrayLiteral(head: "vect", arguments: arguments(list, keywords: keywords))
    }

    /// `[;]`, `[;;]`: empty arrays of one, two, … dimensions.
    private mutating func parseEmptyArray(_ closer: TokenKind) throws(SyntaxError) -> ArrayLiteral {
        let (count, _) = try parseSeparator()
        guard token.kind == closer else { throw unexpected("expected the end of an empty array") }
        return ArrayLiteral(head: "ncat", arguments: [.literal(.int64(Int64(count)))])
    }

    /// Semicolons and newlines here: how many `;`, and whether a newline stood there.
    private mutating func parseSeparator() throws(SyntaxError) -> (count: Int, newline: Bool) {
        var count = 0
        let newline = token.newlineBefore
        while token.kind == .semicolon {
            if count > 0, token.spaceBefore { throw error("space between semicolons of an array") }
            count += 1
            guard count <= SyntaxLimits.arrayDimensionsMax else {
                throw error("array of more than \(SyntaxLimits.arrayDimensionsMax) dimensions")
            }
            try advance()
        }
        if count == 0, newline { count = 1 }
        skipNewlines()
        return (count, newline)
    }

    private mutating func parseMatrix(_ first: Expression, _ closer: (kind: TokenKind, name: String))
        throws(SyntaxError) -> ArrayLiteral
    {
        var elements = [first]
        var separators: [Int] = []
        var trailing = 0
        while true {
            let spaced = token.spaceBefore
            let position = token.start
            let (count, newline) = try parseSeparator()
            if token.kind == closer.kind {
                trailing = newline && count == 1 && token.start == position ? 0 : count
                break
            }
            guard count > 0 || spaced, !atClosing else {
                throw unexpected("expected an array element or \(closer.name)")
            }
            separators.append(count)
            elements.append(try parseAssignment(comma: false))
        }
        return try matrix(elements, separators, trailing)
    }

    private func matrix(_ elements: [Expression], _ separators: [Int], _ trailing: Int) throws(SyntaxError)
        -> ArrayLiteral
    {
        let highest = max(trailing, separators.max() ?? 0)
        if highest == 0 { return ArrayLiteral(head: elements.count == 1 ? "vect" : "hcat", arguments: elements) }
        let rowMajor = separators.contains(0)
        if rowMajor, separators.contains(2) {
            throw error("spaces and `;;` in one array", hint: "both join columns; use one of them")
        }
        var levels = Array((1...highest).reversed())
        if rowMajor {
            levels.removeAll { $0 == 2 }
            levels.append(0)
        }
        let parts = split(elements[...], separators[...], levels[...])
        if highest == 1 { return ArrayLiteral(head: "vcat", arguments: parts) }
        return ArrayLiteral(head: "ncat", arguments: [.literal(.int64(Int64(highest)))] + parts)
    }

    /// Cuts at the loosest separator; what lies between is grouped by the tighter ones. Recursion is as deep as the
    /// number of distinct separators, at most `SyntaxLimits.arrayDimensionsMax`.
    private func split(
        _ elements: ArraySlice<Expression>, _ separators: ArraySlice<Int>, _ levels: ArraySlice<Int>
    ) -> [Expression] {
        guard let level = levels.first, elements.count > 1 else { return Array(elements) }
        var parts: [Expression] = []
        var begin = elements.startIndex
        for index in elements.indices {
            let isLast = index == elements.endIndex - 1
            guard isLast || separators[index] == level else { continue }
            parts.append(contentsOf: group(elements[begin...index], separators[begin..<index], levels.dropFirst()))
            begin = index + 1
        }
        return parts
    }

    private func group(
        _ elements: ArraySlice<Expression>, _ separators: ArraySlice<Int>, _ levels: ArraySlice<Int>
    ) -> [Expression] {
        var levels = levels
        while let level = levels.first, !separators.contains(level) { levels = levels.dropFirst() }
        guard let level = levels.first else { return Array(elements) }
        let parts = split(elements, separators, levels)
        if level == 0 { return [.node(Expression.Node("row", parts))] }
        return [.node(Expression.Node("nrow", [.literal(.int64(Int64(level)))] + parts))]
    }
}
