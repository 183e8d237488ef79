extension BuiltinTable {
    /// The elementary functions by the numbers that the prelude gives them.
    private static let elementary: [@Sendable (Double, Double) -> Double] = [
        { x, _ in Elementary.exp(x) }, { x, _ in Elementary.exp2(x) }, { x, _ in Elementary.exp10(x) },
        { x, _ in Elementary.expm1(x) }, { x, _ in Elementary.log(x) }, { x, _ in Elementary.log2(x) },
        { x, _ in Elementary.log10(x) }, { x, _ in Elementary.log1p(x) }, { x, _ in Elementary.sin(x) },
        { x, _ in Elementary.cos(x) }, { x, _ in Elementary.tan(x) }, { x, _ in Elementary.sinpi(x) },
        { x, _ in Elementary.cospi(x) }, { x, _ in Elementary.asin(x) }, { x, _ in Elementary.acos(x) },
        { x, _ in Elementary.atan(x) }, { x, _ in Elementary.sinh(x) }, { x, _ in Elementary.cosh(x) },
        { x, _ in Elementary.tanh(x) }, { x, _ in Elementary.asinh(x) }, { x, _ in Elementary.acosh(x) },
        { x, _ in Elementary.atanh(x) }, { x, _ in Elementary.cbrt(x) }, { y, x in Elementary.atan(y, x) },
        { x, y in Elementary.hypot(x, y) }, { x, y in Elementary.pow(x, y) },
    ]

    static let floatFunctions: [Builtin] = [
        Builtin("__elementary") { m, a, _ throws(Unwind) in
            let index = try m.int(a[0])
            guard elementary.indices.contains(index) else { throw m.unsupported("elementary function \(index)") }
            try m.charge(100)
            return Value(elementary[index](try m.double(a[1]), try m.double(a[2])))
        },
        Builtin("__float") { m, a, _ throws(Unwind) in Value(try m.double(a[0])) },
        Builtin("__float32") { m, a, _ throws(Unwind) in m.single(Float(try m.double(a[0]))) },
        Builtin("__float16") { m, a, _ throws(Unwind) in
            Value(immediate: UInt64(Float16(try m.double(a[0])).bitPattern), type: Core.float16)
        },
        Builtin("__sqrt") { m, a, _ throws(Unwind) in Value(try m.double(a[0]).squareRoot()) },
        Builtin("__round") { m, a, _ throws(Unwind) in
            let value = try m.double(a[0])
            switch a[1].int {
            case 0: return Value(value.rounded(.toNearestOrEven))
            case 1: return Value(value.rounded(.down))
            case 2: return Value(value.rounded(.up))
            case 3: return Value(value.rounded(.towardZero))
            default: return Value(value.rounded(.toNearestOrAwayFromZero))
            }
        },
        Builtin("__float_op") { m, a, _ throws(Unwind) in
            let (x, y) = (a[1].double, a[2].double)
            switch a[0].int {
            case 0: return Value(x.truncatingRemainder(dividingBy: y))
            case 1:
                let rest = x.truncatingRemainder(dividingBy: y)
                if rest == 0 { return Value(y.sign == .minus ? -0.0 : 0.0) }
                return Value((rest < 0) != (y < 0) ? rest + y : rest)
            case 2: return Value(x.addingProduct(y, a[3].double))
            default: return Value(x.nextUp)
            }
        },
        Builtin("__single_op") { m, a, _ throws(Unwind) in
            let x = Float(bitPattern: UInt32(truncatingIfNeeded: a[1].bits))
            let y = Float(bitPattern: UInt32(truncatingIfNeeded: a[2].bits))
            switch a[0].int {
            case 0: return m.single(x + y)
            case 1: return m.single(x - y)
            case 2: return m.single(x * y)
            default: return m.single(x / y)
            }
        },
        Builtin("__float_bits") { m, a, _ throws(Unwind) in
            Value(immediate: a[0].double.isNaN ? 0x7FF8_0000_0000_0000 : a[0].bits, type: Core.uint64)
        },
        Builtin("__bits_float") { m, a, _ throws(Unwind) in Value(Double(bitPattern: a[0].bits)) },
        Builtin("__scale") { m, a, _ throws(Unwind) in
            Value(Double(sign: .plus, exponent: max(-2100, min(2100, try m.int(a[1]))), significand: a[0].double))
        },
        Builtin("__exponent") { m, a, _ throws(Unwind) in
            Value(a[0].double.isFinite && a[0].double != 0 ? Int(a[0].double.exponent) : 0)
        },
        Builtin("__nextfloat") { m, a, _ throws(Unwind) in
            Value(a[1].int > 0 ? a[0].double.nextUp : a[0].double.nextDown)
        },
    ]

    static let hashFunctions: [Builtin] = [
        Builtin("__hash_int") { m, a, _ throws(Unwind) in
            Value(immediate: Hashing.integer(a[0].bits), type: Core.uint64)
        },
        Builtin("__hash_basic") { m, a, _ throws(Unwind) in
            guard let hash = try m.basicHash(a[0], a[1].bits) else { return .nothing }
            return Value(immediate: hash, type: Core.uint64)
        },
        Builtin("__dict_find") { m, a, _ throws(Unwind) in try m.findKey(a) },
    ]
}

