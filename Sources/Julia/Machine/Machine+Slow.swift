/// What the dispatch loop does not finish at once. Each may push a frame, or move the frame's `next`.
extension Machine {
    func slow(_ i: UnsafeMutablePointer<Instruction>, _ r: UnsafeMutablePointer<Value>) throws(Unwind) {
        switch i.pointee.operation {
        case .getGlobal, .setGlobal, .checkDefined, .newBox, .boxArgument, .jumpFalse: try slowBasic(i, r)
        case .callKeyword, .callSplat, .callKeywordSplat: try slowCall(i, r)
        case .makeTuple, .makeNew, .makeClosure, .closureReady, .defineMethod, .pushHandler, .rethrow:
            try slowMake(i, r)
        case .getField, .setField: try slowField(i, r)
        case .index1, .index2, .setIndex1, .setIndex2: try slowIndex(i, r)
        case .loopRange, .iterateFirst, .iterateNext, .unpackOrLeave, .unpackAndLoop: try slowIterate(i, r)
        default: try slowOperation(i, r)
        }
    }

    private func slowBasic(_ i: UnsafeMutablePointer<Instruction>, _ r: UnsafeMutablePointer<Value>) throws(Unwind) {
        let a = Int(i.pointee.a)
        let immediate = Int(i.pointee.immediate)
        switch i.pointee.operation {
        case .getGlobal: throw undefinedVariable(symbols.intern(globalNames[immediate].name))
        case .setGlobal: try assignGlobal(immediate, r[a])
        case .checkDefined: throw undefinedVariable(immediate)
        case .jumpFalse: throw typeError("if", expected: Core.bool, got: r[a])
        default:
            let box = try newFields(Core.box, 1, isMutable: true)
            if i.pointee.operation == .boxArgument { box.fields[0] = r[a] }
            r[a] = Value(object: box)
        }
    }

    func assignGlobal(_ slot: Int, _ value: Value) throws(Unwind) {
        if globalNames[slot].isConstant, !globals[slot].isUndefined {
            let name = globalNames[slot].name
            throw errorException("invalid redefinition of constant \(modules[globalNames[slot].module].name).\(name)")
        }
        globals[slot] = value
    }

    private func slowMake(_ i: UnsafeMutablePointer<Instruction>, _ r: UnsafeMutablePointer<Value>) throws(Unwind) {
        let (a, b, c) = (Int(i.pointee.a), Int(i.pointee.b), Int(i.pointee.c))
        let immediate = Int(i.pointee.immediate)
        switch i.pointee.operation {
        case .makeTuple: r[a] = try makeTuple(r + b, c)
        case .makeClosure: r[a] = try makeClosure(immediate, r + b, c)
        case .makeNew:
            if let value = try instance(r + b, c) {
                r[a] = value
            } else {
                try beginCall(generic(.makeNew), (0...c).map { r[b + $0] }, a)
            }
        case .closureReady:
            let isReady = closures[c].isReady
            try charge(Int(isReady ? i.pointee.cost0 : i.pointee.cost1))
            if isReady { jump(to: immediate) }
        case .defineMethod: try define(r[a], r[b], template: immediate, isKeyword: c == 1)
        case .pushHandler:
            handlers.append(
                Handler(frame: hot.pointee.depth, target: immediate, register: a, cost: Int(i.pointee.cost0)))
        default: throw raise(r[a])
        }
    }

    private func jump(to place: Int) {
        let frame = hot.pointee.frame
        frame.pointee.next = frame.pointee.code.pointee.instructions + place
    }

