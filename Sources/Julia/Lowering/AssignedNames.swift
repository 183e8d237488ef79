/// Names that a piece of code assigns in its own scope (Julia manual, "Scope of Variables"); inner scopes are not entered.
struct AssignedNames {
    private(set) var order: [String] = []
    private(set) var locals: Set<String> = []
    private(set) var globals: Set<String> = []
    private var seen: Set<String> = []

    mutating func add(_ name: String) {
        if seen.insert(name).inserted { order.append(name) }
    }

    /// Names on the left of an assignment.
    static func targets(of target: Expression) -> [String] {
        switch target {
        case .symbol(let name): return [name]
        case .node(let node):
            switch node.head {
            case "tuple", "parameters", "block": return node.arguments.flatMap { targets(of: $0) }
            case "...", "::", "=", "kw": return node.arguments.first.map { targets(of: $0) } ?? []
            default: return []
            }
        default: return []
        }
    }

    mutating func collect(_ expression: Expression) {
        guard case .node(let node) = expression else { return }
        switch node.head {
        case "=": collectAssignment(node)
        case "local": collectDeclaration(node, isLocal: true)
        case "global": collectDeclaration(node, isLocal: false)
        case "const": node.arguments.forEach { collect($0) }
        case "function":
            if let name = Self.functionName(node.arguments.first) { add(name) }
        case "struct", "abstract", "module", "->", "for", "while", "let", "try", "quote", "inert", "comprehension",
            "typed_comprehension", "generator", "macro", "do", "using", "import", "export":
            // A `do` block's call is in this scope, its function is not.
            if node.head == "do" { collect(node.arguments[0]) }
        case "tuple", "parameters":
            for argument in node.arguments where argument.head == "=" || argument.head == "kw" {
                argument.arguments.last.map { collect($0) }
            }
            for argument in node.arguments where argument.head != "=" && argument.head != "kw" { collect(argument) }
        case "kw": node.arguments.last.map { collect($0) }
        default: collectDefault(node)
        }
    }

    private mutating func collectDefault(_ node: Expression.Node) {
        if Lowering.updateOperator(node.head) != nil, let target = node.arguments.first {
            for name in Self.targets(of: target) { add(name) }
        }
        node.arguments.forEach { collect($0) }
    }

    private mutating func collectAssignment(_ node: Expression.Node) {
        guard node.arguments.count == 2 else { return }
        let target = node.arguments[0]
        if Lowering.isFunctionSignature(target) {
            if let name = Self.functionName(target) { add(name) }
            return
        }
        if target.head == "curly" {
            target.arguments.first?.symbolName.map { add($0) }
        }
        for name in Self.targets(of: target) { add(name) }
        collect(node.arguments[1])
    }

    private mutating func collectDeclaration(_ node: Expression.Node, isLocal: Bool) {
        for argument in node.arguments {
            let inner = argument.node("const")?.arguments.first ?? argument
            let isFunction =
                inner.head == "function" || (inner.head == "=" && Lowering.isFunctionSignature(inner.arguments[0]))
            let target =
                inner.head == "=" || Lowering.updateOperator(inner.head ?? "") != nil ? inner.arguments[0] : inner
            let names =
                isFunction ? [Self.functionName(inner.arguments[0])].compactMap { $0 } : Self.targets(of: target)
            for name in names {
                if isLocal {
                    locals.insert(name)
                    add(name)
                } else {
                    globals.insert(name)
                }
            }
            if inner.head == "=" { collect(inner.arguments[1]) }
        }
    }

    /// The plain name that a method signature defines; nil for qualified names and callable types.
    static func functionName(_ signature: Expression?) -> String? {
        guard let signature else { return nil }
        switch signature.head {
        case "call", "where", "::": return functionName(signature.arguments.first)
        case nil: return signature.symbolName
        default: return nil
        }
    }
}
