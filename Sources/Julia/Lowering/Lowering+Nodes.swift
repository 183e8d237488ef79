extension Lowering {
    func lowerNode(_ node: Expression.Node) throws(LoweringError) -> IR {
        switch node.head {
        case "call", "macrocall", "curly", "ref", "do", ".", "comparison", "&&", "||", "string", "'", "::", "where",
            "<:",
            ">:", ".&&", ".||":
            return try lowerExpressionNode(node)
        case "tuple", "vect", "hcat", "vcat", "typed_hcat", "typed_vcat", "comprehension", "typed_comprehension",
            "generator", "row":
            return try lowerCollectionNode(node)
        case "block", "toplevel", "if", "elseif", "while", "for", "break", "continue", "return", "let", "try", "local",
            "global", "const":
            return try lowerControlNode(node)
        case "function", "->", "struct", "abstract", "primitive", "module", "using", "import", "export", "macro",
            "quote",
            "inert", "public":
            return try lowerDefinitionNode(node)
        case "=": return try lowerAssignment(node)
        case ".=": return try lowerBroadcastAssignment(node)
        case "parameters", "kw": throw syntax("misplaced \"\(node.head)\"")
        case "...": throw syntax("\"...\" expression outside call")
        case "error", "incomplete": throw syntax("syntax error")
        case "meta", "inbounds", "loopinfo": return .constant(.nothing)
        default:
            if let update = try lowerUpdate(node) { return update }
            throw unsupported("syntax \"\(node.head)\"")
        }
    }

    private func lowerExpressionNode(_ node: Expression.Node) throws(LoweringError) -> IR {
        let arguments = node.arguments
        switch node.head {
        case "call": return try lowerCall(node)
        case "macrocall":
            if let view = try lowerView(node) { return view }
            return try lower(expandMacro(node))
        case "do": return try lowerDo(node)
        case ".": return try lowerDot(node)
        case "comparison": return try lowerComparison(arguments)
        case "&&", "||": return try lowerShortCircuit(node.head, arguments)
        case ".&&", ".||": return try lower(.call("." + (node.head == ".&&" ? "&" : "|"), arguments))
        case "string": return try lower(.call("string", arguments))
        case "'": return try lower(.call("adjoint", arguments))
        case "curly": return try lowerCurly(arguments)
        case "ref": return try lowerIndex(arguments)
        case "where": return try lowerWhere(node)
        case "<:", ">:": return try lowerSubtypeNode(node)
        default: return try lowerTyped(node)
        }
    }

    private func lowerSubtypeNode(_ node: Expression.Node) throws(LoweringError) -> IR {
        if node.arguments.count == 1 {
            return try lower(.make("where", [.symbol("#T"), .make(node.head, [.symbol("#T"), node.arguments[0]])]))
        }
        return try lower(.call(node.head, node.arguments))
    }

    private func lowerCollectionNode(_ node: Expression.Node) throws(LoweringError) -> IR {
        let arguments = node.arguments
        switch node.head {
        case "tuple": return try lowerTuple(arguments)
        case "vect": return try lower(.call("vect", arguments))
        case "hcat": return try lower(.call("hcat", arguments))
        case "vcat": return try lowerRows(nil, arguments)
        case "typed_vcat": return try lowerRows(arguments[0], Array(arguments.dropFirst()))
        case "typed_hcat": return try lower(.call("typed_hcat", arguments))
        case "comprehension": return try lowerComprehension(nil, arguments)
        case "typed_comprehension": return try lowerComprehension(arguments[0], Array(arguments.dropFirst()))
        case "row": throw syntax("misplaced row")
        default: return try lowerGenerator(node)
        }
    }

    private func lowerControlNode(_ node: Expression.Node) throws(LoweringError) -> IR {
        let arguments = node.arguments
        switch node.head {
        case "block", "toplevel": return .block(try lowerAll(arguments))
        case "if", "elseif":
            guard arguments.count >= 2 else { throw syntax("incomplete if") }
            let otherwise = arguments.count > 2 ? try lower(arguments[2]) : IR.constant(.nothing)
            return .conditional(try lower(arguments[0]), try lower(arguments[1]), otherwise)
        case "while": return try lowerWhile(arguments)
        case "for": return try lowerFor(arguments)
        case "break", "continue":
            guard let label = loops.last else { throw syntax("break or continue outside loop") }
            return node.head == "break" ? .leave(label: label.leave) : .next(label: label.next)
        case "return":
            let value =
                try arguments.first.map { value throws(LoweringError) in try lower(value) } ?? .constant(.nothing)
            return .giveBack(try converted(value))
        case "let": return try lowerLet(arguments)
        case "try": return try lowerTry(arguments)
        case "local": return try lowerLocal(arguments)
        case "global": return try lowerGlobal(arguments)
        default: return try lowerConst(arguments)
        }
    }

    private func lowerDefinitionNode(_ node: Expression.Node) throws(LoweringError) -> IR {
        let arguments = node.arguments
        switch node.head {
        case "function": return try lowerFunction(node)
        case "->": return try lowerArrow(arguments)
        case "struct": return try lowerStruct(node)
        case "abstract": return try lowerAbstract(arguments)
        case "primitive": throw unsupported("primitive type declarations")
        case "module": throw unsupported("module inside an expression")
        case "using", "import": return try lowerImport(node)
        case "export", "public": return .constant(.nothing)
        case "macro": throw unsupported("macro definitions")
        case "quote" where arguments.count == 1, "inert" where arguments.count == 1:
            return try lowerQuoted(arguments[0])
        default: throw unsupported("quoted expressions (only symbols can be quoted)")
        }
    }

    // MARK: control

    /// Lowers statements in a new scope whose assigned names become locals unless an outer local has the name.
    func lowerScoped(_ body: Expression, loop: Bool = false) throws(LoweringError) -> IR {
        try inScope(loop: loop) { () throws(LoweringError) in
            let declared = declareAssigned(in: body)
            let inner = try lower(body)
            return declared.isEmpty ? inner : .block(declared.map { IR.declare($0) } + [inner])
        }
    }

    /// Declares names that `body` assigns in this scope.
    func declareAssigned(in body: Expression, excluding: Set<String> = []) -> [Variable] {
        var names = AssignedNames()
        names.collect(body)
        scope.globals.formUnion(names.globals)
        var declared: [Variable] = []
        for name in names.order where !excluding.contains(name) && !names.globals.contains(name) {
            let isExplicit = names.locals.contains(name)
            if scope.names[name] != nil || (!isExplicit && scope.find(name) != nil) { continue }
            declared.append(declare(name))
        }
        return declared
    }

    private func lowerWhile(_ arguments: [Expression]) throws(LoweringError) -> IR {
        let label = machine.freshLabel()
        return try inScope(loop: true) { () throws(LoweringError) in
            let condition = try lower(arguments[0])
            loops.append((label, label))
            defer { loops.removeLast() }
            return .whileLoop(label: label, condition: condition, body: try lowerScoped(arguments[1]))
        }
    }

    private func lowerFor(_ arguments: [Expression]) throws(LoweringError) -> IR {
        let iterations = arguments[0].node("block").map { $0.arguments.filter { !$0.isLine } } ?? [arguments[0]]
        let label = machine.freshLabel()
        return try lowerLoops(iterations[...], leave: label, label: label, body: arguments[1])
    }

    /// Nested loops of `for a in x, b in y`; `break` leaves all of them.
    private func lowerLoops(
        _ iterations: ArraySlice<Expression>, leave: Int, label: Int, body: Expression
    ) throws(LoweringError) -> IR {
        guard let first = iterations.first, first.arguments.count == 2 else { throw syntax("malformed for") }
        let isInner = iterations.count == 1
        return try loop(first.arguments[0], in: first.arguments[1], label: label) { () throws(LoweringError) in
            guard isInner else {
                return try lowerLoops(
                    iterations.dropFirst(), leave: leave, label: machine.freshLabel(), body: body)
            }
            loops.append((leave, label))
            defer { loops.removeLast() }
            return try lowerScoped(body)
        }
    }

    /// A loop over one collection; `body` is lowered where the loop variables are visible.
    func loop(
        _ target: Expression, in collection: Expression, label: Int, body: () throws(LoweringError) -> IR
    ) throws(LoweringError) -> IR {
        var rangeEnd: IR?
        var source: IR
        if let range = collection.node("call"), range.arguments.count == 3, range.arguments[0] == .symbol(":"),
            machine.resolvesToBase(":", module), scope.find(":") == nil
        {
            source = try lower(range.arguments[1])
            rangeEnd = try lower(range.arguments[2])
        } else {
            source = try lower(collection)
        }
        return try inScope(loop: true) { () throws(LoweringError) in
            let value: Variable
            var prefix: IR?
            if let outer = target.node("outer")?.arguments.first {
                guard let name = outer.symbolName, scope.find(name) != nil else {
                    throw syntax("no outer local variable declaration exists for \"for outer\"")
                }
                value = temporary("element")
                value.assignments += 1
                prefix = try assign(outer, value: .local(value))
            } else if let name = target.symbolName {
                value = declare(name)
                value.assignments += 1
            } else {
                value = temporary("element")
                value.assignments += 1
                for name in AssignedNames.targets(of: target) { declare(name) }
                prefix = try assign(target, value: .local(value))
            }
            let inner = try body()
            let whole = prefix.map { IR.block([$0, inner]) } ?? inner
            return .forLoop(label: label, value: value, collection: source, rangeEnd: rangeEnd, body: whole)
        }
    }

    private func lowerLet(_ arguments: [Expression]) throws(LoweringError) -> IR {
        let bindings = arguments[0].node("block").map { $0.arguments.filter { !$0.isLine } } ?? [arguments[0]]
        return try lowerBindings(bindings[...], body: arguments[1])
    }

    private func lowerBindings(_ bindings: ArraySlice<Expression>, body: Expression) throws(LoweringError) -> IR {
        guard let first = bindings.first else { return try lowerScoped(body) }
        guard let binding = first.node("="), binding.arguments.count == 2 else {
            return try inScope { () throws(LoweringError) in
                guard let name = (first.node("::")?.arguments.first ?? first).symbolName else {
                    throw syntax("invalid let")
                }
                let variable = declare(name)
                return .block([.declare(variable), try lowerBindings(bindings.dropFirst(), body: body)])
            }
        }
        if Self.isFunctionSignature(binding.arguments[0]) {
            return try inScope { () throws(LoweringError) in
                let declared = declareAssigned(in: .make("local", [first]))
                let statement = try lower(first)
                return .block(
                    declared.map { .declare($0) } + [statement, try lowerBindings(bindings.dropFirst(), body: body)])
            }
        }
        let value = try lower(binding.arguments[1])
        return try inScope { () throws(LoweringError) in
            let held = temporary("let")
            held.assignments = 1
            var statements: [IR] = [.assign(held, value)]
            for name in AssignedNames.targets(of: binding.arguments[0]) { statements.append(.declare(declare(name))) }
            statements.append(try assign(binding.arguments[0], value: .local(held)))
            statements.append(try lowerBindings(bindings.dropFirst(), body: body))
            return .block(statements)
        }
    }

    private func lowerTry(_ arguments: [Expression]) throws(LoweringError) -> IR {
        let body = try lowerScoped(arguments[0])
        let finally = arguments.count > 3 && !arguments[3].isFalse ? try lowerScoped(arguments[3]) : nil
        let elseBody = arguments.count > 4 && !arguments[4].isFalse ? try lowerScoped(arguments[4]) : nil
        guard arguments.count > 2, !(arguments[2].isFalse && finally != nil && arguments[1].isFalse) else {
            return .attempt(TryIR(body: body, handler: nil, variable: nil, elseBody: elseBody, finally: finally))
        }
        return try inScope { () throws(LoweringError) in
            var variable: Variable?
            var prefix: [IR] = []
            if let name = arguments[1].symbolName, name != "false" {
                let held = temporary("exception")
                held.assignments = 1
                let named = declare(name)
                prefix = [.declare(named), assign(named, .local(held))]
                variable = held
            }
            let handler = arguments[2].isFalse ? IR.constant(.nothing) : try lowerScoped(arguments[2])
            return .attempt(
                TryIR(
                    body: body, handler: .block(prefix + [handler]), variable: variable, elseBody: elseBody,
                    finally: finally))
        }
    }
}
