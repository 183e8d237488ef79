/// Adjoints and views. A view is an object of the prelude; an adjoint exists only while an operator uses it,
/// for a copy that is kept would not show later writes.
extension Lowering {
    /// Functions that read an adjoint and keep nothing of it.
    private static let readers: Set<String> = [
        "println", "print", "string", "repr", "show", "sum", "prod", "maximum", "minimum", "size", "length", "collect",
        "Matrix", "==", "!=", "vec", "isapprox", "≈",
    ]

    /// `@view a[i, j]`; nil for other macros.
    func lowerView(_ node: Expression.Node) throws(LoweringError) -> IR? {
        guard node.arguments.first?.calleeName == "@view" else { return nil }
        guard let index = node.arguments.last?.node("ref") else { throw unsupported("@view of anything but an index") }
        let view = base("view")
        return try withIndex(index.arguments) { array, indices in .call(view, [array] + indices) }
    }

    /// A call of Base's function with `a'` among its arguments; nil for others.
    func lowerAdjoints(_ name: String, _ arguments: [Expression]) throws(LoweringError) -> IR? {
        guard arguments.contains(where: { Self.adjointOperand($0) != nil }), scope.find(name) == nil,
            machine.resolvesToBase(name, module)
        else { return nil }
        if name == "*", arguments.count == 2 {
            var parts: [IR] = []
            for argument in arguments {
                let operand = Self.adjointOperand(argument)
                parts.append(try lower(operand ?? argument))
                parts.append(.constant(operand == nil ? .false : .true))
            }
            return .call(base("__adjoint_product"), parts)
        }
        guard Self.readers.contains(name) else { return nil }
        let copies = arguments.map { argument in
            Self.adjointOperand(argument).map { Expression.call("__adjoint", [$0]) } ?? argument
        }
        return try lower(.call(name, copies))
    }

    private static func adjointOperand(_ expression: Expression) -> Expression? {
        expression.node("'")?.arguments.first
    }
}
