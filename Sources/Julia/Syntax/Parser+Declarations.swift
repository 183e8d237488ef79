extension Parser {
    // MARK: Functions and types

    /// `function f(x) … end`, `function f end`, `function (x) … end`, `macro m(x) … end`.
    mutating func parseFunction(_ form: String, _ start: Int) throws(SyntaxError) -> Expression {
        let place = token.start
        let anonymous = token.kind == .leftParenthesis
        var signature: Expression
        if anonymous {
            signature = try parseAnonymousSignature(place)
        } else {
            signature = try parseUnaryPrefix()
        }
        if kind == .doubleColon {
            try advance()
            signature = node("::", [signature, try parseCall()], at: place)
        }
        signature = try parseWhereChain(signature, place)
        if token.isKeyword("end"), Self.isBareName(signature) {
            try expectEnd(of: form, start)
            return node(form, [signature], at: start)
        }
        guard Self.isSignature(signature) || anonymous || Self.isInterpolated(signature) else {
            throw lexer.error("invalid signature of the \(form)", at: place, hint: "write `\(form) name(arguments)`")
        }
        let body = try parseBlock(place)
        try expectEnd(of: form, start)
        return node(form, [signature, body], at: start)
    }

    /// `(x, y)` of an anonymous function, or `(f::F)(x)` of a callable type.
    private mutating func parseAnonymousSignature(_ start: Int) throws(SyntaxError) -> Expression {
        let list = try parseDelimited()
        if kind == .leftParenthesis || kind == .leftBrace || kind == .dot, !token.spaceBefore {
            return try parseCallChain(parenthesised(list), start)
        }
        return node("tuple", arguments(list, keywords: true), at: start)
    }

    private static func isBareName(_ expression: Expression) -> Bool {
        switch expression {
        case .symbol: true
        case .node(let node): node.head == "." || node.head == "$"
        default: false
        }
    }

    private static func isInterpolated(_ expression: Expression) -> Bool {
        if case .node(let node) = expression { return node.head == "$" || node.head == "macrocall" }
        return false
    }

    mutating func parseStruct(isMutable: Bool, _ start: Int) throws(SyntaxError) -> Expression {
        if isMutable, !token.isKeyword("struct"), !previous.isKeyword("struct") {
            throw unexpected("expected `struct`")
        }
        if token.isKeyword("struct") { try advance() }
        let name = try parseBinary(.comparison)
        let body = try parseBlock(token.start)
        try expectEnd(of: "struct", start)
        return node("struct", [.literal(.bool(isMutable)), name, body], at: start)
    }

    /// `abstract type T <: S end`, `primitive type T 8 end`, from the name on.
    mutating func parseTypeDeclaration(_ form: String, _ start: Int) throws(SyntaxError) -> Expression {
        context.spaceSensitive = true
        var arguments = [try parseBinary(.comparison)]
        context.spaceSensitive = false
        if form == "primitive" { arguments.append(try parseBinary(.pair)) }
        while token.kind == .semicolon { try advance() }
        try expectEnd(of: "\(form) type", start)
        return node(form, arguments, at: start)
    }

    mutating func parseModule(_ form: String, _ start: Int) throws(SyntaxError) -> Expression {
        let name = try parseUnaryPrefix()
        let body = try parseBlock(start)
        try expectEnd(of: form, start)
        var statements: [Expression] = []
        if case .node(let block) = body { statements = block.arguments }
        let first = node("block", [line(start)] + statements, at: start)
        return node("module", [.literal(.bool(form == "module")), name, first], at: start)
    }

    // MARK: Forms that end with the line

    mutating func parseLineForm(_ word: String, _ start: Int) throws(SyntaxError) -> Expression {
        token.kind = .newline
        try advance()
        switch word {
        case "return":
            let bare = kind == .newline || atClosing || (kind == .colon && !context.rangeColon)
            return node("return", [bare ? .literal(.nothing) : try parseAssignment(comma: true)], at: start)
        case "break", "continue": return node(word, [], at: start)
        case "const": return try parseConst(start)
        case "global", "local": return try parseScoped(word, start)
        case "export": return node("export", try parseExports(), at: start)
        default: return try parseImport(word, start)
        }
    }

    /// `global x, y`, `local x = 1`, `global const x = 1`.
    private mutating func parseScoped(_ word: String, _ start: Int) throws(SyntaxError) -> Expression {
        if token.isKeyword("const") {
            try advance()
            return node("const", [node(word, [try parseAssignment(comma: true)], at: start)], at: start)
        }
        let isTuple = token.kind == .leftParenthesis
        let declared = try parseAssignment(comma: true)
        if !isTuple, case .node(let tuple) = declared, tuple.head == "tuple" {
            return node(word, tuple.arguments, at: start)
        }
        return node(word, [declared], at: start)
    }

    private mutating func parseConst(_ start: Int) throws(SyntaxError) -> Expression {
        if token.isKeyword("global") || token.isKeyword("local") {
            let word = token.symbol
            let place = token.start
            try advance()
            return node("const", [node(word, [try parseAssignment(comma: true)], at: place)], at: start)
        }
        return node("const", [try parseAssignment(comma: true)], at: start)
    }

    private mutating func parseExports() throws(SyntaxError) -> [Expression] {
        var names: [Expression] = []
        while true {
            names.append(.symbol(try parseExportedName()))
            guard kind == .comma else { return names }
            try advance()
            skipNewlines()
        }
    }

    /// A name, an operator, `(op)`, or `@macro`.
    private mutating func parseExportedName() throws(SyntaxError) -> String {
        if token.kind == .leftParenthesis {
            try advance()
            let name = try parseExportedName()
            try expect(.rightParenthesis, "`)`")
            return name
        }
        var prefix = ""
        if token.kind == .at {
            prefix = "@"
            try advance()
        }
        switch token.kind {
        case .identifier, .op, .colon, .doubleColon, .keyword, .boolean, .arrow:
            let name = token.operatorName
            if token.isWord("var"), lexer.byte(token.end) == UInt8(ascii: "\""), case .symbol(let raw) = try parseAtom()
            {
                return prefix + raw
            }
            token.kind = .identifier
            try advance()
            return prefix + name
        default: throw unexpected("expected a name")
        }
    }

    /// `using A, B.C`, `import A: b, c as d`, `import ..A`.
    private mutating func parseImport(_ word: String, _ start: Int) throws(SyntaxError) -> Expression {
        var paths = [try parseImportItem()]
        if kind == .colon {
            try advance()
            skipNewlines()
            while true {
                paths.append(try parseImportItem())
                guard kind == .comma else { break }
                try advance()
                skipNewlines()
            }
            return node(word, [node(":", paths, at: start)], at: start)
        }
        while kind == .comma {
            try advance()
            skipNewlines()
            paths.append(try parseImportItem())
        }
        return node(word, paths, at: start)
    }

    private mutating func parseImportItem() throws(SyntaxError) -> Expression {
        let start = token.start
        let path = node(".", try parseImportPath(), at: start)
        guard kind == .identifier, token.symbol == "as" else { return path }
        try advance()
        return node("as", [path, .symbol(try parseExportedName())], at: start)
    }

    private mutating func parseImportPath() throws(SyntaxError) -> [Expression] {
        var dots = 0
        while lexer.byte(token.start + dots) == UInt8(ascii: ".") { dots += 1 }
        if dots > 0 { token = try lexer.token(from: token.start + dots) }
        guard dots <= SyntaxLimits.arrayDimensionsMax else { throw error("too many dots") }
        var path = [Expression](repeating: .symbol("."), count: dots)
        if token.kind == .dollar {
            path.append(try parseAtom())
        } else {
            path.append(.symbol(try parseExportedName()))
        }
        while !token.spaceBefore, !token.newlineBefore {
            if token.kind == .dot {
                try advance()
                path.append(.symbol(try parseExportedName()))
            } else if token.kind == .op, token.dotted {
                path.append(.symbol(token.symbol))
                try advance()
            } else {
                break
            }
        }
        return path
    }
}