    /// An instance of the type in `base[0]`; nil where a field needs converting.
    func instance(_ base: UnsafeMutablePointer<Value>, _ count: Int) throws(Unwind) -> Value? {
        guard base[0].isType else { throw typeError("new", expected: Core.dataType, got: base[0]) }
        let type = TypeID(base[0].bits)
        guard types.isConcrete(type), let name = types.declaration(type) else {
            throw typeError("new", expected: Core.dataType, got: base[0])
        }
        let fields = types.fieldTypes(type)
        guard count <= fields.count else { throw errorException("new: too many arguments (expected \(fields.count))") }
        guard count == fields.count || name.isMutable || count > 0 || fields.isEmpty else {
            throw errorException("new: too few arguments (expected \(fields.count))")
        }
        for index in 0..<count where fields[index] != Core.any {
            if base[index + 1].tag & 0xFFFF_FFFF == UInt64(fields[index]), !base[index + 1].isType { continue }
            if !isInstance(base[index + 1], of: fields[index]) { return nil }
        }
        if fields.isEmpty && !name.isMutable { return Value(immediate: 0, type: type) }
        let object = try newFields(type, fields.count, isMutable: name.isMutable)
        for index in 0..<count { object.fields[index] = base[index + 1] }
        for index in count..<fields.count { object.fields[index] = zero(of: fields[index]) }
        return Value(object: object)
    }

    /// What a field left out by `new` holds: zero bits where the type is bits.
    private func zero(of type: TypeID) -> Value {
        let layout = elementLayout(type)
        return layout.kind == .any ? .undefined : Value(immediate: 0, type: type)
    }

    // MARK: calls

    private func slowCall(_ i: UnsafeMutablePointer<Instruction>, _ r: UnsafeMutablePointer<Value>) throws(Unwind) {
        let (a, b, c) = (Int(i.pointee.a), Int(i.pointee.b), Int(i.pointee.c))
        if i.pointee.operation == .callKeyword {
            let cache = hot.pointee.frame.pointee.code.pointee.calls + Int(i.pointee.immediate)
            try enterKeyword(r + b, c, a, cache)
            return
        }
        let mask = UInt64(
            bitPattern: Int64(hot.pointee.frame.pointee.code.pointee.constants[Int(i.pointee.immediate)].int))
        var arguments: [Value] = []
        for index in 0...c {
            let value = r[b + index]
            if mask >> UInt64(index) & 1 == 1 {
                try charge(value.isHeap ? value.object.pointee.count : 1)
                arguments += tupleElements(value)
            } else {
                arguments.append(value)
            }
        }
        let base = r + Int(hot.pointee.frame.pointee.code.pointee.registers)
        guard base + arguments.count + 64 < registerEnd else { throw stop(.depth) }
        for (index, argument) in arguments.enumerated() { (base + index).initialize(to: argument) }
        if base + arguments.count > registersUsed { registersUsed = base + arguments.count }
        if i.pointee.operation == .callKeywordSplat {
            try enterKeyword(base, arguments.count - 1, a, nil)
        } else {
            try enter(try lookup(base, arguments.count - 1), base, arguments.count - 1, a)
        }
    }

    /// Calls with keywords: `base[1]` is their named tuple. Without any, the plain method is called.
    private func enterKeyword(
        _ base: UnsafeMutablePointer<Value>, _ count: Int, _ destination: Int, _ cache: UnsafeMutablePointer<CallCache>?
    ) throws(Unwind) {
        let isEmpty = base[1].isHeap ? base[1].object.pointee.count == 0 : true
        let table = callTable(base[0])
        let hasKeywords = table?.keyword != nil || base[0].isType
        if isEmpty, !(try hasKeywordMethod(base, count)) {
            for index in 1..<max(count, 1) { base[index] = base[index + 1] }
            try enter(try lookup(base, count - 1), base, count - 1, destination)
            return
        }
        guard hasKeywords else { throw try keywordError(base, count) }
        try enter(try lookup(base, count, keyword: true), base, count, destination)
        _ = cache
    }

    private func hasKeywordMethod(_ base: UnsafeMutablePointer<Value>, _ count: Int) throws(Unwind) -> Bool {
        do throws(Unwind) {
            guard callTable(base[0])?.keyword != nil else { return false }
            _ = try lookup(base, count, keyword: true)
            return true
        } catch {
            if trap != nil { throw error }
            return false
        }
    }

