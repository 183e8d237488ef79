extension Expression {
    /// The expression as `Meta.show_sexpr` writes it: `(:call, :+, :a, 1)`. Line nodes are left out, so that trees can
    /// be compared without their places.
    public var tree: String {
        switch self {
        case .symbol(let name): return ":" + name
        case .line: return "#="
        case .quoted(let inner): return "(:quote, #QuoteNode \(inner.tree))"
        case .literal(let literal): return literal.tree
        case .node(let node):
            let arguments = node.arguments.filter { if case .line = $0 { false } else { true } }
            return "(" + ([":" + node.head] + arguments.map(\.tree)).joined(separator: ", ") + ")"
        }
    }
}

extension Literal {
    fileprivate var tree: String {
        switch self {
        case .bool(let value): "\(value)"
        case .int64(let value): "\(value)"
        case .int128(let value): "Int128(\(value))"
        case .bigInt(let digits): "big\"\(digits)\""
        case .uint8(let value): Self.hexadecimal(value)
        case .uint16(let value): Self.hexadecimal(value)
        case .uint32(let value): Self.hexadecimal(value)
        case .uint64(let value): Self.hexadecimal(value)
        case .uint128(let value): Self.hexadecimal(value)
        case .float32(let value): "Float32(\(value))"
        case .float64(let value): "\(value)"
        case .char(let value): "'\\U\(String(value, radix: 16))'"
        case .string(let bytes): "\"" + String(decoding: bytes, as: UTF8.self) + "\""
        case .nothing: "nothing"
        }
    }

    private static func hexadecimal<Value: FixedWidthInteger>(_ value: Value) -> String {
        let digits = String(value, radix: 16)
        return "0x" + String(repeating: "0", count: max(0, Value.bitWidth / 4 - digits.count)) + digits
    }
}
