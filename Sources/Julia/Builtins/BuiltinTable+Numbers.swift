extension BuiltinTable {
    static let numberFunctions: [Builtin] = [
        Builtin("__int_convert") { m, a, _ throws(Unwind) in
            try m.convertInteger(try m.typeOperand(a[0]), a[1], checked: true)
        },
        Builtin("__int_truncate") { m, a, _ throws(Unwind) in
            try m.convertInteger(try m.typeOperand(a[0]), a[1], checked: false)
        },
        Builtin("__shift_left") { m, a, _ throws(Unwind) in m.shift(a[0], try m.int(a[1])) },
        Builtin("__shift_right") { m, a, _ throws(Unwind) in
            let count = try m.int(a[1])
            return m.shift(a[0], count == Int.min ? Int.max : -count)
        },
        Builtin("__shift_right_logical") { m, a, _ throws(Unwind) in
            let width = Core.bitWidth(a[0].type)
            let mask = width == 64 ? UInt64.max : (1 << UInt64(width)) - 1
            let count = try m.int(a[1])
            return m.wrapped(
                count >= 0 ? (a[0].bits & mask) >> UInt64(count) : (a[0].bits << UInt64(clamping: -count)), a[0].type)
        },
        Builtin("__not") { m, a, _ throws(Unwind) in
            a[0].isBool ? Value(a[0].bits == 0) : m.wrapped(~a[0].bits, a[0].type)
        },
        Builtin("__negate") { m, a, _ throws(Unwind) in m.wrapped(0 &- a[0].bits, a[0].type) },
        Builtin("__count_ones") { m, a, _ throws(Unwind) in Value(m.unsignedBits(a[0]).nonzeroBitCount) },
        Builtin("__leading_zeros") { m, a, _ throws(Unwind) in
            Value(m.unsignedBits(a[0]).leadingZeroBitCount - 64 + Core.bitWidth(a[0].type))
        },
        Builtin("__trailing_zeros") { m, a, _ throws(Unwind) in
            Value(min(m.unsignedBits(a[0]).trailingZeroBitCount, Core.bitWidth(a[0].type)))
        },
        Builtin("__bits") { m, a, _ throws(Unwind) in Value(immediate: m.unsignedBits(a[0]), type: Core.uint64) },
        Builtin("__reinterpret") { m, a, _ throws(Unwind) in m.wrapped(a[1].bits, try m.typeOperand(a[0])) },
        Builtin("__checked") { m, a, _ throws(Unwind) in try m.checked(a[0].int, a[1], a[2]) },
        Builtin("__mul_high") { m, a, _ throws(Unwind) in Value(a[0].int.multipliedFullWidth(by: a[1].int).high) },
        Builtin("__big") { m, a, _ throws(Unwind) in try m.newBig(try m.big(a[0])) },
        Builtin("__big_op") { m, a, _ throws(Unwind) in try m.bigOperation(a[0].int, a[1], a[2]) },
        Builtin("__big_compare") { m, a, _ throws(Unwind) in
            let (x, y) = (try m.big(a[0]), try m.big(a[1]))
            return Value(x < y ? -1 : x == y ? 0 : 1)
        },
        Builtin("__big_shift") { m, a, _ throws(Unwind) in
            let (x, count) = (try m.big(a[1]), try m.int(a[2]))
            guard count < 1 << 22 else { throw m.stop(.memoryLimit) }
            try m.charge(x.limbCount + abs(count) / 64)
            let shifted: BigInteger
            do throws(BigIntegerError) {
                shifted = count >= 0 ? try x.shiftedLeft(by: count) : x.shiftedRight(by: -max(count, -(1 << 40)))
            } catch {
                throw m.bigError(error)
            }
            return try m.wide(shifted, as: a[1].type)
        },
        Builtin("__big_double") { m, a, _ throws(Unwind) in Value(try m.big(a[0]).double) },
        Builtin("__big_powmod") { m, a, _ throws(Unwind) in
            let (x, y, z) = (try m.big(a[0]), try m.big(a[1]), try m.big(a[2]))
            try m.charge(10 + z.limbCount * z.limbCount * max(y.bitWidth, 1))
            let result: BigInteger
            do throws(BigIntegerError) { result = try x.power(y, modulo: z) } catch { throw m.bigError(error) }
            return try m.newBig(result)
        },
        Builtin("__big_bits") { m, a, _ throws(Unwind) in Value(try m.big(a[0]).bitWidth) },
    ]
}

