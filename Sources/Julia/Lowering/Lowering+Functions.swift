/// A signature taken apart: callee, parameters, variables of `where`, declared return type.
struct SignatureParts {
    var callee: Expression
    var positional: [LambdaParameter] = []
    var keywords: [KeywordParameter] = []
    var staticParameters: [StaticParameter] = []
    var returnType: Expression?
    /// Statements that take destructured arguments apart.
    var prefix: [Expression] = []
}

extension Lowering {
    func lowerFunction(_ node: Expression.Node) throws(LoweringError) -> IR {
        guard let signature = node.arguments.first else { throw syntax("malformed function") }
        let place = location
        guard node.arguments.count > 1 else {
            guard let name = signature.symbolName else { throw syntax("malformed function") }
            if scope.find(name) != nil { throw unsupported("local function without methods") }
            let slot = machine.resolveForAssignment(name, in: module)
            return .builtin(machine.builtin("__generic"), [.constant(Value(slot))])
        }
        if signature.head == "tuple" || (signature.head == "where" && signature.arguments.first?.head == "tuple") {
            return try lowerArrow([signature, node.arguments[1]])
        }
        return try lowerMethod(signature: signature, body: node.arguments[1], location: place)
    }

    /// Takes a signature apart.
    func parts(of signature: Expression) throws(LoweringError) -> SignatureParts {
        switch signature.head {
        case "where":
            var parts = try parts(of: signature.arguments[0])
            var outer: [StaticParameter] = []
            for argument in signature.arguments.dropFirst() { outer += try Self.staticParameters(argument, self) }
            parts.staticParameters = outer + parts.staticParameters
            return parts
        case "::" where signature.arguments.count == 2 && signature.arguments[0].head != nil:
            var parts = try parts(of: signature.arguments[0])
            parts.returnType = signature.arguments[1]
            return parts
        case "call":
            var parts = SignatureParts(callee: signature.arguments[0])
            try addParameters(signature.arguments.dropFirst(), to: &parts)
            return parts
        case "tuple":
            var parts = SignatureParts(callee: .symbol("#anonymous"))
            try addParameters(signature.arguments[...], to: &parts)
            return parts
        case "block":
            // `(x; y) -> …`
            var parts = SignatureParts(callee: .symbol("#anonymous"))
            let list = signature.arguments.filter { !$0.isLine }
            try addParameters(list.prefix(1), to: &parts)
            for keyword in list.dropFirst() { parts.keywords.append(try keywordParameter(keyword)) }
            return parts
        default:
            var parts = SignatureParts(callee: .symbol("#anonymous"))
            try addParameters([signature], to: &parts)
            return parts
        }
    }

    private func addParameters(_ list: ArraySlice<Expression>, to parts: inout SignatureParts) throws(LoweringError) {
        for argument in list {
            if let keywords = argument.node("parameters") {
                for keyword in keywords.arguments { parts.keywords.append(try keywordParameter(keyword)) }
                continue
            }
            parts.positional.append(try parameter(argument, &parts.prefix))
        }
    }

    private func parameter(
        _ argument: Expression, _ prefix: inout [Expression]
    ) throws(LoweringError) -> LambdaParameter {
        switch argument {
        case .symbol(let name): return LambdaParameter(name: name == "_" ? "#unused\(machine.freshLabel())" : name)
        case .node(let node):
            switch node.head {
            case "kw", "=":
                var inner = try parameter(node.arguments[0], &prefix)
                inner.defaultValue = node.arguments[1]
                return inner
            case "...":
                var inner = try parameter(node.arguments[0], &prefix)
                inner.isVararg = true
                return inner
            case "::" where node.arguments.count == 1:
                return LambdaParameter(name: "#unused\(machine.freshLabel())", type: node.arguments[0])
            case "::":
                var inner = try parameter(node.arguments[0], &prefix)
                inner.type = node.arguments[1]
                return inner
            case "tuple":
                let name = "#destructured\(machine.freshLabel())"
                prefix.append(.make("local", [.make("=", [argument, .symbol(name)])]))
                return LambdaParameter(name: name)
            case "macrocall": return try parameter(try expandMacro(node), &prefix)
            default: throw syntax("invalid parameter \"\(node.head)\"")
            }
        default: throw syntax("invalid parameter")
        }
    }

