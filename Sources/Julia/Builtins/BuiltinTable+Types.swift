extension BuiltinTable {
    static let typeFunctions: [Builtin] = [
        Builtin("__typeof") { m, a, _ throws(Unwind) in Value(type: m.typeOf(a[0])) },
        Builtin("__isa") { m, a, _ throws(Unwind) in
            let type = m.typeArgument(a[1])
            return Value(m.isInstance(a[0], of: type))
        },
        Builtin("__typeassert") { m, a, _ throws(Unwind) in
            let type = m.typeArgument(a[1])
            guard m.isInstance(a[0], of: type) else { throw m.typeError("typeassert", expected: type, got: a[0]) }
            return a[0]
        },
        Builtin("__apply") { m, a, count throws(Unwind) in try m.applyType(a[0], (1..<max(count, 1)).map { a[$0] }) },
        Builtin("__unionall") { m, a, _ throws(Unwind) in
            guard a[1].isType || a[1].tag == UInt64(Core.typeVariable) else { return a[1] }
            let body = m.typeArgument(a[1])
            guard m.types.freeVariables(body).contains(a[0].int) else { return Value(type: body) }
            return Value(type: m.types.intern(.unionAll(variable: a[0].int, body: body)))
        },
        Builtin("__typevar") { m, a, _ throws(Unwind) in
            let variable = m.types.makeVariable(
                m.symbols.names[a[0].int], lower: m.typeArgument(a[1]), upper: m.typeArgument(a[2]))
            try m.charge(20)
            return Value(immediate: UInt64(variable), type: Core.typeVariable)
        },
        Builtin("__vararg") { m, a, _ throws(Unwind) in
            let element = m.typeArgument(a[0])
            if case .vararg = m.types.term(element) { return Value(type: element) }
            return Value(type: m.types.intern(.vararg(element, count: nil)))
        },
        Builtin("__vararg_type") { m, a, count throws(Unwind) in
            Value(type: m.types.intern(.vararg(m.typeArgument(a[0]), count: count > 1 ? m.typeArgument(a[1]) : nil)))
        },
        Builtin("__selftype") { m, a, _ throws(Unwind) in
            a[0].isType ? Value(type: m.types.typeOfType(TypeID(a[0].bits))) : Value(type: a[0].type)
        },
        Builtin("__calleetype") { m, a, _ throws(Unwind) in
            let type = m.typeArgument(a[0])
            var body = type
            while case .unionAll(_, let inner) = m.types.term(body) { body = inner }
            if case .data(m.types.typeOfTypes, let parameters) = m.types.term(body), let first = parameters.first {
                return Value(type: m.types.declaration(first)?.wrapper ?? Core.any)
            }
            return Value(immediate: UInt64(body), type: Core.slotRange)
        },
        Builtin("__subtype") { m, a, _ throws(Unwind) in
            Value(m.types.isSubtype(m.typeArgument(a[0]), m.typeArgument(a[1])))
        },
        Builtin("__same_type") { m, a, _ throws(Unwind) in
            Value(m.types.isEqual(m.typeArgument(a[0]), m.typeArgument(a[1])))
        },
        Builtin("__typejoin") { m, a, _ throws(Unwind) in
            Value(type: m.types.typeJoin(try m.typeOperand(a[0]), try m.typeOperand(a[1])))
        },
        Builtin("__promote_typejoin") { m, a, _ throws(Unwind) in
            Value(type: m.promoteJoin(try m.typeOperand(a[0]), try m.typeOperand(a[1])))
        },
        Builtin("__supertype") { m, a, _ throws(Unwind) in
            Value(
                type: m.types.supertype(
                    m.types.declaration(try m.typeOperand(a[0]))?.wrapper == TypeID(a[0].bits)
                        ? m.types.declaration(TypeID(a[0].bits))?.instance ?? Core.any : TypeID(a[0].bits)))
        },
        Builtin("__fieldnames") { m, a, _ throws(Unwind) in
            let type = try m.typeOperand(a[0])
            if let name = m.types.declaration(type), name.kind == .tuple {
                return try m.newTuple((0..<m.types.fieldTypes(type).count).map { Value($0 + 1) })
            }
            return try m.newTuple(m.types.fieldNames(type).map { Value(immediate: UInt64($0), type: Core.symbol) })
        },
        Builtin("__fieldtype") { m, a, _ throws(Unwind) in
            let list = m.types.fieldTypes(try m.typeOperand(a[0]))
            let index = try m.int(a[1]) - 1
            guard index >= 0, index < list.count else { throw m.boundsError(a[0], a[1]) }
            return Value(type: list[index])
        },
        Builtin("__fieldcount") { m, a, _ throws(Unwind) in Value(m.types.fieldTypes(try m.typeOperand(a[0])).count) },
        Builtin("__nfields") { m, a, _ throws(Unwind) in
            Value(a[0].isHeap && a[0].object.pointee.kind == .fields ? a[0].object.pointee.count : 0)
        },
        Builtin("__typestring") { m, a, _ throws(Unwind) in
            try m.newString(m.types.text(m.typeArgument(a[0])))
        },
        Builtin("__typename") { m, a, _ throws(Unwind) in
            try m.newString(m.types.declaration(try m.typeOperand(a[0]))?.name ?? "Union")
        },
        Builtin("__parameter") { m, a, _ throws(Unwind) in
            var body = try m.typeOperand(a[0])
            while case .unionAll(_, let inner) = m.types.term(body) { body = inner }
            let list = m.types.parameters(body)
            let index = try m.int(a[1]) - 1
            guard index >= 0, index < list.count else { throw m.boundsError(a[0], a[1]) }
            if case .variable(let variable) = m.types.term(list[index]) {
                return Value(immediate: UInt64(variable), type: Core.typeVariable)
            }
            return m.staticValue(list[index])
        },
        Builtin("__parameter_count") { m, a, _ throws(Unwind) in
            var body = try m.typeOperand(a[0])
            while case .unionAll(_, let inner) = m.types.term(body) { body = inner }
            return Value(m.types.parameters(body).count)
        },
        Builtin("__wrapper") { m, a, _ throws(Unwind) in
            Value(type: m.types.declaration(try m.typeOperand(a[0]))?.wrapper ?? TypeID(a[0].bits))
        },
        Builtin("__union_members") { m, a, _ throws(Unwind) in
            guard case .union(let members) = m.types.term(try m.typeOperand(a[0])) else {
                return try m.newTuple([a[0]])
            }
            return try m.newTuple(members.map { Value(type: $0) })
        },
        Builtin("__isconcrete") { m, a, _ throws(Unwind) in Value(a[0].isType && m.types.isConcrete(TypeID(a[0].bits)))
        },
        Builtin("__isabstract") { m, a, _ throws(Unwind) in
            Value(a[0].isType && m.types.declaration(TypeID(a[0].bits))?.kind == .abstract)
        },
        Builtin("__ismutable") { m, a, _ throws(Unwind) in
            Value(a[0].isHeap && (a[0].object.isMutable || a[0].isString))
        },
        Builtin("__ismutabletype") { m, a, _ throws(Unwind) in
            Value(a[0].isType && m.types.declaration(TypeID(a[0].bits))?.isMutable == true)
        },
        Builtin("__isstruct") { m, a, _ throws(Unwind) in
            let kind = a[0].isType ? m.types.declaration(TypeID(a[0].bits))?.kind : nil
            return Value(kind == .structure || kind == .tuple)
        },
        Builtin("__isbitstype") { m, a, _ throws(Unwind) in Value(a[0].isType && m.isBits(TypeID(a[0].bits), 0)) },
        Builtin("__sizeof_type") { m, a, _ throws(Unwind) in
            let type = try m.typeOperand(a[0])
            let size = m.types.declaration(type)?.size ?? -1
            if size > 0 { return Value(size) }
            if type == Core.int128 || type == Core.uint128 { return Value(16) }
            return Value(m.types.fieldTypes(type).count * 8)
        },
    ]
}

