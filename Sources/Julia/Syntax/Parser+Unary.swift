extension Parser {
    /// `2x`, `2(x + 1)`, `(a)b`: factors without an operator between them.
    mutating func parseJuxtaposed() throws(SyntaxError) -> Expression {
        let start = token.start
        return try parseFactors(try parseUnary(), start)
    }

    mutating func parseFactors(_ first: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        guard isJuxtaposed else { return first }
        var factors = [first]
        while isJuxtaposed {
            let radical = kind == .op
            factors.append(try radical ? parseUnary() : parseFactor())
        }
        return call("*", factors, at: start)
    }

    private var isJuxtaposed: Bool {
        guard !token.spaceBefore, !token.newlineBefore, previous.end == token.start else { return false }
        switch previous.kind {
        case .keyword, .quote, .backtick, .op: return false
        default: break
        }
        switch token.kind {
        case .identifier, .boolean: return true
        case .leftParenthesis: return previous.kind.isNumber
        case .op: return OperatorTable.radicals.contains(token.symbol) && !token.dotted
        default: return false
        }
    }

    /// Prefix operators: `-x`, `!x`, `.-x`, `√x`; and operators that stand alone as names.
    mutating func parseUnary() throws(SyntaxError) -> Expression {
        guard token.kind == .op, OperatorTable.unary.contains(token.symbol) else { return try parseFactor() }
        let next = try second()
        let adjacent = !next.spaceBefore && !next.newlineBefore
        if token.isOperator("-") || token.isOperator("+"), adjacent, next.kind.isNumber {
            return try parseSigned(next)
        }
        if isOperatorAlone(next) { return try parseFactor() }
        if next.kind == .leftParenthesis, adjacent { return try parseUnaryCall() }
        return try parsePrefixed()
    }

    private func isOperatorAlone(_ next: Token) -> Bool {
        if isClosing(next) || (next.newlineBefore && !context.newlineIsSpace) { return true }
        if next.kind == .dot, !next.spaceBefore { return true }
        if next.kind == .op, next.precedence > .none, !OperatorTable.unary.contains(next.symbol) {
            return next.symbol != "&" && next.symbol != "<:" && next.symbol != ">:"
        }
        return next.kind == .leftBrace && !next.spaceBefore
    }

    private mutating func parsePrefixed() throws(SyntaxError) -> Expression {
        let outer = try enter()
        let op = token
        try advance()
        let operand = try parseUnary()
        try leave(outer)
        return call(op.operatorName, [operand], at: op.start)
    }

    /// `-2` is a literal, `-2^x` is `-(2^x)`.
    private mutating func parseSigned(_ number: Token) throws(SyntaxError) -> Expression {
        let after = try lexer.token(from: number.end)
        let power = after.kind == .op && after.precedence == .power
        let indexed = after.kind == .leftBracket && !after.spaceBefore
        let folds = number.kind == .integer || number.kind == .float || number.kind == .float32
        guard folds, !power, !indexed else { return try parsePrefixed() }
        let op = token
        try advance()
        let literal = try numberLiteral(token, negative: op.symbol == "-")
        try advance()
        return try parsePower(literal, op.start)
    }

    /// `+(a, b)` calls; `-(a)^2` negates `(a)^2`.
    private mutating func parseUnaryCall() throws(SyntaxError) -> Expression {
        let outer = try enter()
        let op = token
        try advance()
        let open = token.start
        let contents = try parseDelimited()
        var result: Expression
        if contents.commas > 0 || contents.groups.count > 1 || contents.isEmpty || contents.endsInSplat {
            result = node("call", [.symbol(op.operatorName)] + arguments(contents, keywords: true), at: op.start)
            result = try parsePower(try parseCallChain(result, op.start), op.start)
        } else {
            let operand = try parseCallChain(parenthesised(contents), open)
            result = call(op.operatorName, [try parsePower(operand, open)], at: op.start)
        }
        try leave(outer)
        return result
    }

    /// `a^b`, `a::T`, `x -> y` and what binds tighter.
    mutating func parseFactor() throws(SyntaxError) -> Expression {
        let start = token.start
        return try parsePower(try parseUnaryPrefix(), start)
    }

    mutating func parsePower(_ initial: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        let base = try parseDeclaration(initial, start)
        guard kind == .op, token.precedence == .power, !isSpacedUnary else { return base }
        return try parseExponent(of: base, start)
    }

    private mutating func parseExponent(of base: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        let outer = try enter()
        let op = token
        try advance()
        skipNewlines()
        let exponent = try parseJuxtaposed()
        try leave(outer)
        return call(op.operatorName, [base, exponent], at: start)
    }

    private mutating func parseDeclaration(_ initial: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        guard kind == .doubleColon || kind == .arrow else { return initial }
        var result = initial
        while kind == .doubleColon {
            if context.spaceSensitive, token.spaceBefore, !spaceAfter { return result }
            try advance()
            let place = token.start
            result = node("::", [result, try parseWhereChain(try parseUnaryPrefix(), place)], at: start)
            try grow()
        }
        guard kind == .arrow else { return result }
        return try parseLambda(result, start)
    }

    private mutating func parseLambda(_ parameters: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        try advance()
        skipNewlines()
        let place = token.start
        let body = try parseAssignment(comma: false)
        return node(
            "->", [Self.lambdaArguments(parameters), node("block", [line(place), body], at: place)], at: start)
    }

    /// `(x; y = 1) -> …` was read as a block; it means keyword arguments.
    private static func lambdaArguments(_ arguments: Expression) -> Expression {
        guard case .node(let block) = arguments, block.head == "block" else { return arguments }
        let items = block.arguments.filter { if case .line = $0 { false } else { true } }
        guard let first = items.first else { return arguments }
        let keywords = items.dropFirst().map { item -> Expression in
            guard case .node(var pair) = item, pair.head == "=" else { return item }
            pair.head = "kw"
            return .node(pair)
        }
        let parameters = Expression.node(Expression.Node("parameters", Array(keywords), at: block.location))
        return .node(Expression.Node("tuple", [parameters, first], at: block.location))
    }

    /// `&x`, `::T`, or a call.
    mutating func parseUnaryPrefix() throws(SyntaxError) -> Expression {
        guard token.kind == .doubleColon || token.isOperator("&") else { return try parseCall() }
        let next = try second()
        if isClosing(next) || next.newlineBefore || next.precedence == .assignment { return try parseCall() }
        if token.kind == .op, next.kind == .leftParenthesis, !next.spaceBefore { return try parseCall() }
        let outer = try enter()
        let op = token
        try advance()
        let place = token.start
        let operand = try parseWhereChain(try parseUnaryPrefix(), place)
        try leave(outer)
        return node(op.symbol, [operand], at: op.start)
    }
}