extension Machine {
    func unsignedBits(_ value: Value) -> UInt64 {
        let width = Core.bitWidth(value.type)
        return width >= 64 ? value.bits : value.bits & ((1 << UInt64(width)) - 1)
    }

    /// Any integer as a big one.
    func big(_ value: Value) throws(Unwind) -> BigInteger {
        if value.isHeap {
            let object = value.object
            if object.pointee.kind == .bigInteger {
                let limbs = (0..<object.pointee.count).map { object.words[$0] }
                return BigInteger(magnitude: limbs, isNegative: object.pointee.flags & ObjectHeader.negativeFlag != 0)
            }
            guard object.pointee.kind == .wide else { throw typeError("BigInt", expected: Core.integer, got: value) }
            let bits = UInt128(object.words[1]) << 64 | UInt128(object.words[0])
            return value.type == Core.int128 ? BigInteger(Int128(bitPattern: bits)) : BigInteger(bits)
        }
        if Core.isSmallInteger(value.type) || value.isBool {
            return Core.isSignedInteger(value.type) ? BigInteger(value.int) : BigInteger(value.bits)
        }
        if value.isFloat {
            guard let exact = BigInteger(exactly: value.double) else { throw inexact("BigInt", Core.bigInt, value) }
            return exact
        }
        throw typeError("BigInt", expected: Core.integer, got: value)
    }

    func newBig(_ value: BigInteger) throws(Unwind) -> Value {
        try reserve(Heap.headerBytes + 8 * value.limbCount)
        let object = bigObject(value)
        heap.add(object)
        return Value(object: object)
    }

    private func bigObject(_ value: BigInteger) -> ObjectPointer {
        let object = Heap.allocate(
            type: Core.bigInt, kind: .bigInteger, count: value.limbCount, body: 8 * max(value.limbCount, 1))
        for (index, limb) in value.magnitude.enumerated() { object.words[index] = limb }
        if value.isNegative { object.pointee.flags |= ObjectHeader.negativeFlag }
        return object
    }

    func permanentBig(_ value: BigInteger) -> Value {
        let object = bigObject(value)
        object.pointee.mark = 2
        heap.add(object)
        return Value(object: object)
    }

    /// A big integer cut to a type.
    func wide(_ value: BigInteger, as type: TypeID) throws(Unwind) -> Value {
        switch type {
        case Core.bigInt: return try newBig(value)
        case Core.int128, Core.uint128:
            let bits = value.truncated(to: UInt128.self)
            return try newWide(type, UInt64(truncatingIfNeeded: bits), UInt64(truncatingIfNeeded: bits >> 64))
        default: return wrapped(value.truncated(to: UInt64.self), type)
        }
    }

    func bigError(_ error: BigIntegerError) -> Unwind {
        switch error {
        case .divisionByZero: raise("DivideError", [])
        case .tooLarge: stop(.memoryLimit)
        case .negativeOperand: raise("DomainError", message: "negative operand")
        case .notInvertible: argumentError("not invertible")
        }
    }

    func bigOperation(_ operation: Int, _ left: Value, _ right: Value) throws(Unwind) -> Value {
        let (x, y) = (try big(left), try big(right))
        try charge(
            10 + (operation == 2 || operation >= 3 ? x.limbCount * max(y.limbCount, 1) : x.limbCount + y.limbCount))
        if operation == 12 { return try wide(try power(x, y), as: left.type) }
        let result: BigInteger
        do throws(BigIntegerError) {
            result = try Self.combine(operation, x, y)
        } catch {
            throw bigError(error)
        }
        return try wide(result, as: left.type)
    }

