/// A method: a signature whose first element is the type of the callee, and what to run.
final class Method {
    /// A tuple type in terms of `variables`.
    let signature: TypeID
    let variables: [Int]
    /// Positional arguments, the callee included, the last one collecting the rest when `isVararg`.
    let argumentCount: Int
    let isVararg: Bool
    /// Index of what it runs.
    let template: Int
    let order: Int

    init(signature: TypeID, variables: [Int], argumentCount: Int, isVararg: Bool, template: Int, order: Int) {
        self.signature = signature
        self.variables = variables
        self.argumentCount = argumentCount
        self.isVararg = isVararg
        self.template = template
        self.order = order
    }
}

/// The methods of one function, type or closure.
final class MethodTable {
    let name: String
    private(set) var methods: [Method] = []
    /// Methods that take keywords: their second argument is the named tuple of keywords.
    var keyword: MethodTable?
    /// When `cache` was last valid.
    var epoch: UInt64 = 0
    /// Memory of lookups by the tags of all arguments.
    var cache: [[UInt64]: UnsafeMutablePointer<Invocation>] = [:]

    init(name: String) {
        self.name = name
    }

    /// Adds a method; one with an equal signature is replaced.
    func add(_ method: Method, types: TypeTable) {
        if let old = methods.firstIndex(where: {
            $0.argumentCount == method.argumentCount && $0.isVararg == method.isVararg
                && Self.isSame($0, method, types)
        }) {
            methods[old] = method
        } else {
            methods.append(method)
        }
        cache.removeAll(keepingCapacity: true)
    }

    private static func isSame(_ first: Method, _ second: Method, _ types: TypeTable) -> Bool {
        if first.signature == second.signature { return true }
        return isMoreSpecific(first, second, types) && isMoreSpecific(second, first, types)
    }

    /// Whether whatever fits `first` also fits `second`.
    static func isMoreSpecific(_ first: Method, _ second: Method, _ types: TypeTable) -> Bool {
        let left = first.variables.reversed().reduce(first.signature) {
            types.intern(.unionAll(variable: $1, body: $0))
        }
        let right = second.variables.reversed().reduce(second.signature) {
            types.intern(.unionAll(variable: $1, body: $0))
        }
        return types.isSubtype(left, right)
    }
}
