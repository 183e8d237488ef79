/// Entering and leaving functions.
extension Machine {
    /// Pushes a frame for a call whose callee and arguments stand at `base`.
    @inline(__always)
    func enter(
        _ invocation: UnsafeMutablePointer<Invocation>, _ base: UnsafeMutablePointer<Value>, _ count: Int,
        _ destination: Int
    ) throws(Unwind) {
        var code: UnsafeMutablePointer<Code>
        if let known = invocation.pointee.code {
            code = known
        } else {
            code = try self.code(of: invocation.pointee.template)
            invocation.pointee.code = code
        }
        let depth = hot.pointee.depth + 1
        let end = base + code.pointee.registers
        if depth >= limits.callDepth || end + 64 >= registerEnd { throw stop(.depth) }
        if end > registersUsed { registersUsed = end }
        var filled = count + 1
        if invocation.pointee.isVararg {
            try collectRest(base, count, invocation.pointee.argumentCount)
            filled = invocation.pointee.argumentCount
        }
        var register = base + filled
        while register < end {
            register.initialize(to: .undefined)
            register += 1
        }
        let frame = frames + depth
        frame.initialize(
            to: Frame(
                code: code, next: code.pointee.instructions, base: base, statics: invocation.pointee.statics,
                destination: destination))
        hot.pointee.frame = frame
        hot.pointee.depth = depth
        hot.pointee.fuel &-= Int(code.pointee.entryCost)
        if hot.pointee.fuel < 0 { throw stop(.fuelExhausted) }
    }

    /// Puts arguments beyond the fixed ones into a tuple.
    private func collectRest(
        _ base: UnsafeMutablePointer<Value>, _ count: Int, _ argumentCount: Int
    ) throws(Unwind) {
        let fixed = argumentCount - 1
        let extra = count + 1 - fixed
        try charge(extra)
        // Arguments may reach beyond the caller's own registers.
        if base + count + 1 > registersUsed { registersUsed = base + count + 1 }
        base[fixed] = try makeTuple(base + fixed, extra)
    }

    func makeTuple(_ first: UnsafeMutablePointer<Value>, _ count: Int) throws(Unwind) -> Value {
        if count == 0 { return Value(immediate: 0, type: types.emptyTuple) }
        let object = try newFields(tupleType(first, count), count)
        object.pointee.flags |= ObjectHeader.tupleFlag
        for index in 0..<count { object.fields[index] = first[index] }
        return Value(object: object)
    }

    /// The type of a tuple of these values; remembered for pairs and triples, which loops make all the time.
    private func tupleType(_ first: UnsafeMutablePointer<Value>, _ count: Int) -> TypeID {
        if count == 2 || count == 3 {
            let key = TupleKey(first: first[0].tag, second: first[1].tag, third: count == 3 ? first[2].tag : 0)
            if let known = tupleTypes[key] { return known }
            let type = types.tupleType((0..<count).map { dispatchType(first[$0]) })
            tupleTypes[key] = type
            return type
        }
        return types.tupleType((0..<count).map { dispatchType(first[$0]) })
    }

    /// Begins a call of a generic function from an instruction: arguments are copied behind the frame.
    func beginCall(_ function: Value, _ arguments: [Value], _ destination: Int) throws(Unwind) {
        let frame = hot.pointee.frame
        let base = frame.pointee.base + frame.pointee.code.pointee.registers
        guard base + arguments.count + 64 < registerEnd else { throw stop(.depth) }
        base.initialize(to: function)
        for (index, argument) in arguments.enumerated() { (base + index + 1).initialize(to: argument) }
        if base + arguments.count + 1 > registersUsed { registersUsed = base + arguments.count + 1 }
        try charge(5)
        let invocation = try lookup(base, arguments.count)
        try enter(invocation, base, arguments.count, destination)
    }

    /// The generic function behind an instruction.
    func generic(_ operation: Opcode) -> Value { globals[operators[Int(operation.rawValue)]] }

    /// Calls from Swift and waits for the result.
    func call(_ function: Value, _ arguments: [Value]) throws(Unwind) -> Value {
        guard hot.pointee.nesting < 40 else { throw stop(.depth) }
        hot.pointee.nesting += 1
        let depth = hot.pointee.depth
        let frame = hot.pointee.frame
        let firstHandler = handlers.count
        defer {
            hot.pointee.nesting -= 1
            hot.pointee.depth = depth
            hot.pointee.frame = frame
            handlers.removeLast(handlers.count - firstHandler)
        }
        try beginCall(function, arguments, -1)
        return try execute(above: depth, firstHandler)
    }

    /// Runs one function without arguments from the bottom.
    func run(_ code: UnsafeMutablePointer<Code>) throws(Unwind) -> Value {
        let invocation = UnsafeMutablePointer<Invocation>.allocate(capacity: 1)
        defer { invocation.deallocate() }
        invocation.initialize(
            to: Invocation(code: code, statics: nil, template: 0, argumentCount: 1, isVararg: false))
        let depth = hot.pointee.depth
        let frame = hot.pointee.frame
        let firstHandler = handlers.count
        let base = frame.pointee.base + frame.pointee.code.pointee.registers
        base.initialize(to: .nothing)
        defer {
            hot.pointee.depth = depth
            hot.pointee.frame = frame
            handlers.removeLast(handlers.count - firstHandler)
        }
        try enter(invocation, base, 0, -1)
        return try execute(above: depth, firstHandler)
    }

    /// Runs until the frame above `depth` returns; exceptions go to the handlers set up since.
    private func execute(above depth: Int, _ firstHandler: Int) throws(Unwind) -> Value {
        while true {
            do throws(Unwind) {
                return try dispatch(above: depth)
            } catch {
                guard trap == nil, handlers.count > firstHandler, let handler = handlers.popLast() else { throw error }
                land(handler)
            }
        }
    }

    private func land(_ handler: Handler) {
        let frame = frames + handler.frame
        hot.pointee.frame = frame
        hot.pointee.depth = handler.frame
        frame.pointee.next = frame.pointee.code.pointee.instructions + handler.target
        frame.pointee.base[handler.register] = exception
        caught = exception
        hot.pointee.fuel &-= handler.cost
    }
}

/// Tags of a small tuple's elements.
struct TupleKey: Hashable {
    var first: UInt64
    var second: UInt64
    var third: UInt64
}
