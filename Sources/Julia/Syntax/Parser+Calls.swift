extension Parser {
    /// A block form, or an atom with calls, indexing and fields behind it.
    mutating func parseCall() throws(SyntaxError) -> Expression {
        let start = token.start
        if startsBlockForm { return try parseBlockForm() }
        if token.kind == .at { return try parseMacroCall(nil, start) }
        return try parseCallChain(try parseAtom(), start)
    }

    /// Suffixes: `f(x)`, `a[i]`, `A{T}`, `a.b`, `f.(x)`, `a'`, `r"…"`.
    mutating func parseCallChain(_ initial: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        var result = initial
        while true {
            guard kind != .newline, !(token.spaceBefore && context.spaceSensitive && kind != .dot) else {
                return result
            }
            switch kind {
            case .leftParenthesis:
                if previous.kind.isNumber || token.spaceBefore { return try refuseSpacedCall(result) }
                result = try parseArguments(of: result, start)
            case .leftBracket:
                if token.spaceBefore { return result }
                result = try parseIndexing(of: result, start)
            case .leftBrace:
                if token.spaceBefore { return result }
                result = node("curly", [result] + arguments(try parseDelimited(), keywords: false), at: start)
            case .dot:
                guard !token.spaceBefore else { return result }
                if let called = try parseDot(&result, start) { return called }
            case .prime:
                guard !token.spaceBefore else { return result }
                try advance()
                result = node("'", [result], at: start)
            case .quote, .backtick:
                guard !token.spaceBefore, let name = Self.customLiteral(result, command: kind == .backtick) else {
                    return result
                }
                result = try parseCustomLiteral(name, start)
            default: return result
            }
            try grow()
        }
    }

    private func refuseSpacedCall(_ callee: Expression) throws(SyntaxError) -> Expression {
        if token.spaceBefore, !previous.kind.isNumber, previous.kind == .identifier {
            throw error("space before `(` of a call", hint: "write the parenthesis directly behind the function")
        }
        return callee
    }

    /// `(…)` behind a callee, with the `do` block that may follow.
    private mutating func parseArguments(of callee: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        let list = try parseDelimited()
        let result = node("call", [callee] + arguments(list, keywords: true), at: start)
        return try parseDo(result, start)
    }

    /// `do x, y … end` behind a call.
    mutating func parseDo(_ call: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        guard token.isKeyword("do"), kind != .newline else { return call }
        let place = token.start
        let saved = context
        context = Context()
        try advance()
        var names: [Expression] = []
        while kind != .newline, kind != .semicolon, !atClosing {
            names.append(try parseAssignment(comma: false))
            guard kind == .comma else { break }
            try advance()
        }
        let body = try parseBlock(place)
        context = saved
        try expectEnd(of: "do", place)
        let function = node("->", [node("tuple", names, at: place), body], at: place)
        return node("do", [call, function], at: start)
    }

    /// `a[i]`, `T[x, y]`, `T[x y; z w]`, `T[x for x in xs]`.
    private mutating func parseIndexing(of base: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        let array = try parseArray(endIsSymbol: true, keywords: true)
        let heads = ["vect": "ref", "hcat": "typed_hcat", "vcat": "typed_vcat", "ncat": "typed_ncat"]
        let head = heads[array.head] ?? "typed_comprehension"
        return node(head, [base] + array.arguments, at: start)
    }

    /// `.name`, `.(…)`, `.:op`, `.$x`, `.@macro`. A macro call takes the rest of the line and is returned.
    private mutating func parseDot(_ base: inout Expression, _ start: Int) throws(SyntaxError) -> Expression? {
        try advance()
        guard !token.spaceBefore || token.newlineBefore else { throw error("space after `.`") }
        let place = token.start
        switch token.kind {
        case .leftParenthesis:
            let list = node("tuple", arguments(try parseDelimited(), keywords: true), at: place)
            base = try parseDo(node(".", [base, list], at: start), start)
        case .at: return try parseMacroCall(base, start)
        case .colon:
            try advance()
            let name = try parseQuotable()
            base = node(".", [base, .quoted(name)], at: start)
        case .dollar:
            try advance()
            base = node(".", [base, .quoted(node("$", [try parseAtom()], at: place))], at: start)
        case .identifier where token.symbol == "var" && lexer.byte(token.end) == UInt8(ascii: "\""):
            base = node(".", [base, .quoted(try parseAtom())], at: start)
        case .identifier, .keyword, .boolean:
            let name = token.symbol
            previous.kind = .identifier
            token.kind = .identifier
            try advance()
            base = node(".", [base, .quoted(.symbol(name))], at: start)
        default: throw unexpected("expected a field name behind `.`")
        }
        return nil
    }

    // MARK: Macros

    /// `@name args`, `@name(args)`, `@A.name`, `A.@name`, `@.`; then suffixes when it had parentheses.
    mutating func parseMacroCall(_ base: Expression?, _ start: Int) throws(SyntaxError) -> Expression {
        let place = token.start
        try advance()
        guard !token.spaceBefore, !token.newlineBefore else { throw error("space after `@`") }
        let name = try parseMacroName(base, start)
        return try parseMacroArguments(name, place, start)
    }

    private mutating func parseMacroName(_ base: Expression?, _ start: Int) throws(SyntaxError) -> Expression {
        var path = base
        var last = try parseMacroComponent()
        while kind == .dot, !token.spaceBefore, last != "__dot__" {
            try advance()
            path = path.map { node(".", [$0, .quoted(.symbol(last))], at: start) } ?? .symbol(last)
            try grow()
            if token.kind == .at { try advance() }
            last = try parseMacroComponent()
        }
        let name = Expression.symbol("@" + last)
        return path.map { node(".", [$0, .quoted(name)], at: start) } ?? name
    }

    private mutating func parseMacroComponent() throws(SyntaxError) -> String {
        if token.isWord("var"), lexer.byte(token.end) == UInt8(ascii: "\""), case .symbol(let name) = try parseAtom() {
            return name
        }
        var name = token.symbol
        switch token.kind {
        case .identifier, .keyword, .boolean, .op: break
        case .dot: name = "__dot__"
        default: throw unexpected("expected the name of a macro")
        }
        token.kind = .identifier
        try advance()
        return name
    }

    private mutating func parseMacroArguments(_ name: Expression, _ place: Int, _ start: Int) throws(SyntaxError)
        -> Expression
    {
        let head = [name, line(place)]
        let adjacent = !token.spaceBefore && kind != .newline
        if kind == .leftParenthesis, adjacent {
            let list = try parseDelimited()
            let result = node("macrocall", head + arguments(list, keywords: false), at: start)
            return try parseCallChain(try parseDo(result, start), start)
        }
        if kind == .leftBracket || kind == .leftBrace, adjacent {
            let result = node("macrocall", head + [try parseAtom()], at: start)
            return try parseCallChain(result, start)
        }
        let saved = context
        context.spaceSensitive = true
        context.newlineIsSpace = false
        var arguments: [Expression] = []
        while kind != .newline, !atClosing, !(kind == .colon && !context.rangeColon) {
            if token.isKeyword("for"), context.forGenerator, !arguments.isEmpty { break }
            if token.isKeyword("do") { break }
            arguments.append(try parseAssignment(comma: true))
        }
        context = saved
        return try parseDo(node("macrocall", head + arguments, at: start), start)
    }
}