    private func keywordParameter(_ expression: Expression) throws(LoweringError) -> KeywordParameter {
        switch expression.head {
        case nil: return KeywordParameter(name: expression.symbolName ?? "_")
        case "kw", "=":
            var inner = try keywordParameter(expression.arguments[0])
            inner.defaultValue = expression.arguments[1]
            return inner
        case "::":
            return KeywordParameter(name: expression.arguments[0].symbolName ?? "_", type: expression.arguments[1])
        case "...":
            return KeywordParameter(name: expression.arguments[0].symbolName ?? "_", isRest: true)
        default: throw syntax("invalid keyword parameter")
        }
    }

    /// The methods that one definition makes: one for each optional argument left out, and two with keywords.
    func sources(
        _ parts: SignatureParts, name: String, body: Expression, location: SourceLocation
    ) -> [LambdaSource] {
        var result: [LambdaSource] = []
        var base = LambdaSource(
            name: name, parameters: parts.positional, staticParameters: parts.staticParameters,
            body: .make("block", parts.prefix + [body]), location: location, returnType: parts.returnType)
        base.constructorOf = isConstructor ? constructorName : nil
        if let callee = parts.callee.node("::"), callee.arguments.count == 2 {
            base.selfName = callee.arguments[0].symbolName
        }
        let own = Expression.symbol("#self#")
        for place in parts.positional.indices where parts.positional[place].defaultValue != nil {
            var stub = base
            stub.returnType = nil
            stub.parameters = Array(parts.positional[..<place])
            let given = stub.parameters.map { Expression.symbol($0.name) }
            let filled = parts.positional[place].defaultValue ?? .literal(.nothing)
            stub.body = .make("call", [own] + given + [filled], at: location)
            let used = stub.staticParameters.filter { parameter in
                stub.parameters.contains { $0.type.map { $0.mentions(parameter.name) } ?? false }
                    || parts.callee.mentions(parameter.name)
            }
            stub.staticParameters = used
            result.append(stub)
        }
        guard !parts.keywords.isEmpty else { return result + [base] }
        var stub = base
        stub.returnType = nil
        let forwarded = stub.parameters.map {
            $0.isVararg ? Expression.make("...", [.symbol($0.name)]) : .symbol($0.name)
        }
        stub.body = .make(
            "call", [own, .make("parameters", [.make("...", [.symbol("#none#")])])] + forwarded, at: location)
        var keyword = base
        keyword.isKeyword = true
        keyword.parameters.insert(LambdaParameter(name: "#keywords#"), at: 0)
        keyword.body = .make("block", keywordPrefix(parts.keywords) + parts.prefix + [body])
        return result + [stub, keyword]
    }

    private func keywordPrefix(_ keywords: [KeywordParameter]) -> [Expression] {
        let given = Expression.symbol("#keywords#")
        let names = keywords.filter { !$0.isRest }.map { Expression.symbolLiteral($0.name) }
        var statements: [Expression] = []
        if !keywords.contains(where: { $0.isRest }) {
            statements.append(.call("__kwcheck", [given, .symbol("#self#")] + names))
        }
        for keyword in keywords {
            let name = Expression.symbolLiteral(keyword.name)
            if keyword.isRest {
                let rest = Expression.make("call", [.symbol("__keyword_rest"), given, .make("tuple", names)])
                statements.append(.make("local", [.make("=", [.symbol(keyword.name), rest])]))
                continue
            }
            var value = Expression.call("__kwget", [given, name])
            if let type = keyword.type { value = .call("__kwtyped", [value, type, name]) }
            let missing = keyword.defaultValue ?? .call("__kwmissing", [name])
            let chosen = Expression.make("if", [.call("__kwhas", [given, name]), value, missing])
            statements.append(.make("local", [.make("=", [.symbol(keyword.name), chosen])]))
        }
        return statements
    }

    // MARK: definitions

