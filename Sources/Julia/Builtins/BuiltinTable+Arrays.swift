extension BuiltinTable {
    static let arrayFunctions: [Builtin] = [
        Builtin("__empty") { m, a, _ throws(Unwind) in
            Value(object: try m.newArray(m.typeArgument(a[0]), [0]).header)
        },
        Builtin("__array") { m, a, _ throws(Unwind) in
            var sizes: [Int] = []
            for size in m.tupleElements(a[1]) {
                guard try m.int(size) >= 0 else { throw m.argumentError("invalid Array dimensions") }
                sizes.append(size.int)
            }
            return Value(object: try m.newArray(m.typeArgument(a[0]), sizes).header)
        },
        Builtin("__alen") { m, a, _ throws(Unwind) in Value(try m.array(a[0]).count) },
        Builtin("__andims") { m, a, _ throws(Unwind) in Value(try m.array(a[0]).pointee.dimensions) },
        Builtin("__asize") { m, a, _ throws(Unwind) in
            let index = try m.int(a[1]) - 1
            guard index >= 0 else { throw m.errorException("arraysize: dimension out of range") }
            return Value(try m.array(a[0]).size(index))
        },
        Builtin("__asizes") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            return try m.newTuple((0..<array.pointee.dimensions).map { Value(array.size($0)) })
        },
        Builtin("__aeltype") { m, a, _ throws(Unwind) in
            Value(type: TypeID(truncatingIfNeeded: try m.array(a[0]).pointee.elementTag))
        },
        Builtin("__aget") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            let index = try m.int(a[1]) &- 1
            guard index >= 0, index < array.count else { throw m.boundsError(a[0], try m.newTuple([a[1]])) }
            let value = array.load(index)
            guard !value.isUndefined else { throw m.raise("UndefRefError", []) }
            return value
        },
        Builtin("__aset") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            let index = try m.int(a[2]) &- 1
            guard index >= 0, index < array.count else { throw m.boundsError(a[0], try m.newTuple([a[2]])) }
            try m.checkElement(array, a[1])
            array.store(index, a[1])
            return a[0]
        },
        Builtin("__adefined") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            let index = try m.int(a[1]) &- 1
            return Value(index >= 0 && index < array.count && !array.load(index).isUndefined)
        },
        Builtin("__acopy") { m, a, _ throws(Unwind) in
            let source = try m.array(a[0])
            let sizes = (0..<source.pointee.dimensions).map { source.size($0) }
            let result = try m.newArray(TypeID(truncatingIfNeeded: source.pointee.elementTag), sizes)
            m.move(source, 0, result, 0, source.count)
            return Value(object: result.header)
        },
        Builtin("__aslice") { m, a, _ throws(Unwind) in
            let source = try m.array(a[0])
            let (first, last) = (try m.int(a[1]), try m.int(a[2]))
            if last < first {
                return Value(object: try m.newArray(TypeID(truncatingIfNeeded: source.pointee.elementTag), [0]).header)
            }
            guard first >= 1, last <= source.count else { throw m.boundsError(a[0], try m.newTuple([a[3]])) }
            let result = try m.newArray(TypeID(truncatingIfNeeded: source.pointee.elementTag), [last - first + 1])
            m.move(source, first - 1, result, 0, last - first + 1)
            return Value(object: result.header)
        },
        Builtin("__areshape") { m, a, _ throws(Unwind) in
            let source = try m.array(a[0])
            let sizes = m.tupleElements(a[1]).map { $0.int }
            let result = try m.newArray(TypeID(truncatingIfNeeded: source.pointee.elementTag), sizes)
            guard result.count == source.count else {
                throw m.raise(
                    "DimensionMismatch", message: "new dimensions must be consistent with array size \(source.count)")
            }
            m.move(source, 0, result, 0, source.count)
            return Value(object: result.header)
        },
        Builtin("__acopyto") { m, a, _ throws(Unwind) in
            let (to, from) = (try m.array(a[0]), try m.array(a[2]))
            let (at, start, count) = (try m.int(a[1]) - 1, try m.int(a[3]) - 1, try m.int(a[4]))
            guard to.pointee.elementTag == from.pointee.elementTag else { return .false }
            guard count >= 0, at >= 0, start >= 0, at + count <= to.count, start + count <= from.count else {
                throw m.boundsError(a[0], Value(at + count))
            }
            try m.charge(count >> 2)
            m.move(from, start, to, at, count)
            return .true
        },
        Builtin("__afill") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            try m.checkElement(array, a[1])
            try m.charge(array.count >> 1)
            for index in 0..<array.count { array.store(index, a[1]) }
            return a[0]
        },
        Builtin("__collect") { m, a, _ throws(Unwind) in try m.collectElement(a) },
    ]

    static let arrayEdits: [Builtin] = [
        Builtin("__apush") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            try m.checkElement(array, a[1])
            try m.append(array, a[1])
            return a[0]
        },
        Builtin("__apop") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            guard array.count > 0 else { throw m.argumentError("array must be non-empty") }
            let value = array.load(array.count - 1)
            if array.pointee.header.element == .any { array.store(array.count - 1, .undefined) }
            array.pointee.header.count -= 1
            return value
        },
        Builtin("__apopfirst") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            guard array.count > 0 else { throw m.argumentError("array must be non-empty") }
            let value = array.load(0)
            if array.pointee.header.element == .any { array.store(0, .undefined) }
            array.pointee.offset += 1
            array.pointee.header.count -= 1
            return value
        },
        Builtin("__ainsert") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            let index = try m.int(a[1]) - 1
            guard index >= 0, index <= array.count else { throw m.boundsError(a[0], try m.newTuple([a[1]])) }
            try m.checkElement(array, a[2])
            if index == 0, array.pointee.offset > 0 {
                array.pointee.offset -= 1
                array.pointee.header.count += 1
                array.store(0, a[2])
                return a[0]
            }
            try m.charge((array.count - index) >> 2)
            try m.append(array, a[2])
            m.move(array, index, array, index + 1, array.count - 1 - index)
            array.store(index, a[2])
            return a[0]
        },
        Builtin("__adelete") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            let (first, count) = (try m.int(a[1]) - 1, try m.int(a[2]))
            guard first >= 0, count >= 0, first + count <= array.count else {
                throw m.boundsError(a[0], try m.newTuple([a[1]]))
            }
            try m.charge((array.count - first) >> 2)
            m.move(array, first + count, array, first, array.count - first - count)
            try m.resize(array, array.count - count)
            return a[0]
        },
        Builtin("__aresize") { m, a, _ throws(Unwind) in
            let count = try m.int(a[1])
            guard count >= 0 else { throw m.argumentError("new length must be ≥ 0") }
            try m.resize(try m.array(a[0]), count)
            return a[0]
        },
        Builtin("__aappend") { m, a, _ throws(Unwind) in
            let (array, other) = (try m.array(a[0]), try m.array(a[1]))
            guard array.pointee.elementTag == other.pointee.elementTag else { return .false }
            let (count, extra) = (array.count, other.count)
            try m.charge(extra >> 2)
            try m.resize(array, count + extra)
            m.move(other, 0, array, count, extra)
            return .true
        },
    ]
}