    private static func combine(_ operation: Int, _ x: BigInteger, _ y: BigInteger) throws(BigIntegerError)
        -> BigInteger
    {
        switch operation {
        case 0: x + y
        case 1: x - y
        case 2: x * y
        case 3: try x.dividedTruncating(by: y).quotient
        case 4: try x.dividedTruncating(by: y).remainder
        case 5: try x.dividedFlooring(by: y).quotient
        case 6: try x.dividedFlooring(by: y).remainder
        case 7: x & y
        case 8: x | y
        case 9: x ^ y
        case 10: BigInteger.greatestCommonDivisor(x, y)
        default: try x.squareRoot()
        }
    }

    private func power(_ x: BigInteger, _ y: BigInteger) throws(Unwind) -> BigInteger {
        let exponent = y.exactly(UInt64.self) ?? UInt64.max
        let size = UInt64(max(x.bitWidth, 1)).multipliedReportingOverflow(by: exponent)
        guard !size.overflow, size.partialValue < 1 << 26 else { throw stop(.memoryLimit) }
        try charge(Int(size.partialValue / 64) * Int(size.partialValue / 64) / 8)
        do throws(BigIntegerError) {
            return try x.power(exponent)
        } catch {
            throw bigError(error)
        }
    }

    func convertInteger(_ type: TypeID, _ value: Value, checked: Bool) throws(Unwind) -> Value {
        let name = types.declaration(type)?.name ?? "Int64"
        if value.isFloat || value.type == Core.float32 {
            let number =
                value.isFloat ? value.double : Double(Float(bitPattern: UInt32(truncatingIfNeeded: value.bits)))
            guard let whole = BigInteger(exactly: number) else { throw inexact(name, type, value) }
            return try convert(whole, to: type, name, value)
        }
        if type == Core.int64, value.isInt { return value }
        let isSmall =
            !value.isHeap && (Core.isSmallInteger(value.type) || value.isBool || value.tag == UInt64(Core.char))
        if isSmall, Core.isSmallInteger(type) {
            let cut = wrapped(value.bits, type)
            guard checked else { return cut }
            let fits =
                cut.bits == value.bits
                && !(Core.isSignedInteger(type) != Core.isSignedInteger(value.type) && cut.int < 0)
            guard fits else { throw inexact("trunc", type, value) }
            return cut
        }
        if type == Core.bool {
            guard value.bits < 2, isSmall else { throw inexact("Bool", type, value) }
            return Value(value.bits == 1)
        }
        let whole = try big(value)
        return checked ? try convert(whole, to: type, "trunc", value) : try wide(whole, as: type)
    }

    private func convert(_ whole: BigInteger, to type: TypeID, _ name: String, _ value: Value) throws(Unwind) -> Value {
        let result = try wide(whole, as: type)
        guard try big(result) == whole else { throw inexact(name, type, value) }
        return result
    }

    func shift(_ value: Value, _ count: Int) -> Value {
        let isSigned = Core.isSignedInteger(value.type)
        if count >= 0 { return wrapped(count >= 64 ? 0 : value.bits << UInt64(count), value.type) }
        if isSigned { return wrapped(UInt64(bitPattern: Int64(value.int >> min(-count, 63))), value.type) }
        return wrapped(-count >= 64 ? 0 : value.bits >> UInt64(-count), value.type)
    }

    /// Addition (0), subtraction (1) and multiplication (2) that throw `OverflowError`.
    func checked(_ operation: Int, _ x: Value, _ y: Value) throws(Unwind) -> Value {
        let (result, overflow) =
            operation == 0
            ? x.int.addingReportingOverflow(y.int)
            : operation == 1 ? x.int.subtractingReportingOverflow(y.int) : x.int.multipliedReportingOverflow(by: y.int)
        guard !overflow else {
            let sign = ["+", "-", "*"][min(max(operation, 0), 2)]
            throw raise("OverflowError", message: "\(x.int) \(sign) \(y.int) overflowed for type Int64")
        }
        return Value(result)
    }
}
