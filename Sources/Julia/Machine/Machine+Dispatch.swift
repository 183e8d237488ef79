/// Finding the method for a call.
extension Machine {
    /// The type that dispatch sees: `Type{T}` for types.
    func dispatchType(_ value: Value) -> TypeID {
        value.isType ? types.typeOfType(TypeID(value.bits)) : value.type
    }

    /// What `typeof` answers.
    func typeOf(_ value: Value) -> TypeID {
        guard value.isType else { return value.type }
        switch types.term(TypeID(value.bits)) {
        case .unionAll: return Core.unionAllType
        case .union: return Core.unionType
        default: return Core.dataType
        }
    }

    func isInstance(_ value: Value, of type: TypeID) -> Bool {
        if type == Core.any { return true }
        if value.isType {
            let kind = typeOf(value)
            return types.isSubtype(kind, type) || types.isSubtype(dispatchType(value), type)
        }
        return value.type == type || types.isSubtype(value.type, type)
    }

    /// The invocation for the callee and `count` arguments behind it.
    func lookup(_ base: UnsafeMutablePointer<Value>, _ count: Int, keyword: Bool = false) throws(Unwind)
        -> UnsafeMutablePointer<Invocation>
    {
        let callee = base[0]
        guard let table = callTable(callee) else {
            throw raise("MethodError", [callee, try newTuple((0..<count).map { base[$0 + 1] })])
        }
        let owner = keyword ? keywordTable(of: table) : table
        if owner.epoch != hot.pointee.epoch {
            owner.cache.removeAll(keepingCapacity: true)
            owner.epoch = hot.pointee.epoch
        }
        var key: [UInt64] = []
        key.reserveCapacity(count + 1)
        for index in 0...count { key.append(base[index].tag) }
        if let known = owner.cache[key] { return known }
        try charge(60 + 20 * count)
        let candidates = candidates(callee, owner, keyword: keyword)
        let invocation = try choose(candidates, base, count)
        owner.cache[key] = invocation
        return invocation
    }

    private func keywordTable(of table: MethodTable) -> MethodTable {
        if let known = table.keyword { return known }
        let made = MethodTable(name: table.name)
        table.keyword = made
        return made
    }

    /// Methods of a function, or of a type and everything above it.
    func callTable(_ callee: Value) -> MethodTable? {
        if callee.isType {
            let name = types.declaration(TypeID(callee.bits)) ?? types.names[types.infos[Int(Core.any)].name]
            if name.constructors == nil { name.constructors = MethodTable(name: name.name) }
            return name.constructors
        }
        let index = types.infos[Int(callee.type)].name
        guard index >= 0 else { return nil }
        return types.names[index].methods
    }

    private func candidates(_ callee: Value, _ table: MethodTable, keyword: Bool) -> [Method] {
        guard callee.isType else { return table.methods }
        var result = table.methods
        var current = types.declaration(TypeID(callee.bits))?.instance ?? Core.any
        while current != Core.any {
            current = types.supertype(current)
            guard let name = types.declaration(current), let above = name.constructors else { continue }
            result += (keyword ? above.keyword?.methods : above.methods) ?? []
        }
        return result
    }

    private func choose(
        _ candidates: [Method], _ base: UnsafeMutablePointer<Value>, _ count: Int
    ) throws(Unwind) -> UnsafeMutablePointer<Invocation> {
        var elements: [TypeID] = []
        for index in 0...count { elements.append(dispatchType(base[index])) }
        let arguments = types.tupleType(elements)
        var matches: [(method: Method, statics: [TypeID])] = []
        for method in candidates {
            let fits = method.isVararg ? count + 1 >= method.argumentCount - 1 : count + 1 == method.argumentCount
            guard fits else { continue }
            try charge(5)
            if let statics = types.match(arguments, method.signature, method.variables) {
                matches.append((method, statics))
            }
        }
        guard !matches.isEmpty else { throw methodError(base, count) }
        guard let best = mostSpecific(matches.map { $0.method }) else { throw try ambiguous(base, count) }
        return makeInvocation(matches[best])
    }

    private func ambiguous(_ base: UnsafeMutablePointer<Value>, _ count: Int) throws(Unwind) -> Unwind {
        raise("MethodError", [base[0], try newTuple((0..<count).map { base[$0 + 1] }), .true])
    }