extension Machine {
    func checkElement(_ array: ArrayPointer, _ value: Value) throws(Unwind) {
        let wanted = TypeID(truncatingIfNeeded: array.pointee.elementTag)
        if wanted == Core.any || (!value.isType && value.type == wanted) || isInstance(value, of: wanted) { return }
        throw typeError("setindex!", expected: wanted, got: value)
    }

    func append(_ array: ArrayPointer, _ value: Value) throws(Unwind) {
        guard array.pointee.dimensions == 1 else { throw methodErrorText("push!") }
        try grow(array, to: array.count + 1)
        array.pointee.header.count += 1
        array.store(array.count - 1, value)
    }

    private func methodErrorText(_ name: String) -> Unwind { argumentError("\(name) needs a vector") }

    func resize(_ array: ArrayPointer, _ count: Int) throws(Unwind) {
        guard array.pointee.dimensions == 1 else { throw methodErrorText("resize!") }
        let old = array.count
        if count > old { try grow(array, to: count) }
        array.pointee.header.count = count
        let blank = array.pointee.header.element == .any ? Value.undefined : Value(tag: 0, bits: 0)
        if count > old { for index in old..<count { array.store(index, blank) } }
        guard array.pointee.header.element == .any, count < old else { return }
        let data = array.pointee.data.assumingMemoryBound(to: Value.self)
        for index in count..<old { data[array.pointee.offset + index] = .undefined }
    }

    /// Copies elements between arrays of one element type; the ranges may overlap.
    func move(_ from: ArrayPointer, _ start: Int, _ to: ArrayPointer, _ at: Int, _ count: Int) {
        guard count > 0 else { return }
        let stride = from.pointee.header.element.stride
        let source = from.pointee.data + (from.pointee.offset + start) * stride
        let target = to.pointee.data + (to.pointee.offset + at) * stride
        target.copyMemory(from: source, byteCount: count * stride)
    }

    /// Appends to the array of a comprehension; answers a wider array where the value does not fit.
    func collectElement(_ a: UnsafeMutablePointer<Value>) throws(Unwind) -> Value {
        let array = try self.array(a[0])
        let wanted = TypeID(truncatingIfNeeded: array.pointee.elementTag)
        if wanted == Core.any || (!a[1].isType && a[1].type == wanted)
            || (wanted != Core.bottom && isInstance(a[1], of: wanted))
        {
            try append(array, a[1])
            return a[0]
        }
        let own = typeOf(a[1])
        let element = wanted == Core.bottom ? own : promoteJoin(wanted, own)
        let wider = try newArray(element, [array.count])
        try charge(array.count)
        for index in 0..<array.count { wider.store(index, array.load(index)) }
        try append(wider, a[1])
        return Value(object: wider.header)
    }
}