/// Julia 1.10's hash functions for numbers and strings, so that dictionaries iterate in the same order.
enum Hashing {
    static func integer(_ value: UInt64) -> UInt64 {
        var a = value
        a = ~a &+ a << 21
        a = a ^ a >> 24
        a = a &+ a << 3 &+ a << 8
        a = a ^ a >> 14
        a = a &+ a << 2 &+ a << 4
        a = a ^ a >> 28
        return a &+ a << 31
    }

    private static func rotate(_ x: UInt64, _ by: UInt64) -> UInt64 { x << by | x >> (64 - by) }

    private static func mix(_ value: UInt64) -> UInt64 {
        var k = value
        k ^= k >> 33
        k = k &* 0xff51_afd7_ed55_8ccd
        k ^= k >> 33
        k = k &* 0xc4ce_b9fe_1a85_ec53
        return k ^ k >> 33
    }

    /// MurmurHash3 x64 128, second half.
    static func murmur(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt32) -> UInt64 {
        let c1: UInt64 = 0x87c3_7b91_1142_53d5
        let c2: UInt64 = 0x4cf5_ad43_2745_937f
        var h1 = UInt64(seed)
        var h2 = UInt64(seed)
        let blocks = bytes.count / 16
        func word(_ at: Int, _ count: Int) -> UInt64 {
            (0..<count).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
        }
        for block in 0..<blocks {
            h1 ^= rotate(word(16 * block, 8) &* c1, 31) &* c2
            h1 = (rotate(h1, 27) &+ h2) &* 5 &+ 0x52dc_e729
            h2 ^= rotate(word(16 * block + 8, 8) &* c2, 33) &* c1
            h2 = (rotate(h2, 31) &+ h1) &* 5 &+ 0x3849_5ab5
        }
        let tail = bytes.count - 16 * blocks
        if tail > 8 { h2 ^= rotate(word(16 * blocks + 8, tail - 8) &* c2, 33) &* c1 }
        if tail > 0 { h1 ^= rotate(word(16 * blocks, min(tail, 8)) &* c1, 31) &* c2 }
        h1 ^= UInt64(bytes.count)
        h2 ^= UInt64(bytes.count)
        h1 = h1 &+ h2
        h2 = h2 &+ h1
        h1 = mix(h1)
        h2 = mix(h2)
        h1 = h1 &+ h2
        return h2 &+ h1
    }
}

extension Machine {
    func single(_ value: Float) -> Value { Value(immediate: UInt64(value.bitPattern), type: Core.float32) }

