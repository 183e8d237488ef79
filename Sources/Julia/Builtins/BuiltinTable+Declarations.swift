extension BuiltinTable {
    static let declarationFunctions: [Builtin] = [
        Builtin("__generic") { m, a, _ throws(Unwind) in m.makeGeneric(try m.int(a[0])) },
        Builtin("__setconst") { m, a, _ throws(Unwind) in
            let slot = try m.int(a[0])
            if m.globalNames[slot].isConstant, !m.globals[slot].isUndefined, try !m.isEgal(m.globals[slot], a[1], 0) {
                let entry = m.globalNames[slot]
                throw m.errorException("invalid redefinition of constant \(m.modules[entry.module].name).\(entry.name)")
            }
            m.globals[slot] = a[1]
            m.globalNames[slot].isConstant = true
            return a[1]
        },
        Builtin("__abstract") { m, a, _ throws(Unwind) in
            let name = try m.declareType(a, kind: .abstract)
            name.supertype = m.typeArgument(a[3])
            return .nothing
        },
        Builtin("__struct") { m, a, _ throws(Unwind) in
            let name = try m.declareType(a, kind: .structure)
            name.supertype = m.typeArgument(a[3])
            name.fieldNames = m.tupleElements(a[4]).map { $0.int }
            name.isMutable = a[5].bits == 1
            if let parent = m.types.declaration(name.supertype), parent.kind != .abstract {
                throw m.errorException(
                    "invalid subtyping in definition of \(name.name): can only subtype abstract types.")
            }
            return .nothing
        },
        Builtin("__fields") { m, a, _ throws(Unwind) in
            let slot = try m.int(a[0])
            guard let name = m.types.declaration(TypeID(m.globals[slot].bits)) else { return .nothing }
            name.fieldTypes = m.tupleElements(a[1]).map { m.typeArgument($0) }
            return .nothing
        },
        Builtin("__enum") { m, a, _ throws(Unwind) in
            guard a[0].isSymbol, m.tupleElements(a[1]).allSatisfy({ $0.isSymbol }) else {
                throw m.argumentError("invalid enum")
            }
            let name = m.types.declare(m.symbols.names[a[0].int], kind: .primitive)
            name.size = 4
            if let slot = m.find("Enum", in: 0), m.globals[slot].isType {
                name.supertype = TypeID(m.globals[slot].bits)
            }
            m.types.finish(name)
            m.enumerations[name.instance] = zip(m.tupleElements(a[1]), m.tupleElements(a[2])).map { ($0.int, $1.int) }
            return Value(type: name.instance)
        },
        Builtin("__enum_value") { m, a, _ throws(Unwind) in
            let type = try m.typeOperand(a[0])
            guard let members = m.enumerations[type], members.indices.contains(try m.int(a[1]) &- 1) else {
                throw m.argumentError("not an enum member")
            }
            return Value(immediate: UInt64(UInt32(truncatingIfNeeded: members[try m.int(a[1]) - 1].value)), type: type)
        },
        Builtin("__enum_of") { m, a, _ throws(Unwind) in
            let type = try m.typeOperand(a[0])
            let number = try m.int(a[1])
            guard let members = m.enumerations[type], members.contains(where: { $0.value == number }) else {
                return .nothing
            }
            return Value(immediate: UInt64(UInt32(truncatingIfNeeded: number)), type: type)
        },
        Builtin("__enum_name") { m, a, _ throws(Unwind) in
            let members = m.enumerations[a[0].type] ?? []
            guard let member = members.first(where: { UInt64(UInt32(truncatingIfNeeded: $0.value)) == a[0].bits })
            else { return m.symbols.value("?") }
            return Value(immediate: UInt64(member.name), type: Core.symbol)
        },
        Builtin("__enum_int") { m, a, _ throws(Unwind) in Value(Int(Int32(truncatingIfNeeded: a[0].bits))) },
        Builtin("__enum_members") { m, a, _ throws(Unwind) in
            let type = try m.typeOperand(a[0])
            return try m.newTuple(
                (m.enumerations[type] ?? []).map {
                    Value(immediate: UInt64(UInt32(truncatingIfNeeded: $0.value)), type: type)
                })
        },
    ]
}

extension Machine {
    /// Makes a type declaration and binds it; `a` is slot, name and variables.
    func declareType(_ a: UnsafeMutablePointer<Value>, kind: TypeName.Kind) throws(Unwind) -> TypeName {
        let slot = try int(a[0])
        try reserve(1024)
        if globalNames[slot].isConstant, !globals[slot].isUndefined {
            throw errorException(
                "invalid redefinition of constant \(modules[globalNames[slot].module].name).\(globalNames[slot].name)")
        }
        let name = types.declare(symbols.names[a[1].int], kind: kind)
        name.module = globalNames[slot].module
        name.parameters = tupleElements(a[2]).map { $0.int }
        types.finish(name)
        globals[slot] = Value(type: name.wrapper)
        globalNames[slot].isConstant = true
        return name
    }
}
