/// Macros that evaluate some of their arguments, or none, or quietly.
extension Lowering {
    /// Whether Julia's lazy `@something` and `@coalesce` look at the next argument is decided one by one.
    func firstThat(_ function: String, isAbsent: String, _ arguments: ArraySlice<Expression>) -> Expression {
        guard let first = arguments.first, arguments.count > 1 else { return .call(function, Array(arguments)) }
        let value = Expression.symbol("#candidate\(machine.freshLabel())")
        let rest = firstThat(function, isAbsent: isAbsent, arguments.dropFirst())
        let chosen = Expression.make("if", [.call(isAbsent, [value]), rest, .call(function, [value])])
        return .make("let", [.make("=", [value, first]), .make("block", [chosen])])
    }

    /// Log records go nowhere, but what they mention is evaluated, and its exceptions are the logger's.
    func logged(_ arguments: [Expression]) -> Expression {
        let parts = arguments.map { $0.head == "=" ? $0.arguments[1] : $0 }
        let body = Expression.make("block", parts + [.literal(.nothing)])
        let absent = Expression.literal(.bool(false))
        return .make("try", [body, absent, .make("block", [.literal(.nothing)])])
    }

    /// `@test x ≈ y atol=1`: keywords of `@test` other than `skip` belong to the call.
    func tested(_ expression: Expression, _ keywords: ArraySlice<Expression>) throws(LoweringError) -> Expression {
        let text = Expression.string(expression.sourceText)
        var whole = expression
        for keyword in keywords {
            guard keyword.head == "=", let name = keyword.arguments[0].symbolName else { throw syntax("invalid @test") }
            if name == "broken"
                || (name == "skip" && keyword.arguments[1] != .literal(.bool(true))
                    && keyword.arguments[1] != .symbol("true"))
            {
                throw unsupported("@test with \(name)")
            }
            if name == "skip" { return .literal(.nothing) }
            guard case .node(var call) = whole, call.head == "call" else { throw unsupported("@test with \(name)") }
            call.arguments.append(.make("kw", keyword.arguments))
            whole = .node(call)
        }
        return .call("__test", [.make("->", [.make("tuple", []), whole]), text])
    }
}

extension Expression {
    /// Whether a node of some kind occurs anywhere inside.
    func contains(head: String) -> Bool {
        guard case .node(let node) = self else { return false }
        return node.head == head || node.arguments.contains { $0.contains(head: head) }
    }
}