    func double(_ value: Value) throws(Unwind) -> Double {
        if value.isFloat { return value.double }
        switch value.type {
        case Core.float32: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: value.bits)))
        case Core.float16: return Double(Float16(bitPattern: UInt16(truncatingIfNeeded: value.bits)))
        case Core.bool: return Double(value.bits)
        default:
            if value.isHeap { return try big(value).double }
            return Core.isSignedInteger(value.type) ? Double(value.int) : Double(value.bits)
        }
    }

    /// `hash(x, h)` of values whose hash no program can change; nil for others.
    func basicHash(_ value: Value, _ h: UInt64) throws(Unwind) -> UInt64? {
        if value.isInt || Core.isSmallInteger(value.type) && !value.isHeap || value.isBool {
            return Hashing.integer(value.bits) &- 3 &* h
        }
        if value.isFloat {
            let number = value.double
            if let whole = Int(exactly: number) { return Hashing.integer(UInt64(bitPattern: Int64(whole))) &- 3 &* h }
            if number.isNaN { return 0x7ff8_0000_0000_0000 ^ h }
            return Hashing.integer(value.bits) &- 3 &* h
        }
        if value.isString {
            try charge(value.object.pointee.count >> 2)
            let seeded = h &+ 0x71e7_29fd_5641_9c81
            return Hashing.murmur(try bytes(value), seed: UInt32(truncatingIfNeeded: seeded)) &+ seeded
        }
        if value.isSymbol {
            let name = Array(symbols.names[value.int].utf8)
            let hash = name.withUnsafeBufferPointer { Hashing.murmur($0, seed: 0xcafe_8881) }
            let identity = hash ^ (UInt64.max / 3 &* 2)
            return Hashing.integer(3 &* h &- identity)
        }
        if value.tag == UInt64(Core.char) {
            let left = Text.encode(UInt32(truncatingIfNeeded: value.bits)).enumerated().reduce(UInt64(0)) {
                $0 | UInt64($1.element) << UInt64(24 - 8 * $1.offset)
            }
            return Hashing.integer(((left &+ 0xd4d6_4234) << 32) ^ h)
        }
        return nil
    }

    /// Slot of a key in a dictionary (slots, keys, key, probe limit): place, or −(free place); `nothing` where Julia's
    /// own methods must decide equality.
    func findKey(_ a: UnsafeMutablePointer<Value>) throws(Unwind) -> Value {
        let (slots, keys) = (try array(a[0]), try array(a[1]))
        let key = a[2]
        guard let hash = try basicHash(key, 0), keys.count == slots.count, slots.pointee.header.element == .unsigned8
        else { return .nothing }
        let size = slots.count
        let isExact = keys.pointee.elementTag == UInt64(key.type) || key.isString || key.isSymbol
        guard size > 0, size & (size - 1) == 0, isExact else { return .nothing }
        let wanted = UInt8(truncatingIfNeeded: hash >> 57) | 0x80
        var index = Int(truncatingIfNeeded: hash) & (size - 1)
        var free = 0
        for _ in 0...max(a[3].int, 0) {
            let slot = slots.pointee.data.assumingMemoryBound(to: UInt8.self)[slots.pointee.offset + index]
            if slot == 0 { return Value(free < 0 ? free : -(index + 1)) }
            if slot == 0x7f {
                if free == 0 { free = -(index + 1) }
            } else if slot == wanted {
                let other = keys.load(index)
                if other.tag == key.tag, try isSameKey(other, key) { return Value(index + 1) }
                if other.tag != key.tag { return .nothing }
            }
            index = (index + 1) & (size - 1)
            try charge(1)
        }
        return Value(free < 0 ? free : 0)
    }

    private func isSameKey(_ x: Value, _ y: Value) throws(Unwind) -> Bool {
        if x.isString { return try stringOrder(x, y) == 0 }
        return x.bits == y.bits
    }
}
