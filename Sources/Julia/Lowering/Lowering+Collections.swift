extension Lowering {
    func lowerTuple(_ arguments: [Expression]) throws(LoweringError) -> IR {
        let isNamed = arguments.contains { $0.head == "=" || $0.head == "parameters" }
        if isNamed { return try lowerNamedTuple(arguments) }
        guard arguments.contains(where: { $0.head == "..." }) else { return .tuple(try lowerAll(arguments)) }
        return .splatCall(base("tuple"), try lowerTupleArguments(arguments))
    }

    private func lowerTupleArguments(_ list: [Expression]) throws(LoweringError) -> [Argument] {
        var result: [Argument] = []
        for argument in list {
            if let splat = argument.node("...") {
                result.append((try lowerSplat(splat.arguments[0]), true))
            } else {
                result.append((try lower(argument), false))
            }
        }
        return result
    }

    private func lowerNamedTuple(_ arguments: [Expression]) throws(LoweringError) -> IR {
        var keywords: [Expression] = []
        for argument in arguments {
            if let inner = argument.node("parameters") {
                keywords += inner.arguments
            } else {
                keywords.append(argument)
            }
        }
        return try lowerKeywords(keywords)
    }

    /// `[a b; c d]`: rows of a matrix, or a vertical concatenation.
    func lowerRows(_ type: Expression?, _ arguments: [Expression]) throws(LoweringError) -> IR {
        let typed = type.map { [$0] } ?? []
        guard arguments.contains(where: { $0.head == "row" }) else {
            return try lower(.call(type == nil ? "vcat" : "typed_vcat", typed + arguments))
        }
        let rows = arguments.map { $0.node("row")?.arguments ?? [$0] }
        let counts = Expression.make("tuple", rows.map { .int($0.count) })
        return try lower(.call(type == nil ? "hvcat" : "typed_hvcat", typed + [counts] + rows.flatMap { $0 }))
    }

    // MARK: generators

    /// One `for` of a generator with its condition.
    private struct Iteration {
        var target: Expression
        var collection: Expression
    }

    private struct GeneratorParts {
        var body: Expression
        var iterations: [Iteration]
        var condition: Expression?
        /// Body is itself a generator whose results are joined.
        var inner: Expression?
    }

    private func parts(ofGenerator expression: Expression) throws(LoweringError) -> GeneratorParts {
        guard let generator = expression.node("generator"), generator.arguments.count >= 2 else {
            if let flat = expression.node("flatten"), let outer = flat.arguments.first?.node("generator") {
                var parts = try parts(ofGenerator: .node(outer))
                parts.inner = parts.body
                return parts
            }
            throw syntax("malformed generator")
        }
        var specifications = Array(generator.arguments.dropFirst())
        var condition: Expression?
        if let filter = specifications.first?.node("filter") {
            condition = filter.arguments.first
            specifications = Array(filter.arguments.dropFirst())
        }
        let iterations = try specifications.map { specification throws(LoweringError) -> Iteration in
            guard specification.arguments.count == 2 else { throw syntax("malformed generator") }
            return Iteration(target: specification.arguments[0], collection: specification.arguments[1])
        }
        return GeneratorParts(body: generator.arguments[0], iterations: iterations, condition: condition)
    }

    /// A comprehension is a loop that collects; its element type widens as values need it.
    func lowerComprehension(_ type: Expression?, _ arguments: [Expression]) throws(LoweringError) -> IR {
        guard let generator = arguments.first else { throw syntax("malformed comprehension") }
        return try inScope { () throws(LoweringError) in
            let (generator, held) = type == nil ? try holdingCollection(generator) : (generator, [])
            let result = temporary("result")
            result.assignments = 1
            let start: IR
            if let type {
                start = .builtin(machine.builtin("__empty"), [try lower(type)])
            } else {
                start = .builtin(machine.builtin("__empty"), [.constant(Value(type: Core.bottom))])
            }
            var statements: [IR] = held + [.assign(result, start)]
            let shape = temporary("shape")
            shape.assignments = 1
            statements.append(.assign(shape, .constant(.nothing)))
            statements.append(try collecting(generator, isTyped: type != nil, result, shape))
            let hint = type == nil ? try elementHint(generator) : .literal(.nothing)
            statements.append(.call(base("__collected"), [.local(result), .local(shape), try lower(hint)]))
            return .block(statements)
        }
    }

    /// Whether evaluating a collection again is the same.
    private static func isHeld(_ collection: Expression) -> Bool {
        if let call = collection.node("call"), call.arguments.first == .symbol(":") {
            return call.arguments.dropFirst().allSatisfy { $0.isSimple }
        }
        return collection.isSimple
    }

    /// The collection of `[x for x in collection]` evaluated once, for its element type is asked later.
    private func holdingCollection(_ generator: Expression) throws(LoweringError) -> (Expression, [IR]) {
        guard case .node(var node) = generator, node.head == "generator", node.arguments.count == 2 else {
            return (generator, [])
        }
        let filter = node.arguments[1].node("filter")
        guard case .node(var iteration) = filter?.arguments.last ?? node.arguments[1], iteration.arguments.count == 2,
            iteration.arguments[0] == node.arguments[0], (filter?.arguments.count ?? 2) == 2,
            iteration.arguments[1].node("call")?.arguments.first != .symbol(":"), !iteration.arguments[1].isSimple
        else { return (generator, []) }
        let variable = declare("#elements\(machine.freshLabel())")
        variable.assignments = 1
        let value = try lower(iteration.arguments[1])
        iteration.arguments[1] = .symbol(variable.name)
        node.arguments[1] = filter.map { .make("filter", [$0.arguments[0], .node(iteration)]) } ?? .node(iteration)
        return (.node(node), [.assign(variable, value)])
    }

    /// The element type that Julia infers where it is plain: of the elements themselves, of literals and of texts.
    private func elementHint(_ generator: Expression) throws(LoweringError) -> Expression {
        let parts = try parts(ofGenerator: generator)
        guard parts.inner == nil, let first = parts.iterations.first else { return .literal(.nothing) }
        switch parts.body {
        case .symbol where parts.iterations.count == 1 && parts.body == first.target && Self.isHeld(first.collection):
            return .call("__element_hint", [first.collection])
        case .literal: return .call("typeof", [parts.body])
        case .node(let node) where node.head == "string": return .symbol("String")
        default: return .literal(.nothing)
        }
    }

    private func collecting(
        _ generator: Expression, isTyped: Bool, _ result: Variable, _ shape: Variable?
    ) throws(LoweringError) -> IR {
        let parts = try parts(ofGenerator: generator)
        if let inner = parts.inner {
            return try nested(parts.iterations[...], parts.condition) { () throws(LoweringError) in
                try collecting(inner, isTyped: isTyped, result, nil)
            }
        }
        var held: [IR] = []
        var iterations = parts.iterations
        for index in iterations.indices {
            let collection = iterations[index].collection
            // The only loop over a plain range has no shape beyond its length.
            if iterations.count == 1, collection.node("call")?.arguments.first == .symbol(":") { continue }
            let variable = declare("#collection\(machine.freshLabel())")
            variable.assignments = 1
            held.append(.assign(variable, try lower(collection)))
            iterations[index].collection = .symbol(variable.name)
        }
        if parts.condition == nil, let shape, !held.isEmpty {
            let names = iterations.map { $0.collection }
            held.append(.assign(shape, try lower(.call("__shape", names))))
        }
        // The last collection varies slowest.
        let ordered = Array(iterations.reversed())
        let loop = try nested(ordered[...], parts.condition) { () throws(LoweringError) in
            let value = try lowerScoped(parts.body)
            guard isTyped else {
                // `__collect` answers the array, widened where the value needs it.
                return .assign(result, .builtin(machine.builtin("__collect"), [.local(result), value]))
            }
            return .call(base("push!"), [.local(result), value])
        }
        return .block(held + [loop])
    }

    private func nested(
        _ iterations: ArraySlice<Iteration>, _ condition: Expression?, _ body: () throws(LoweringError) -> IR
    ) throws(LoweringError) -> IR {
        guard let first = iterations.first else {
            guard let condition else { return try body() }
            return .conditional(try lower(condition), try body(), .constant(.nothing))
        }
        return try loop(first.target, in: first.collection, label: machine.freshLabel()) { () throws(LoweringError) in
            try nested(iterations.dropFirst(), condition, body)
        }
    }

    func lowerGenerator(_ node: Expression.Node) throws(LoweringError) -> IR {
        try lowerGenerator(try parts(ofGenerator: .node(node)))
    }

    private func lowerGenerator(_ parts: GeneratorParts) throws(LoweringError) -> IR {
        let target: Expression
        var source: Expression
        if parts.iterations.count == 1 {
            target = parts.iterations[0].target
            source = parts.iterations[0].collection
        } else {
            target = .make("tuple", parts.iterations.map { $0.target })
            source = .call("__product", parts.iterations.map { $0.collection })
        }
        let argument = target.head == "tuple" ? Expression.make("tuple", [target]) : target
        if let condition = parts.condition {
            source = .call("__filtered", [.make("->", [argument, condition]), source])
        }
        let function = Expression.make("->", [argument, parts.body])
        return try lower(.call(parts.inner == nil ? "__generator" : "__flat_generator", [function, source]))
    }

    // MARK: broadcast

    /// Whether an expression is a dotted call, to be fused with the one around it.
    private func isDotted(_ expression: Expression) -> Bool {
        guard case .node(let node) = expression else { return false }
        switch node.head {
        case ".": return node.arguments.count == 2 && node.arguments[1].head == "tuple"
        case "call":
            guard let name = node.arguments.first?.symbolName else { return false }
            return name.hasPrefix(".") && name.count > 1 && name != ".." && name != "..."
        case ".&&", ".||": return true
        case "macrocall": return false
        default: return false
        }
    }

    func lowerBroadcast(_ expression: Expression) throws(LoweringError) -> IR {
        .call(base("__materialize"), [try lowerFused(expression)])
    }

    private func lowerFused(_ expression: Expression) throws(LoweringError) -> IR {
        guard isDotted(expression), case .node(let node) = expression else { return try lower(expression) }
        var function: Expression
        var arguments: [Expression]
        switch node.head {
        case ".": (function, arguments) = (node.arguments[0], node.arguments[1].arguments)
        case "call":
            function = .symbol(String((node.arguments[0].symbolName ?? ".").dropFirst()))
            arguments = Array(node.arguments.dropFirst())
        default: (function, arguments) = (.symbol(node.head == ".&&" ? "&" : "|"), node.arguments)
        }
        let keywords = arguments.filter { $0.head == "parameters" || $0.head == "kw" }
        if !keywords.isEmpty {
            arguments.removeAll { $0.head == "parameters" || $0.head == "kw" }
            let names = arguments.indices.map { Expression.symbol("#b\($0)") }
            function = .make("->", [.make("tuple", names), .make("call", [function] + keywords + names)])
        }
        if arguments.contains(where: { $0.head == "..." }) { throw unsupported("splatting in a broadcast call") }
        var parts: [IR] = []
        for argument in arguments {
            let isRow = arguments.count == 2 && argument.head == "'"
            parts.append(try lowerFused(isRow ? .call("__adjoint", argument.arguments) : argument))
        }
        return .call(base("__broadcasted"), [try lower(function)] + parts)
    }

    func lowerBroadcastAssignment(_ node: Expression.Node) throws(LoweringError) -> IR {
        guard node.arguments.count == 2 else { throw syntax("malformed .=") }
        let target = node.arguments[0]
        let value = try lowerFused(node.arguments[1])
        if target.head == "ref" {
            return try withIndex(target.arguments) { array, indices in
                .call(base("__broadcast_set_index"), [array, value] + indices)
            }
        }
        return .call(base("__broadcast_set"), [try lower(target), value])
    }
}