    func lowerMethod(signature: Expression, body: Expression, location place: SourceLocation) throws(LoweringError)
        -> IR
    {
        let parts = try parts(of: signature)
        if let name = parts.callee.symbolName, let variable = scope.find(name), variable.staticIndex < 0 {
            return try lowerLocalFunction(variable, parts, body, place)
        }
        var statements: [IR] = []
        let callee: IR
        var display = parts.callee.symbolName ?? parts.callee.calleeName
        switch parts.callee.head {
        case nil:
            guard let name = parts.callee.symbolName else { throw syntax("invalid function name") }
            let slot = machine.resolveForMethod(name, in: module)
            statements.append(.builtin(machine.builtin("__generic"), [.constant(Value(slot))]))
            callee = .global(slot)
        case ".":
            callee = try lower(parts.callee)
        case "::":
            let type = parts.callee.arguments.last ?? .symbol("Any")
            callee = try lowerCalleeType(type, parts.staticParameters)
            display = type.calleeName
        default: callee = try lowerCalleeType(.make("curly", [.symbol("Type"), parts.callee]), parts.staticParameters)
        }
        for source in sources(parts, name: display, body: body, location: place) {
            statements.append(try lowerDefinition(source, callee: callee, parts: parts, place))
        }
        if parts.callee.head == nil { statements.append(callee) } else { statements.append(.constant(.nothing)) }
        return .block(statements)
    }

    private func lowerCalleeType(_ type: Expression, _ statics: [StaticParameter]) throws(LoweringError) -> IR {
        // Evaluated again with the signature's own variables; here only the declaration behind it matters.
        let whole = statics.isEmpty ? type : Expression.make("where", [type] + statics.reversed().map { $0.expression })
        return .builtin(machine.builtin("__calleetype"), [try lower(whole)])
    }

    private func lowerDefinition(
        _ source: LambdaSource, callee: IR, parts: SignatureParts, _ place: SourceLocation
    ) throws(LoweringError) -> IR {
        let template = FunctionTemplate(
            name: source.name, argumentCount: source.parameters.count + 1,
            isVararg: source.parameters.last?.isVararg ?? false, state: .source(source, module: module),
            location: place,
            file: file)
        var first: Expression?
        if parts.callee.head == "::" { first = parts.callee.arguments.last }
        if parts.callee.head == "curly" { first = .make("curly", [.symbol("Type"), parts.callee]) }
        let signature = try lowerSignature(source, callee: callee, calleeType: first)
        return .method(
            callee: callee, signature: signature, template: machine.add(template), isKeyword: source.isKeyword)
    }

    /// Evaluates to a tuple: the argument types (the callee's first) as a tuple, the variables as a tuple.
    private func lowerSignature(
        _ source: LambdaSource, callee: IR, calleeType: Expression?
    ) throws(LoweringError) -> IR {
        try withTypeVariables(source.staticParameters) { variables throws(LoweringError) in
            let own =
                try calleeType.map { type throws(LoweringError) in try lower(type) }
                ?? .builtin(machine.builtin("__selftype"), [callee])
            var types = [own]
            for parameter in source.parameters {
                let type =
                    try parameter.type.map { type throws(LoweringError) in try lower(type) }
                    ?? .constant(Value(type: Core.any))
                types.append(parameter.isVararg ? .builtin(machine.builtin("__vararg"), [type]) : type)
            }
            return .tuple([.tuple(types), .tuple(variables.map { .local($0) })])
        }
    }

    // MARK: closures

    func lowerArrow(_ arguments: [Expression]) throws(LoweringError) -> IR {
        guard arguments.count == 2 else { throw syntax("malformed ->") }
        let parts = try parts(of: arguments[0])
        let closure = ClosureIR(name: "#\(machine.freshLabel())")
        for source in sources(parts, name: closure.name, body: arguments[1], location: location) {
            closure.methods.append(try lowerClosureMethod(source, closure))
        }
        return .closure(closure)
    }

    private func lowerLocalFunction(
        _ variable: Variable, _ parts: SignatureParts, _ body: Expression, _ place: SourceLocation
    ) throws(LoweringError) -> IR {
        let isFirst = variable.closure == nil
        if scope.function !== variable.owner { noteUse(variable) }
        let closure = variable.closure ?? ClosureIR(name: variable.name)
        if isFirst {
            variable.closure = closure
            closure.selfVariable = variable
        }
        for source in sources(parts, name: variable.name, body: body, location: place) {
            closure.methods.append(try lowerClosureMethod(source, closure))
        }
        guard isFirst else { return .local(variable) }
        return assign(variable, .closure(closure))
    }

