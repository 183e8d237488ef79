extension BuiltinTable {
    static let stringFunctions: [Builtin] = [
        Builtin("__ncodeunits") { m, a, _ throws(Unwind) in Value(try m.string(a[0]).pointee.count) },
        Builtin("__codeunit") { m, a, _ throws(Unwind) in
            let object = try m.string(a[0])
            let index = try m.int(a[1]) - 1
            guard index >= 0, index < object.pointee.count else { throw m.boundsError(a[0], try m.newTuple([a[1]])) }
            return Value(immediate: UInt64(object.bytes[index]), type: Core.uint8)
        },
        Builtin("__char_at") { m, a, _ throws(Unwind) in
            let bytes = try m.bytes(a[0])
            let index = try m.int(a[1]) - 1
            guard index >= 0, index < bytes.count else { throw m.boundsError(a[0], try m.newTuple([a[1]])) }
            guard Text.isStart(bytes, index) else { throw m.raise("StringIndexError", [a[0], a[1]]) }
            return Value(immediate: UInt64(Text.decode(bytes, index).scalar), type: Core.char)
        },
        Builtin("__nextind") { m, a, _ throws(Unwind) in
            // Index behind the character at an index that is in bounds.
            let bytes = try m.bytes(a[0])
            let index = try m.int(a[1]) - 1
            guard index >= 0, index < bytes.count else { return Value(index + 2) }
            return Value(
                index + Text.decode(bytes, Text.start(bytes, index)).length + 1 - (index - Text.start(bytes, index)))
        },
        Builtin("__thisind") { m, a, _ throws(Unwind) in
            let bytes = try m.bytes(a[0])
            let index = try m.int(a[1]) - 1
            guard index >= 0, index < bytes.count else { return a[1] }
            return Value(Text.start(bytes, index) + 1)
        },
        Builtin("__isvalidindex") { m, a, _ throws(Unwind) in
            let bytes = try m.bytes(a[0])
            let index = try m.int(a[1]) - 1
            return Value(index >= 0 && index < bytes.count && Text.isStart(bytes, index))
        },
        Builtin("__charcount") { m, a, _ throws(Unwind) in
            let bytes = try m.bytes(a[0])
            try m.charge(bytes.count >> 2)
            var (index, count) = (0, 0)
            while index < bytes.count {
                index += Text.decode(bytes, index).length
                count += 1
            }
            return Value(count)
        },
        Builtin("__bytes_slice") { m, a, _ throws(Unwind) in
            let bytes = try m.bytes(a[0])
            let (first, last) = (try m.int(a[1]) - 1, try m.int(a[2]))
            guard first >= 0, last <= bytes.count, first <= last else { return try m.newString("") }
            return try m.newString(bytes[first..<last])
        },
        Builtin("__substring") { m, a, _ throws(Unwind) in
            // Characters from the one at `first` to the one at `last`, as `s[first:last]`.
            let bytes = try m.bytes(a[0])
            let (first, last) = (try m.int(a[1]) - 1, try m.int(a[2]) - 1)
            if last < first { return try m.newString("") }
            guard first >= 0, last < bytes.count else { throw m.boundsError(a[0], a[3]) }
            guard Text.isStart(bytes, first) else { throw m.raise("StringIndexError", [a[0], a[1]]) }
            guard Text.isStart(bytes, last) else { throw m.raise("StringIndexError", [a[0], a[2]]) }
            return try m.newString(bytes[first..<(last + Text.decode(bytes, last).length)])
        },
        Builtin("__concat") { m, a, _ throws(Unwind) in
            let parts =
                a[0].isHeap && a[0].object.pointee.kind == .array ? try m.arrayElements(a[0]) : m.tupleElements(a[0])
            var count = 0
            for part in parts { count += try m.string(part).pointee.count }
            try m.charge(parts.count)
            let result = try m.newString(count)
            var place = 0
            for part in parts {
                let object = part.object
                result.bytes.advanced(by: place).update(from: object.bytes, count: object.pointee.count)
                place += object.pointee.count
            }
            return Value(object: result)
        },
        Builtin("__repeat") { m, a, _ throws(Unwind) in
            let count = try m.int(a[1])
            guard count >= 0 else { throw m.argumentError("can't repeat a string \(count) times") }
            let source = try m.string(a[0])
            let size = source.pointee.count
            let (total, overflow) = size.multipliedReportingOverflow(by: count)
            guard !overflow else { throw m.stop(.memoryLimit) }
            let result = try m.newString(total)
            for index in 0..<count where size > 0 {
                result.bytes.advanced(by: index * size).update(from: source.bytes, count: size)
            }
            return Value(object: result)
        },
        Builtin("__compare_strings") { m, a, _ throws(Unwind) in
            let order = try m.stringOrder(Value(object: try m.string(a[0])), Value(object: try m.string(a[1])))
            return Value(order.signum())
        },
        Builtin("__find") { m, a, _ throws(Unwind) in
            let (bytes, wanted) = (try m.bytes(a[0]), try m.bytes(a[1]))
            return Value(try m.find(bytes, wanted, from: try m.int(a[2]) - 1) + 1)
        },
        Builtin("__find_last") { m, a, _ throws(Unwind) in
            let (bytes, wanted) = (try m.bytes(a[0]), try m.bytes(a[1]))
            var index = min(try m.int(a[2]) - 1, bytes.count - wanted.count)
            try m.charge(bytes.count >> 1)
            while index >= 0 {
                if (0..<wanted.count).allSatisfy({ bytes[index + $0] == wanted[$0] }) { return Value(index + 1) }
                index -= 1
            }
            return Value(0)
        },
        Builtin("__symbol") { m, a, _ throws(Unwind) in
            try m.reserve(64)
            return m.symbols.value(try m.text(a[0]))
        },
        Builtin("__symbol_name") { m, a, _ throws(Unwind) in try m.newString(m.symbols.names[a[0].int]) },
        Builtin("__char_string") { m, a, _ throws(Unwind) in
            try m.newString(Text.encode(UInt32(truncatingIfNeeded: a[0].bits)))
        },
        Builtin("__bytes_string") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            let result = try m.newString(array.count)
            for index in 0..<array.count { result.bytes[index] = UInt8(truncatingIfNeeded: array.load(index).bits) }
            return Value(object: result)
        },
        Builtin("__string_bytes") { m, a, _ throws(Unwind) in
            let object = try m.string(a[0])
            let array = try m.newArray(Core.uint8, [object.pointee.count])
            array.pointee.data.copyMemory(from: object.bytes, byteCount: object.pointee.count)
            return Value(object: array.header)
        },
        Builtin("__buffer_write") { m, a, _ throws(Unwind) in
            let (array, object) = (try m.array(a[0]), try m.string(a[1]))
            let count = array.count
            try m.charge(object.pointee.count >> 2)
            try m.grow(array, to: count + object.pointee.count)
            array.pointee.header.count = count + object.pointee.count
            (array.pointee.data + array.pointee.offset + count).copyMemory(
                from: object.bytes, byteCount: object.pointee.count)
            return Value(object.pointee.count)
        },
    ]
}

