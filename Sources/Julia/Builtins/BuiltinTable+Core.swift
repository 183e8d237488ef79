extension BuiltinTable {
    static let coreFunctions: [Builtin] = [
        Builtin("__throw") { m, a, _ throws(Unwind) in throw m.raise(a[0]) },
        Builtin("__rethrow") { m, a, _ throws(Unwind) in throw m.raise(m.caught) },
        Builtin("__===") { m, a, _ throws(Unwind) in Value(try m.isEgal(a[0], a[1], 0)) },
        Builtin("__!==") { m, a, _ throws(Unwind) in Value(!(try m.isEgal(a[0], a[1], 0))) },
        Builtin("__tuple_get") { m, a, _ throws(Unwind) in
            let index = try m.int(a[1]) - 1
            guard a[0].isHeap, a[0].object.pointee.kind == .fields, index >= 0, index < a[0].object.pointee.count else {
                throw m.boundsError(a[0], a[1])
            }
            return a[0].object.fields[index]
        },
        Builtin("__tuple_slice") { m, a, _ throws(Unwind) in
            let list = m.tupleElements(a[0])
            let (first, last) = (try m.int(a[1]), try m.int(a[2]))
            try m.charge(list.count)
            guard first >= 1, last <= list.count, first <= last else {
                return Value(immediate: 0, type: m.types.emptyTuple)
            }
            return try m.newTuple(Array(list[(first - 1)..<last]))
        },
        Builtin("__tuple_of_array") { m, a, _ throws(Unwind) in
            let array = try m.array(a[0])
            try m.charge(array.count)
            return try m.newTuple((0..<array.count).map { array.load($0) })
        },
        Builtin("__istuple") { m, a, _ throws(Unwind) in
            Value(
                a[0].tag == UInt64(m.types.emptyTuple)
                    || (a[0].isHeap && a[0].object.pointee.flags & ObjectHeader.tupleFlag != 0))
        },
        Builtin("__namedtuple") { m, a, _ throws(Unwind) in
            try m.namedTuple(m.tupleElements(a[0]), m.tupleElements(a[1]))
        },
        Builtin("__nt_names") { m, a, _ throws(Unwind) in
            try m.newTuple(m.types.fieldNames(a[0].type).map { Value(immediate: UInt64($0), type: Core.symbol) })
        },
        Builtin("__nt_values") { m, a, _ throws(Unwind) in try m.newTuple(m.tupleElements(a[0])) },
        Builtin("__kwhas") { m, a, _ throws(Unwind) in
            Value(a[1].isSymbol && m.types.fieldNames(a[0].type).contains(a[1].int))
        },
        Builtin("__kwget") { m, a, _ throws(Unwind) in
            guard a[0].isHeap, a[0].object.pointee.kind == .fields, a[1].isSymbol else {
                throw m.argumentError("no keywords")
            }
            return a[0].object.fields[try m.fieldIndex(a[0], a[1].int)]
        },
        Builtin("__kwcheck") { m, a, count throws(Unwind) in
            let known = (2..<max(count, 2)).map { a[$0].int }
            if m.types.fieldNames(a[0].type).contains(where: { !known.contains($0) }) {
                throw m.raise("MethodError", [a[1], try m.newTuple([]), a[0]])
            }
            return .nothing
        },
        Builtin("__getfield") { m, a, _ throws(Unwind) in
            let index = a[1].isSymbol ? try m.fieldIndex(a[0], a[1].int) : try m.int(a[1]) - 1
            guard a[0].isHeap, a[0].object.pointee.kind == .fields, index >= 0, index < a[0].object.pointee.count else {
                throw m.boundsError(a[0], a[1])
            }
            let value = a[0].object.fields[index]
            guard !value.isUndefined else { throw m.raise("UndefRefError", []) }
            return value
        },
        Builtin("__setfield") { m, a, _ throws(Unwind) in
            let index = a[1].isSymbol ? try m.fieldIndex(a[0], a[1].int) : try m.int(a[1]) - 1
            guard a[0].isHeap, a[0].object.isMutable, a[0].object.pointee.kind == .fields, index >= 0,
                index < a[0].object.pointee.count
            else {
                throw m.errorException(
                    "setfield!: immutable struct of type \(m.types.text(a[0].type)) cannot be changed")
            }
            let type = m.types.fieldTypes(a[0].type)[index]
            guard m.isInstance(a[2], of: type) else { throw m.typeError("setfield!", expected: type, got: a[2]) }
            a[0].object.fields[index] = a[2]
            return a[2]
        },
        Builtin("__hasfield") { m, a, _ throws(Unwind) in
            Value(m.types.fieldNames(a[0].isType ? m.typeOf(a[0]) : a[0].type).contains(a[1].int))
        },
        Builtin("__field_defined") { m, a, _ throws(Unwind) in
            let index = a[1].isSymbol ? try m.fieldIndex(a[0], a[1].int) : try m.int(a[1]) - 1
            return Value(
                a[0].isHeap && index >= 0 && index < a[0].object.pointee.count && !a[0].object.fields[index].isUndefined
            )
        },
        Builtin("__new_tuple_args") { m, a, _ throws(Unwind) in
            let values = m.tupleElements(a[1])
            let buffer = UnsafeMutablePointer<Value>.allocate(capacity: values.count + 1)
            defer { buffer.deallocate() }
            buffer.initialize(to: a[0])
            for (index, value) in values.enumerated() { (buffer + index + 1).initialize(to: value) }
            guard let made = try m.instance(buffer, values.count) else {
                throw m.typeError("new", expected: TypeID(a[0].bits), got: values.first ?? .nothing)
            }
            return made
        },
        Builtin("__function_name") { m, a, _ throws(Unwind) in
            try m.newString(m.types.declaration(a[0].type)?.name ?? "?")
        },
        Builtin("__method_count") { m, a, _ throws(Unwind) in Value(m.callTable(a[0])?.methods.count ?? 0) },
        Builtin("__applicable") { m, a, count throws(Unwind) in
            do throws(Unwind) {
                _ = try m.lookup(a, count - 1)
                return .true
            } catch {
                if m.trap != nil { throw error }
                return .false
            }
        },
        Builtin("__global_defined") { m, a, _ throws(Unwind) in
            guard let slot = m.find(m.symbols.names[a[0].int], in: 1) else { return .false }
            return Value(!m.globals[slot].isUndefined)
        },
        Builtin("__modulename") { m, a, _ throws(Unwind) in try m.newString(m.modules[a[0].int].name) },
        Builtin("__objectid") { m, a, _ throws(Unwind) in
            Value(immediate: a[0].isHeap ? a[0].object.pointee.serial : a[0].bits &+ a[0].tag &* 31, type: Core.uint64)
        },
        Builtin("__output") { m, a, _ throws(Unwind) in
            let bytes = try m.bytes(a[0])
            try m.charge(bytes.count)
            guard m.output.count + bytes.count <= m.limits.outputBytes else { throw m.stop(.outputLimit) }
            m.output.append(contentsOf: bytes)
            return .nothing
        },
        Builtin("__unsupported") { m, a, _ throws(Unwind) in throw m.unsupported(try m.text(a[0])) },
    ]
}