    private func lowerClosureMethod(_ source: LambdaSource, _ closure: ClosureIR) throws(LoweringError) -> ClosureMethod
    {
        if let outer = outerTypeName(source) {
            throw unsupported("argument type \(outer) of a local function, which depends on the function around it")
        }
        let function = FunctionIR(name: source.name, parent: scope.function, location: source.location)
        function.closure = closure
        var signature: IR?
        if !source.staticParameters.isEmpty || source.parameters.contains(where: { $0.type != nil }) {
            signature = try lowerSignature(source, callee: .constant(.nothing), calleeType: .symbol("Any"))
        }
        let outer = (scope, loops, indexed, location)
        scope = LoweringScope(parent: scope, function: function)
        loops = []
        indexed = []
        defer { (scope, loops, indexed, location) = outer }
        try lowerBody(source, into: function)
        return ClosureMethod(function: function, isKeyword: source.isKeyword, signature: signature)
    }

    /// A local name that argument types mention: methods of a closure are made once, whatever it means later.
    private func outerTypeName(_ source: LambdaSource) -> String? {
        let own = Set(source.staticParameters.map { $0.name })
        let types =
            source.parameters.compactMap { $0.type }
            + source.staticParameters.flatMap { [$0.lower, $0.upper].compactMap { $0 } }
        return types.lazy.flatMap { $0.names }.first { !own.contains($0) && scope.find($0) != nil }
    }

    /// Lowers parameters and body into `function`; the current scope is the function's own.
    func lowerBody(_ source: LambdaSource, into function: FunctionIR) throws(LoweringError) {
        if let name = source.constructorOf {
            isConstructor = true
            constructorName = name
        }
        function.isVararg = source.parameters.last?.isVararg ?? false
        function.parameters = [declare("#self#", isArgument: true)]
        if let name = source.selfName { scope.names[name] = function.parameters[0] }
        if let own = function.closure?.selfVariable { scope.names[own.name] = function.parameters[0] }
        for parameter in source.parameters { function.parameters.append(declare(parameter.name, isArgument: true)) }
        for (index, parameter) in source.staticParameters.enumerated() {
            let variable = declare(parameter.name)
            variable.staticIndex = index
            function.staticParameters.append(variable)
        }
        let declared = declareAssigned(in: source.body)
        returnTypes[ObjectIdentifier(function)] = source.returnType
        let body = try converted(try lower(source.body))
        function.body = .giveBack(.block(declared.map { .declare($0) } + [body]))
    }

    /// A value on its way out of a function with a declared return type.
    func converted(_ value: IR) throws(LoweringError) -> IR {
        guard let type = returnTypes[ObjectIdentifier(scope.function)] else { return value }
        return .call(base("__convert_to"), [try lower(type), value])
    }
}

extension Expression {
    /// Whether a name occurs anywhere inside.
    func mentions(_ name: String) -> Bool {
        switch self {
        case .symbol(let own): own == name
        case .node(let node): node.arguments.contains { $0.mentions(name) }
        default: false
        }
    }

    /// Every name inside, in order.
    var names: [String] {
        switch self {
        case .symbol(let own): [own]
        case .node(let node): node.arguments.flatMap { $0.names }
        default: []
        }
    }

    /// The name that an error text shows for a callee.
    var calleeName: String {
        switch self {
        case .symbol(let name): name
        case .quoted(let inner): inner.calleeName
        case .node(let node):
            node.head == "." ? node.arguments.last?.calleeName ?? "?" : node.arguments.first?.calleeName ?? "?"
        default: "?"
        }
    }
}

extension StaticParameter {
    var expression: Expression {
        let symbol = Expression.symbol(name)
        switch (lower, upper) {
        case (nil, nil): return symbol
        case (let lower?, nil): return .make(">:", [symbol, lower])
        case (nil, let upper?): return .make("<:", [symbol, upper])
        case (let lower?, let upper?):
            return .make("comparison", [lower, .symbol("<:"), symbol, .symbol("<:"), upper])
        }
    }
}
