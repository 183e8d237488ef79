/// Short ways to take expressions apart and to make them.
extension Expression {
    var symbolName: String? {
        if case .symbol(let name) = self { return name }
        return nil
    }

    func node(_ head: String) -> Node? {
        if case .node(let node) = self, node.head == head { return node }
        return nil
    }

    var head: String? {
        if case .node(let node) = self { return node.head }
        return nil
    }

    var arguments: [Expression] {
        if case .node(let node) = self { return node.arguments }
        return []
    }

    var isLine: Bool {
        if case .line = self { return true }
        return false
    }

    var isFalse: Bool { self == .literal(.bool(false)) || self == .symbol("false") }

    static func make(_ head: String, _ arguments: [Expression], at location: SourceLocation = .unknown) -> Expression {
        .node(Node(head, arguments, at: location))
    }

    static func call(_ name: String, _ arguments: [Expression], at location: SourceLocation = .unknown) -> Expression {
        .node(Node("call", [.symbol(name)] + arguments, at: location))
    }

    static func string(_ text: String) -> Expression { .literal(.string(Array(text.utf8))) }

    static func symbolLiteral(_ name: String) -> Expression { .quoted(.symbol(name)) }

    static func int(_ value: Int) -> Expression { .literal(.int64(Int64(value))) }
}
