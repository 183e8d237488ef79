extension Parser {
    /// `a = b`, `a += b`, `a ~ b`, or anything that binds tighter. With `comma`, `a, b` is a tuple.
    mutating func parseAssignment(comma: Bool) throws(SyntaxError) -> Expression {
        let outer = try enter()
        let start = token.start
        let left = try comma ? parseCommaList() : parseBinary(.pair)
        var result = left
        if kind == .op, token.precedence == .assignment, !isSpacedUnary {
            result = try parseAssigned(to: left, comma: comma, start)
        }
        try leave(outer)
        return result
    }

    private mutating func parseAssigned(to left: Expression, comma: Bool, _ start: Int) throws(SyntaxError)
        -> Expression
    {
        let op = token
        try advance()
        skipNewlines()
        let place = token.start
        let right = try parseAssignment(comma: comma)
        if op.symbol == "~" || OperatorTable.unicode[op.symbol.unicodeScalars.first?.value ?? 0] == .assignment {
            return call(op.operatorName, [left, right], at: start)
        }
        guard op.isOperator("="), Self.isSignature(left) else {
            return node(op.operatorName, [left, right], at: start)
        }
        return node("=", [left, node("block", [line(place), right], at: place)], at: start)
    }

    /// Whether `left = body` defines a method: `f(x)`, `f(x)::T`, `f(x) where T`.
    static func isSignature(_ left: Expression) -> Bool {
        var current = left
        while case .node(let node) = current {
            switch node.head {
            case "call": return true
            case "where", "::":
                guard node.head == "where" || node.arguments.count == 2, let first = node.arguments.first else {
                    return false
                }
                current = first
            default: return false
            }
        }
        return false
    }

    private mutating func parseCommaList() throws(SyntaxError) -> Expression {
        let start = token.start
        let first = try parseBinary(.pair)
        guard kind == .comma else { return first }
        var items = [first]
        while kind == .comma {
            try advance()
            if kind == .newline || atClosing || token.isOperator("=") { break }
            items.append(try parseBinary(.pair))
        }
        return node("tuple", items, at: start)
    }

    /// In `[a -b]` and `@m a -b` the operator begins the next item.
    var isSpacedUnary: Bool {
        context.spaceSensitive && token.spaceBefore && !spaceAfter
            && OperatorTable.unaryAndBinary.contains(token.symbol)
    }

    /// The level of the infix operator here, if it binds at least as tightly as `minimum`.
    private func infixLevel(_ minimum: Precedence) -> Precedence? {
        switch kind {
        case .op:
            let level = token.precedence
            return level >= minimum && level <= .shift && level > .assignment && !isSpacedUnary ? level : nil
        case .identifier:
            guard minimum <= .comparison, token.symbol == "in" || token.symbol == "isa" else { return nil }
            return .comparison
        case .question: return minimum <= .conditional ? .conditional : nil
        case .colon:
            guard context.rangeColon, minimum <= .colon else { return nil }
            return context.spaceSensitive && token.spaceBefore && !spaceAfter ? nil : .colon
        case .splat: return minimum <= .colon ? .colon : nil
        default: return nil
        }
    }

    /// Everything from `minimum` up to shifts, by precedence climbing.
    mutating func parseBinary(_ minimum: Precedence) throws(SyntaxError) -> Expression {
        let outer = try enter()
        let start = token.start
        var left = try parseOperand()
        while let level = infixLevel(minimum) {
            left = try parseInfix(left, level, start)
            try grow()
        }
        try leave(outer)
        return left
    }

    private mutating func takeOperator() throws(SyntaxError) -> Token {
        let op = token
        try advance()
        skipNewlines()
        return op
    }

    private mutating func parseInfix(_ left: Expression, _ level: Precedence, _ start: Int) throws(SyntaxError)
        -> Expression
    {
        switch level {
        case .conditional: return try parseConditional(left, start)
        case .comparison: return try parseComparison(left, start)
        case .colon: return try parseRange(left, start)
        case .plus, .times: return try parseChain(left, level, start)
        case .or, .and:
            let op = try takeOperator()
            return node(op.operatorName, [left, try parseBinary(level)], at: start)
        case .pair, .arrow, .pipeLess:
            let op = try takeOperator()
            let right = try parseBinary(level)
            if op.isOperator("-->") { return node("-->", [left, right], at: start) }
            return call(op.operatorName, [left, right], at: start)
        default:
            let op = try takeOperator()
            return call(op.operatorName, [left, try parseBinary(level.tighter)], at: start)
        }
    }

    private mutating func parseConditional(_ condition: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        guard token.spaceBefore else { throw error("space required before `?`") }
        try advance()
        guard token.spaceBefore || token.newlineBefore else {
            throw error("space required after `?`")
        }
        skipNewlines()
        let saved = context
        context.rangeColon = false
        let then = try parseAssignment(comma: false)
        context = saved
        if token.kind == .colon { skipNewlines() }
        guard kind == .colon else { throw unexpected("expected `:` of the conditional `a ? b : c`") }
        try advance()
        skipNewlines()
        return node("if", [condition, then, try parseAssignment(comma: false)], at: start)
    }

    private mutating func parseComparison(_ left: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        let op = try takeOperator()
        let right = try parseBinary(.pipeLess)
        guard infixLevel(.comparison) == .comparison else {
            if op.isOperator("<:") || op.isOperator(">:") { return node(op.symbol, [left, right], at: start) }
            return call(op.operatorName, [left, right], at: start)
        }
        var arguments = [left, .symbol(op.operatorName), right]
        while infixLevel(.comparison) == .comparison {
            arguments.append(.symbol(try takeOperator().operatorName))
            arguments.append(try parseBinary(.pipeLess))
        }
        return node("comparison", arguments, at: start)
    }

    /// `a:b`, `a:b:c`, `a..b`, `a...`.
    private mutating func parseRange(_ left: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        if kind == .splat {
            try advance()
            return node("...", [left], at: start)
        }
        guard kind == .colon else {
            let op = try takeOperator()
            return call(op.operatorName, [left, try parseBinary(.plus)], at: start)
        }
        var operands = [left]
        while operands.count < 3, infixLevel(.colon) == .colon, kind == .colon {
            try advance()
            if kind == .newline || atClosing { throw unexpected("missing last argument of a range") }
            operands.append(try parseBinary(.plus))
        }
        return call(":", operands, at: start)
    }

    private mutating func parseChain(_ left: Expression, _ level: Precedence, _ start: Int) throws(SyntaxError)
        -> Expression
    {
        let op = try takeOperator()
        var operands = [left, try parseBinary(level.tighter)]
        guard !op.dotted, OperatorTable.chaining.contains(op.symbol) else {
            return call(op.operatorName, operands, at: start)
        }
        while infixLevel(level) == level, token.isOperator(op.symbol) {
            _ = try takeOperator()
            operands.append(try parseBinary(level.tighter))
        }
        return call(op.symbol, operands, at: start)
    }

    /// What stands between infix operators. The way for plain atoms is short in native stack frames.
    private mutating func parseOperand() throws(SyntaxError) -> Expression {
        guard startsPlainAtom else { return try parseUnarySubtype() }
        let start = token.start
        return try finishOperand(try parseAtom(), start)
    }

    private var startsPlainAtom: Bool {
        switch kind {
        case .leftParenthesis, .leftBracket, .quote, .boolean: true
        case .integer, .binary, .octal, .hexadecimal, .float, .float32, .hexFloat: true
        case .identifier: !startsBlockForm
        default: false
        }
    }

    private mutating func finishOperand(_ atom: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        let factor = try parsePower(try parseCallChain(atom, start), start)
        return try parseWhereChain(try parseFactors(factor, start), start)
    }

    /// `<:T` and `>:T` as prefixes.
    private mutating func parseUnarySubtype() throws(SyntaxError) -> Expression {
        guard token.isOperator("<:") || token.isOperator(">:") else { return try parseWhere() }
        let next = try second()
        let called = next.kind == .leftParenthesis && !next.spaceBefore
        if isClosing(next) || next.newlineBefore || called || next.precedence == .assignment {
            return try parseWhere()
        }
        let op = token
        try advance()
        return node(op.symbol, [try parseWhere()], at: op.start)
    }

    private mutating func parseWhere() throws(SyntaxError) -> Expression {
        let start = token.start
        return try parseWhereChain(try parseJuxtaposed(), start)
    }

    /// `x where T`, `x where {T, S}`, repeated.
    mutating func parseWhereChain(_ initial: Expression, _ start: Int) throws(SyntaxError) -> Expression {
        var result = initial
        while context.whereEnabled, kind == .identifier, token.symbol == "where" {
            try advance()
            skipNewlines()
            if kind == .leftBrace {
                result = node("where", [result] + arguments(try parseDelimited(), keywords: false), at: start)
            } else {
                let saved = context
                context.whereEnabled = false
                result = node("where", [result, try parseBinary(.comparison)], at: start)
                context = saved
            }
            try grow()
        }
        return result
    }
}
