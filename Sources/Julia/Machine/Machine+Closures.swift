/// A closure expression at run time: its type and, by method, its templates.
struct ClosureRecord {
    var type: TypeID
    var templates: [Int]
    var isReady: Bool
}

extension Machine {
    /// Makes the type of a closure; methods whose arguments have no types are defined at once.
    func add(closure: ClosureIR) -> Int {
        if closure.typeIndex >= 0 { return closure.typeIndex }
        let name = types.declare(closure.name, kind: .function)
        name.supertype = Core.function
        name.methods = MethodTable(name: closure.name)
        types.finish(name)
        let indices = closure.methods.map { method in
            add(
                FunctionTemplate(
                    name: method.function.name, argumentCount: method.function.parameters.count,
                    isVararg: method.function.isVararg, state: .lowered(method.function),
                    location: method.function.location, file: currentFile))
        }
        let needsSetup = closure.methods.contains { $0.signature != nil }
        closures.append(ClosureRecord(type: name.instance, templates: indices, isReady: !needsSetup))
        closure.typeIndex = closures.count - 1
        if !needsSetup { defineUntyped(closure, name, indices) }
        return closure.typeIndex
    }

    private func defineUntyped(_ closure: ClosureIR, _ name: TypeName, _ indices: [Int]) {
        for (method, template) in zip(closure.methods, indices) {
            var elements = Array(repeating: Core.any, count: method.function.parameters.count)
            if method.function.isVararg { elements[elements.count - 1] = types.intern(.vararg(Core.any, count: nil)) }
            methodOrder += 1
            let made = Method(
                signature: types.tupleType(elements), variables: [], argumentCount: elements.count,
                isVararg: method.function.isVararg, template: template, order: methodOrder)
            var table = name.methods
            if method.isKeyword {
                if table?.keyword == nil { table?.keyword = MethodTable(name: name.name) }
                table = table?.keyword
            }
            table?.add(made, types: types)
        }
    }

    func closureType(_ index: Int) -> Value { Value(immediate: UInt64(closures[index].type), type: Core.slotRange) }

    func closureTemplate(_ index: Int, _ method: Int) -> Int { closures[index].templates[method] }

    /// The signature of a method without types, as code would make it.
    func untypedSignature(_ function: FunctionIR) -> IR {
        var elements = Array(repeating: IR.constant(Value(type: Core.any)), count: function.parameters.count)
        if function.isVararg {
            elements[elements.count - 1] = .builtin(builtin("__vararg"), [.constant(Value(type: Core.any))])
        }
        return .tuple([.tuple(elements), .tuple([])])
    }

    func makeClosure(
        _ index: Int, _ captured: UnsafeMutablePointer<Value>, _ count: Int
    ) throws(Unwind) -> Value {
        closures[index].isReady = true
        let type = closures[index].type
        if count == 0 { return Value(immediate: 0, type: type) }
        let object = try newFields(type, count)
        for place in 0..<count { object.fields[place] = captured[place] }
        return Value(object: object)
    }

    /// A new generic function bound to a global.
    func makeGeneric(_ slot: Int) -> Value {
        if !globals[slot].isUndefined { return globals[slot] }
        let name = types.declare(globalNames[slot].name, kind: .function)
        name.module = globalNames[slot].module
        name.supertype = Core.function
        name.methods = MethodTable(name: name.name)
        types.finish(name)
        globals[slot] = Value(immediate: 0, type: name.instance)
        globalNames[slot].isConstant = true
        return globals[slot]
    }

    /// The lowered form of a literal.
    func literal(_ literal: Literal) -> Value {
        switch literal {
        case .bool(let value): return Value(value)
        case .int64(let value): return Value(Int(value))
        case .uint8(let value): return Value(immediate: UInt64(value), type: Core.uint8)
        case .uint16(let value): return Value(immediate: UInt64(value), type: Core.uint16)
        case .uint32(let value): return Value(immediate: UInt64(value), type: Core.uint32)
        case .uint64(let value): return Value(immediate: value, type: Core.uint64)
        case .float32(let value): return Value(immediate: UInt64(value.bitPattern), type: Core.float32)
        case .float64(let value): return Value(value)
        case .char(let value): return Value(immediate: UInt64(value), type: Core.char)
        case .string(let bytes): return permanent(bytes)
        case .nothing: return .nothing
        case .int128(let value): return permanentWide(Core.int128, UInt128(bitPattern: value))
        case .uint128(let value): return permanentWide(Core.uint128, value)
        case .bigInt(let digits): return permanentBig(BigInteger(digits, radix: 10) ?? BigInteger(0))
        }
    }

    private func permanentWide(_ type: TypeID, _ value: UInt128) -> Value {
        let object = Heap.allocate(type: type, kind: .wide, count: 2, body: 16)
        object.words[0] = UInt64(truncatingIfNeeded: value)
        object.words[1] = UInt64(truncatingIfNeeded: value >> 64)
        object.pointee.mark = 2
        heap.add(object)
        return Value(object: object)
    }
}