extension Machine {
    func applyType(_ target: Value, _ arguments: [Value]) throws(Unwind) -> Value {
        guard target.isType else { throw typeError("Type{...} expression", expected: Core.unionAllType, got: target) }
        try charge(10 * arguments.count)
        let type = TypeID(target.bits)
        let parameters = arguments.map { typeArgument($0) }
        if type == Core.unionType { return Value(type: types.union(parameters)) }
        if type != types.anyTuple, arguments.count > types.openParameters(type) {
            if case .vararg = types.term(type) {
                return Value(
                    type: types.intern(.vararg(parameters[0], count: parameters.count > 1 ? parameters[1] : nil)))
            }
            throw errorException("too many parameters for type \(types.text(type))")
        }
        var current = type
        for parameter in parameters {
            guard case .unionAll(let variable, _) = types.term(current) else { break }
            let bound = types.variables[variable].upper
            if bound != Core.any, !types.hasFree(parameter), !types.hasFree(bound), !types.isSubtype(parameter, bound) {
                let name = types.declaration(type)?.name ?? ""
                throw raise(
                    "TypeError",
                    [
                        symbols.value(name), try newString(types.variables[variable].name), Value(type: bound),
                        staticValue(parameter),
                    ])
            }
            current = types.apply(current, [parameter])
        }
        return Value(type: type == types.anyTuple ? types.apply(type, parameters) : current)
    }

    func promoteJoin(_ first: TypeID, _ second: TypeID) -> TypeID {
        var missing: TypeID?
        if let slot = find("Missing", in: 0), globals[slot].isType { missing = TypeID(globals[slot].bits) }
        return types.promoteTypeJoin(first, second, missing: missing)
    }

    func isBits(_ type: TypeID, _ depth: Int) -> Bool {
        guard types.isConcrete(type), let name = types.declaration(type), depth < 20 else { return false }
        if name.kind == .primitive {
            return name.size > 0 && type != Core.symbol || type == Core.int128 || type == Core.uint128
        }
        return !name.isMutable && types.fieldTypes(type).allSatisfy { isBits($0, depth + 1) }
    }
}