    private func mostSpecific(_ methods: [Method]) -> Int? {
        if methods.count == 1 { return 0 }
        for (index, method) in methods.enumerated() {
            let wins = methods.allSatisfy { other in
                other === method || isBetter(method, other)
            }
            if wins { return index }
        }
        return nil
    }

    private func isBetter(_ first: Method, _ second: Method) -> Bool {
        if MethodTable.isMoreSpecific(first, second, types) {
            return !MethodTable.isMoreSpecific(second, first, types) || first.order > second.order
                || (second.isVararg && !first.isVararg)
        }
        if MethodTable.isMoreSpecific(second, first, types) { return false }
        return isBetterByArguments(first, second)
    }

    /// Neither signature lies inside the other: the first wins when no argument of it is wider and one is narrower.
    private func isBetterByArguments(_ first: Method, _ second: Method) -> Bool {
        let left = types.parameters(first.signature)
        let right = types.parameters(second.signature)
        var better = false
        for (one, other) in zip(left, right) {
            let a = bare(one)
            let b = bare(other)
            if a == b { continue }
            let isBelow = types.isSubtype(a, b)
            let isAbove = types.isSubtype(b, a)
            if isAbove && !isBelow { return false }
            if isBelow && !isAbove { better = true }
            if !isBelow && !isAbove { return false }
        }
        return better || (!first.isVararg && second.isVararg) || left.count > right.count
    }

    /// A type with its free variables widened to their bounds.
    private func bare(_ type: TypeID) -> TypeID {
        var inner = type
        if case .vararg(let element, _) = types.term(type) { inner = element }
        if case .variable(let variable) = types.term(inner) { return bare(types.variables[variable].upper) }
        return types.freeVariables(inner).sorted().reduce(inner) { types.intern(.unionAll(variable: $1, body: $0)) }
    }

    private func makeInvocation(_ match: (method: Method, statics: [TypeID])) -> UnsafeMutablePointer<Invocation> {
        let invocation = UnsafeMutablePointer<Invocation>.allocate(capacity: 1)
        var statics: UnsafeMutablePointer<Value>?
        if !match.statics.isEmpty {
            let values = UnsafeMutablePointer<Value>.allocate(capacity: match.statics.count)
            for (index, type) in match.statics.enumerated() { (values + index).initialize(to: staticValue(type)) }
            statics = values
        }
        let template = match.method.template
        invocation.initialize(
            to: Invocation(
                code: templates[template].code, statics: statics, template: template,
                argumentCount: match.method.argumentCount, isVararg: match.method.isVararg))
        invocations.append(invocation)
        return invocation
    }

    /// A static parameter as a value: a type, or the value that stands as a parameter.
    func staticValue(_ type: TypeID) -> Value {
        switch types.term(type) {
        case .value(let tag, let bits): return Value(tag: tag, bits: bits)
        case .symbols(let list): return permanentTuple(list.map { Value(immediate: UInt64($0), type: Core.symbol) })
        case .variable: return .undefined
        default: return Value(type: type)
        }
    }

    /// A tuple of immediates that lives as long as the machine.
    func permanentTuple(_ values: [Value]) -> Value {
        if values.isEmpty { return Value(immediate: 0, type: types.emptyTuple) }
        let type = types.tupleType(values.map { dispatchType($0) })
        let object = Heap.allocate(type: type, kind: .fields, count: values.count, body: 16 * values.count)
        for (index, value) in values.enumerated() { (object.fields + index).initialize(to: value) }
        object.pointee.mark = 2
        object.pointee.flags |= ObjectHeader.tupleFlag
        heap.add(object)
        return Value(object: object)
    }

    /// Code of a template, lowered and generated the first time.
    func code(of index: Int) throws(Unwind) -> UnsafeMutablePointer<Code> {
        let template = templates[index]
        if let code = template.code { return code }
        do throws(LoweringError) {
            let function: FunctionIR
            switch template.state {
            case .source(let source, let module):
                function = try Lowering.method(source, machine: self, module: module, file: template.file)
            case .lowered(let known): function = known
            case .compiled: throw LoweringError(kind: .unsupported, message: "code", location: template.location)
            }
            let code = try CodeGenerator.generate(function, machine: self, file: template.file)
            codes.append(code)
            template.code = code
            template.state = .compiled
            if template.file > 0 { hot.pointee.fuel &-= code.pointee.count * 4 }
            return code
        } catch {
            throw refuse(error, file: template.file)
        }
    }

