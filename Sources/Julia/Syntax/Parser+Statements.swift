extension Parser {
    /// Statements with a line node before each, up to something that closes a block.
    mutating func parseStatements() throws(SyntaxError) -> [Expression] {
        var statements: [Expression] = []
        while true {
            while token.kind == .semicolon { try advance() }
            skipNewlines()
            if token.kind == .semicolon { continue }
            if atClosing { return statements }
            statements.append(line(token.start))
            statements.append(try parseStatement())
            if kind == .newline || token.kind == .semicolon || atClosing { continue }
            throw unexpected("expected the end of the statement")
        }
    }

    /// One statement; a string before it documents it.
    private mutating func parseStatement() throws(SyntaxError) -> Expression {
        let start = token.start
        let beginsWithString = token.kind == .quote
        let first = try parseAssignment(comma: true)
        guard beginsWithString, Self.isString(first), isFollowedClosely, !atClosing, token.kind != .semicolon else {
            return first
        }
        skipNewlines()
        let documented = try parseAssignment(comma: true)
        return node("macrocall", [Self.coreName("@doc"), line(start), first, documented], at: start)
    }

    private static func isString(_ expression: Expression) -> Bool {
        switch expression {
        case .literal(.string): true
        case .node(let node): node.head == "string"
        default: false
        }
    }

    /// At most one line end lies between the last token and this one.
    private var isFollowedClosely: Bool {
        guard token.start < lexer.bytes.count else { return false }
        var lines = 0
        for index in previous.end..<token.start where lexer.bytes[index] == UInt8(ascii: "\n") { lines += 1 }
        return lines <= 1
    }

    /// A `block` of statements, in a context of its own.
    mutating func parseBlock(_ start: Int) throws(SyntaxError) -> Expression {
        let outer = try enter()
        let saved = context
        context = Context()
        let statements = try parseStatements()
        context = saved
        try leave(outer)
        return node("block", statements, at: start)
    }

    mutating func expectEnd(of form: String, _ start: Int) throws(SyntaxError) {
        guard token.isKeyword("end") else {
            let place = lexer.location(start)
            throw unexpected("expected `end` of the `\(form)` from line \(place.line)")
        }
        // In `a[begin … end]` the closing word is still a keyword here.
        try advance()
    }

    // MARK: Block forms

    private static let contextualForms: [String: String] = [
        "abstract": "type", "primitive": "type", "mutable": "struct",
    ]

    /// Whether the current token begins a form such as `if` or `struct`.
    var startsBlockForm: Bool {
        switch kind {
        case .keyword:
            if context.endIsSymbol, token.symbol == "begin" { return false }
            return !["end", "else", "elseif", "catch", "finally", "do"].contains(token.symbol)
        case .identifier:
            guard let follower = Self.contextualForms[token.symbol], let next = try? second() else { return false }
            return next.symbol == follower && (next.kind == .keyword || next.kind == .identifier) && next.spaceBefore
                && !next.newlineBefore
        default: return false
        }
    }

    mutating func parseBlockForm() throws(SyntaxError) -> Expression {
        let outer = try enter()
        let saved = context
        context = Context()
        context.spaceSensitive = false
        let start = token.start
        let word = token.symbol
        let result: Expression
        switch word {
        case "return", "break", "continue", "global", "local", "const", "export", "import", "using":
            context = saved
            result = try parseLineForm(word, start)
        default: result = try parseEndForm(word, start)
        }
        context = saved
        try leave(outer)
        return result
    }

    private mutating func parseEndForm(_ word: String, _ start: Int) throws(SyntaxError) -> Expression {
        try advance()
        switch word {
        case "begin": return try closed(parseBlock(start), word, start)
        case "quote": return node("quote", [try closed(parseBlock(start), word, start)], at: start)
        case "while":
            let condition = try parseAssignment(comma: false)
            return node("while", [condition, try closed(parseBlock(start), word, start)], at: start)
        case "for":
            let iterations = try parseIterations()
            let head = iterations.count == 1 ? iterations[0] : node("block", iterations, at: start)
            return node("for", [head, try closed(parseBlock(start), word, start)], at: start)
        case "let": return try parseLet(start)
        case "if": return try parseIf("if", start)
        case "try": return try parseTry(start)
        case "function", "macro": return try parseFunction(word, start)
        case "struct": return try parseStruct(isMutable: false, start)
        case "mutable":
            try advance()
            return try parseStruct(isMutable: true, start)
        case "abstract", "primitive":
            try advance()
            return try parseTypeDeclaration(word, start)
        case "module", "baremodule": return try parseModule(word, start)
        default: throw unexpected()
        }
    }

    private mutating func closed(_ block: Expression, _ form: String, _ start: Int) throws(SyntaxError) -> Expression {
        try expectEnd(of: form, start)
        return block
    }

    private mutating func parseLet(_ start: Int) throws(SyntaxError) -> Expression {
        var bindings: [Expression] = []
        while kind != .newline, kind != .semicolon, !atClosing {
            bindings.append(try parseAssignment(comma: false))
            guard kind == .comma else { break }
            try advance()
            skipNewlines()
        }
        let only = bindings.count == 1 && Self.isBinding(bindings[0])
        let head = only ? bindings[0] : node("block", bindings, at: start)
        return node("let", [head, try closed(parseBlock(start), "let", start)], at: start)
    }

    private static func isBinding(_ expression: Expression) -> Bool {
        switch expression {
        case .symbol: true
        case .node(let node): node.head == "=" || node.head == "::"
        default: false
        }
    }

    private mutating func parseIf(_ form: String, _ start: Int) throws(SyntaxError) -> Expression {
        let outer = try enter()
        let place = token.start
        if kind == .newline || kind == .semicolon { throw error("missing condition of `\(form)`") }
        var condition = try parseAssignment(comma: false)
        if form == "elseif" { condition = node("block", [line(place), condition], at: place) }
        var arguments = [condition, try parseBlock(token.start)]
        let next = token.start
        if token.isKeyword("elseif") {
            try advance()
            arguments.append(try parseIf("elseif", next))
        } else {
            if token.isKeyword("else") {
                try advance()
                if token.isKeyword("if"), kind != .newline {
                    throw error("`else if` is two words too many", hint: "write `elseif`")
                }
                arguments.append(try parseBlock(next))
            }
            try expectEnd(of: "if", start)
        }
        try leave(outer)
        return node(form, arguments, at: start)
    }

    private mutating func parseTry(_ start: Int) throws(SyntaxError) -> Expression {
        let body = try parseBlock(start)
        var variable = Expression.literal(.bool(false))
        var catchBlock: Expression?
        var elseBlock: Expression?
        var finallyBlock: Expression?
        while !token.isKeyword("end") {
            let place = token.start
            if token.isKeyword("catch"), catchBlock == nil, finallyBlock == nil {
                try advance()
                if kind == .identifier || kind == .dollar { variable = try parseAssignment(comma: false) }
                catchBlock = try parseBlock(place)
            } else if token.isKeyword("else"), catchBlock != nil, elseBlock == nil, finallyBlock == nil {
                try advance()
                elseBlock = try parseBlock(place)
            } else if token.isKeyword("finally"), finallyBlock == nil {
                try advance()
                finallyBlock = try parseBlock(place)
            } else {
                throw unexpected("expected `catch`, `finally` or `end` of the `try`")
            }
        }
        guard catchBlock != nil || finallyBlock != nil else { throw error("`try` without `catch` or `finally`") }
        try expectEnd(of: "try", start)
        let none = Expression.literal(.bool(false))
        var arguments = [body, variable, catchBlock ?? none]
        if finallyBlock != nil || elseBlock != nil { arguments.append(finallyBlock ?? none) }
        if let elseBlock { arguments.append(elseBlock) }
        return node("try", arguments, at: start)
    }
}