    private func keywordError(_ base: UnsafeMutablePointer<Value>, _ count: Int) throws(Unwind) -> Unwind {
        let arguments = try newTuple((1..<max(count, 1)).map { base[$0 + 1] })
        return raise("MethodError", [base[0], arguments, base[1]])
    }

    // MARK: iteration

    private func slowIterate(_ i: UnsafeMutablePointer<Instruction>, _ r: UnsafeMutablePointer<Value>) throws(Unwind) {
        let (a, b, c) = (Int(i.pointee.a), Int(i.pointee.b), Int(i.pointee.c))
        let target = Int(i.pointee.immediate)
        switch i.pointee.operation {
        case .loopRange:
            r[a + 1] = .undefined
            try beginCall(generic(.loopRange), [r[b], r[c]], a)
        case .iterateFirst, .iterateNext:
            let isFirst = i.pointee.operation == .iterateFirst
            let collection = r[b]
            guard collection.isHeap, let count = nativeCount(collection) else {
                try beginCall(generic(.iterateFirst), isFirst ? [collection] : [collection, r[c]], a)
                return
            }
            let index = isFirst ? 0 : r[c].int
            guard index < count else {
                try charge(Int(isFirst ? i.pointee.cost0 : i.pointee.cost1))
                if isFirst { jump(to: target) } else { hot.pointee.frame.pointee.next += 1 }
                return
            }
            let value =
                collection.object.pointee.kind == .array
                ? collection.object.array.load(index) : collection.object.fields[index]
            guard !value.isUndefined else { throw raise("UndefRefError", []) }
            r[a] = value
            r[c] = Value(index + 1)
            try charge(Int(isFirst ? i.pointee.cost1 : i.pointee.cost0))
            if isFirst { hot.pointee.frame.pointee.next += 1 } else { jump(to: target) }
        default: try unpack(i, r)
        }
    }

    private func unpack(_ i: UnsafeMutablePointer<Instruction>, _ r: UnsafeMutablePointer<Value>) throws(Unwind) {
        let (a, c) = (Int(i.pointee.a), Int(i.pointee.c))
        let isFirst = i.pointee.operation == .unpackOrLeave
        let pair = r[a]
        if pair.isNothing {
            try charge(Int(isFirst ? i.pointee.cost0 : i.pointee.cost1))
            if isFirst { jump(to: Int(i.pointee.immediate)) }
            return
        }
        guard pair.isHeap, pair.object.pointee.kind == .fields, pair.object.pointee.count == 2 else {
            throw typeError("iterate", expected: types.anyTuple, got: pair)
        }
        r[a] = pair.object.fields[0]
        r[c] = pair.object.fields[1]
        try charge(Int(isFirst ? i.pointee.cost1 : i.pointee.cost0))
        if !isFirst { jump(to: Int(i.pointee.immediate)) }
    }

    /// Elements of what the machine iterates itself: arrays and tuples.
    private func nativeCount(_ value: Value) -> Int? {
        let object = value.object
        if object.pointee.kind == .array { return object.pointee.count }
        return object.pointee.flags & ObjectHeader.tupleFlag != 0 ? object.pointee.count : nil
    }

    // MARK: operations

    private func slowOperation(_ i: UnsafeMutablePointer<Instruction>, _ r: UnsafeMutablePointer<Value>) throws(Unwind)
    {
        let (a, b, c) = (Int(i.pointee.a), Int(i.pointee.b), Int(i.pointee.c))
        let operation = i.pointee.operation
        if operation == .addSmall {
            let other = Value(Int(i.pointee.immediate))
            let actual: Opcode = c == 0 ? .add : .subtract
            if let value = try arithmetic(actual, r[b], other) {
                r[a] = value
            } else {
                try beginCall(generic(actual), [r[b], other], a)
            }
            return
        }
        if let value = try arithmetic(operation, r[b], r[c]) {
            r[a] = value
        } else {
            try beginCall(generic(operation), [r[b], r[c]], a)
        }
    }
}
