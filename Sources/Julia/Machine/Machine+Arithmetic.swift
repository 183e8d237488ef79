/// Arithmetic of machine numbers outside the fast paths; nil leaves the operation to Julia's methods.
extension Machine {
    func arithmetic(_ operation: Opcode, _ x: Value, _ y: Value) throws(Unwind) -> Value? {
        if x.isHeap || y.isHeap {
            guard x.isString, y.isString else { return nil }
            return try compareStrings(operation, x, y)
        }
        if x.isFloat || y.isFloat {
            guard let left = asDouble(x), let right = asDouble(y) else { return nil }
            return floating(operation, left, right)
        }
        guard x.tag == y.tag else { return nil }
        if x.isInt { return try signed(operation, x.int, y.int) }
        if x.tag == UInt64(Core.char) || x.isBool || x.isSymbol {
            return simpleComparison(operation, x, y)
        }
        guard Core.isSmallInteger(x.type) else { return nil }
        return try narrow(operation, x, y)
    }

    private func asDouble(_ value: Value) -> Double? {
        if value.isFloat { return value.double }
        // Larger integers are compared exactly, by Julia's methods.
        guard value.isInt, abs(value.int) < 1 << 53 else { return nil }
        return Double(value.int)
    }

    private func floating(_ operation: Opcode, _ x: Double, _ y: Double) -> Value? {
        switch operation {
        case .add: Value(x + y)
        case .subtract: Value(x - y)
        case .multiply: Value(x * y)
        case .divide: Value(x / y)
        case .less, .lessEqual, .greater, .greaterEqual, .equal, .notEqual, .lessJump, .lessEqualJump, .greaterJump,
            .greaterEqualJump, .equalJump, .notEqualJump:
            Value(Self.compare(operation, x, y))
        default: nil
        }
    }

    private func simpleComparison(_ operation: Opcode, _ x: Value, _ y: Value) -> Value? {
        switch operation {
        case .equal, .equalJump: return Value(x.bits == y.bits)
        case .notEqual, .notEqualJump: return Value(x.bits != y.bits)
        case .less, .lessEqual, .greater, .greaterEqual, .lessJump, .lessEqualJump, .greaterJump, .greaterEqualJump:
            return x.isSymbol ? nil : Value(Self.compare(operation, x.bits, y.bits))
        case .bitAnd where x.isBool: return Value(x.bits & y.bits == 1)
        case .bitOr where x.isBool: return Value(x.bits | y.bits == 1)
        case .bitXor where x.isBool: return Value(x.bits ^ y.bits == 1)
        case .add where x.isBool: return Value(Int(x.bits + y.bits))
        default: return nil
        }
    }

    private func compareStrings(_ operation: Opcode, _ x: Value, _ y: Value) throws(Unwind) -> Value? {
        switch operation {
        case .equal, .equalJump: return Value(try stringOrder(x, y) == 0)
        case .notEqual, .notEqualJump: return Value(try stringOrder(x, y) != 0)
        case .less, .lessEqual, .greater, .greaterEqual, .lessJump, .lessEqualJump, .greaterJump, .greaterEqualJump:
            return Value(Self.compare(operation, try stringOrder(x, y), 0))
        default: return nil
        }
    }

    /// Bytewise order of two strings: negative, zero or positive.
    func stringOrder(_ x: Value, _ y: Value) throws(Unwind) -> Int {
        let (left, right) = (x.object, y.object)
        let common = min(left.pointee.count, right.pointee.count)
        try charge(common >> 3)
        for index in 0..<common where left.bytes[index] != right.bytes[index] {
            return Int(left.bytes[index]) - Int(right.bytes[index])
        }
        return left.pointee.count - right.pointee.count
    }

    func signed(_ operation: Opcode, _ x: Int, _ y: Int) throws(Unwind) -> Value? {
        switch operation {
        case .add: return Value(x &+ y)
        case .subtract: return Value(x &- y)
        case .multiply: return Value(x &* y)
        case .divide: return Value(Double(x) / Double(y))
        case .integerDivide:
            guard y != 0, !(x == Int.min && y == -1) else { throw raise("DivideError", []) }
            return Value(x / y)
        case .remainder, .modulo:
            guard y != 0 else { throw raise("DivideError", []) }
            if y == -1 { return Value(0) }
            let rest = x % y
            return Value(operation == .modulo && rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest)
        case .bitAnd: return Value(x & y)
        case .bitOr: return Value(x | y)
        case .bitXor: return Value(x ^ y)
        case .shiftLeft: return Value(x << y)
        case .shiftRight: return Value(x >> y)
        default: return Value(Self.compare(operation, x, y))
        }
    }

    /// Integers of the same type, narrower than 64 bits or unsigned.
    private func narrow(_ operation: Opcode, _ x: Value, _ y: Value) throws(Unwind) -> Value? {
        switch operation {
        case .add: return wrapped(x.bits &+ y.bits, x.type)
        case .subtract: return wrapped(x.bits &- y.bits, x.type)
        case .multiply: return wrapped(x.bits &* y.bits, x.type)
        case .bitAnd: return Value(immediate: x.bits & y.bits, type: x.type)
        case .bitOr: return Value(immediate: x.bits | y.bits, type: x.type)
        case .bitXor: return Value(immediate: x.bits ^ y.bits, type: x.type)
        case .divide, .shiftLeft, .shiftRight: return nil
        case .integerDivide, .remainder, .modulo:
            if Core.isSignedInteger(x.type) {
                guard let value = try signed(operation, x.int, y.int) else { return nil }
                let result = wrapped(value.bits, x.type)
                if operation == .integerDivide, result.int != value.int { throw raise("DivideError", []) }
                return result
            }
            guard y.bits != 0 else { throw raise("DivideError", []) }
            let value = operation == .integerDivide ? x.bits / y.bits : x.bits % y.bits
            return Value(immediate: value, type: x.type)
        default:
            return Core.isSignedInteger(x.type)
                ? Value(Self.compare(operation, x.int, y.int)) : Value(Self.compare(operation, x.bits, y.bits))
        }
    }

    /// Cuts a result to a type's width.
    func wrapped(_ bits: UInt64, _ type: TypeID) -> Value {
        switch Core.bitWidth(type) {
        case 64: return Value(immediate: bits, type: type)
        case 32:
            let low = UInt32(truncatingIfNeeded: bits)
            let signed = UInt64(bitPattern: Int64(Int32(bitPattern: low)))
            return Value(immediate: Core.isSignedInteger(type) ? signed : UInt64(low), type: type)
        case 16:
            let low = UInt16(truncatingIfNeeded: bits)
            let signed = UInt64(bitPattern: Int64(Int16(bitPattern: low)))
            return Value(immediate: Core.isSignedInteger(type) ? signed : UInt64(low), type: type)
        default:
            let low = UInt8(truncatingIfNeeded: bits)
            let signed = UInt64(bitPattern: Int64(Int8(bitPattern: low)))
            return Value(immediate: Core.isSignedInteger(type) ? signed : UInt64(low), type: type)
        }
    }
}