/// UTF-8 as Julia reads it: an invalid byte is a character of its own.
enum Text {
    static func isStart(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool { start(bytes, index) == index }

    /// First byte of the character that covers a byte.
    static func start(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        var place = index
        while place > 0, index - place < 3, bytes[place] & 0xC0 == 0x80 { place -= 1 }
        return place + decode(bytes, place).length > index ? place : index
    }

    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (scalar: UInt32, length: Int) {
        let first = bytes[index]
        if first < 0x80 { return (UInt32(first), 1) }
        let length =
            first >= 0xF0 && first < 0xF8
            ? 4 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xC2 && first < 0xE0 ? 2 : 1
        guard length > 1, index + length <= bytes.count else { return (0x8000_0000 | UInt32(first) << 8, 1) }
        var scalar = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            guard bytes[index + offset] & 0xC0 == 0x80 else { return (0x8000_0000 | UInt32(first) << 8, 1) }
            scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F)
        }
        return (scalar, length)
    }

    static func encode(_ scalar: UInt32) -> [UInt8] {
        if scalar & 0x8000_0000 != 0 { return [UInt8(truncatingIfNeeded: scalar >> 8)] }
        if scalar < 0x80 { return [UInt8(scalar)] }
        func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: scalar >> shift & 0x3F | 0x80) }
        if scalar < 0x800 { return [UInt8(truncatingIfNeeded: scalar >> 6 | 0xC0), tail(0)] }
        if scalar < 0x10000 { return [UInt8(truncatingIfNeeded: scalar >> 12 | 0xE0), tail(6), tail(0)] }
        return [UInt8(truncatingIfNeeded: scalar >> 18 & 7 | 0xF0), tail(12), tail(6), tail(0)]
    }
}

extension Machine {
    func arrayElements(_ value: Value) throws(Unwind) -> [Value] {
        let array = try self.array(value)
        return (0..<array.count).map { array.load($0) }
    }

    /// Place of `wanted` at or behind `from`; −1 where there is none.
    func find(
        _ bytes: UnsafeBufferPointer<UInt8>, _ wanted: UnsafeBufferPointer<UInt8>, from: Int
    ) throws(Unwind) -> Int {
        guard from >= 0, wanted.count <= bytes.count else { return -1 }
        if wanted.isEmpty { return from <= bytes.count ? from : -1 }
        var index = from
        while index <= bytes.count - wanted.count {
            try charge(1)
            var matched = 0
            while matched < wanted.count, bytes[index + matched] == wanted[matched] { matched += 1 }
            if matched == wanted.count { return index }
            index += 1
        }
        return -1
    }
}