extension Machine {
    func namedTuple(_ names: [Value], _ values: [Value]) throws(Unwind) -> Value {
        var seen: Set<Int> = []
        for name in names where !seen.insert(name.int).inserted {
            throw errorException("duplicate field name in NamedTuple: \"\(symbols.names[name.int])\" is not unique")
        }
        let shape = types.intern(.symbols(names.map { $0.int }))
        let contents = types.tupleType(values.map { typeOf($0) })
        let type = types.intern(.data(name: types.namedTuple, parameters: [shape, contents]))
        if values.isEmpty { return Value(immediate: 0, type: type) }
        let object = try newFields(type, values.count)
        for (index, value) in values.enumerated() { object.fields[index] = value }
        return Value(object: object)
    }

    /// `===`.
    func isEgal(_ x: Value, _ y: Value, _ depth: Int) throws(Unwind) -> Bool {
        if x.tag == y.tag && x.bits == y.bits { return true }
        if x.isType && y.isType {
            let (left, right) = (TypeID(x.bits), TypeID(y.bits))
            guard case .unionAll = types.term(left), case .unionAll = types.term(right) else { return false }
            return types.isEqual(left, right)
        }
        guard x.tag == y.tag, x.isHeap else { return false }
        let (left, right) = (x.object, y.object)
        if left.isMutable || right.isMutable || left.pointee.count != right.pointee.count { return false }
        guard depth < 100 else { throw stop(.depth) }
        switch left.pointee.kind {
        case .bytes: return try stringOrder(x, y) == 0
        case .wide, .bigInteger:
            return (0..<left.pointee.count).allSatisfy { left.words[$0] == right.words[$0] }
                && left.pointee.flags == right.pointee.flags
        case .array: return false
        case .fields:
            try charge(left.pointee.count)
            for index in 0..<left.pointee.count where try !isEgal(left.fields[index], right.fields[index], depth + 1) {
                return false
            }
            return true
        }
    }
}