    /// Turns a lowering error into a trap at its own place.
    func refuse(_ error: LoweringError, file: Int) -> Unwind {
        if error.kind == .unsupported {
            trap = .unsupported(error.message)
        } else {
            trap = .uncaught("syntax: " + error.message)
        }
        trapPlace = (file, error.location)
        return Unwind()
    }

    // MARK: definitions

    /// Adds a method; `signature` is (types, variables).
    func define(_ callee: Value, _ signature: Value, template: Int, isKeyword: Bool) throws(Unwind) {
        guard signature.isHeap, let table = tableForDefinition(callee) else {
            throw errorException("cannot define methods for this value")
        }
        let parts = signature.object.fields
        var elements = tupleElements(parts[0]).map { typeArgument($0) }
        if types.term(elements[0]) == .bottom { elements[0] = Core.any }
        let variables = tupleElements(parts[1]).map { $0.int }
        let function = templates[template]
        if function.file > 0 { try refuseRedefinition(callee, elements, variables) }
        methodOrder += 1
        let method = Method(
            signature: types.tupleType(elements), variables: variables, argumentCount: function.argumentCount,
            isVararg: function.isVararg, template: template, order: methodOrder)
        let target = isKeyword ? keywordTable(of: table) : table
        target.add(method, types: types)
        notePropertyMethod(callee, elements)
        hot.pointee.epoch &+= 1
    }

    /// Instructions for Base's own types do not ask the method table, so that a program cannot give them other methods.
    private func refuseRedefinition(
        _ callee: Value, _ elements: [TypeID], _ variables: [Int]
    ) throws(Unwind) {
        guard let slot = operators.first(where: { $0 >= 0 && globals[$0].tag == callee.tag }) else { return }
        let bounds = variables.map { types.variables[$0].upper }
        if (elements.dropFirst() + bounds).contains(where: { isOfProgram($0) }) { return }
        throw unsupported("a method of Base's \(globalNames[slot].name) for Base's own types")
    }

    private func isOfProgram(_ type: TypeID) -> Bool {
        switch types.term(type) {
        case .data(_, let parameters):
            return (types.declaration(type)?.module ?? 0) > 0 || types.declaration(type)?.kind == .function
                || enumerations[type] != nil || parameters.contains { isOfProgram($0) }
        case .union(let members): return members.allSatisfy { isOfProgram($0) }
        case .unionAll(_, let body): return isOfProgram(body)
        case .vararg(let element, _): return isOfProgram(element)
        default: return false
        }
    }

    private func notePropertyMethod(_ callee: Value, _ elements: [TypeID]) {
        guard elements.count > 1, let name = types.declaration(elements[1]) else { return }
        if callee.tag == globals[operators[Int(Opcode.getField.rawValue)]].tag { name.hasGetProperty = true }
        if callee.tag == globals[operators[Int(Opcode.setField.rawValue)]].tag { name.hasSetProperty = true }
    }

    private func tableForDefinition(_ callee: Value) -> MethodTable? {
        // `__calleetype` marks a type whose instances are called.
        if callee.tag == UInt64(Core.slotRange) {
            guard let name = types.declaration(TypeID(callee.bits)) else { return nil }
            if name.methods == nil { name.methods = MethodTable(name: name.name) }
            return name.methods
        }
        return callTable(callee)
    }

    func tupleElements(_ value: Value) -> [Value] {
        guard value.isHeap, value.object.pointee.kind == .fields else { return [] }
        return (0..<value.object.pointee.count).map { value.object.fields[$0] }
    }

    /// A value where a type is expected: types, variables of `where`, and values as parameters.
    func typeArgument(_ value: Value) -> TypeID {
        if value.isType { return TypeID(value.bits) }
        if value.tag == UInt64(Core.typeVariable) { return types.intern(.variable(value.int)) }
        if value.isHeap, value.object.pointee.kind == .fields {
            let elements = tupleElements(value)
            if elements.allSatisfy({ $0.isSymbol }) { return types.intern(.symbols(elements.map { $0.int })) }
        }
        if value.tag == UInt64(types.emptyTuple) { return types.intern(.symbols([])) }
        return types.valueType(value)
    }
}
