extension CodeGenerator {
    /// Emits code for `ir`; the value goes to `destination`, or nowhere. Answers whether control comes out again.
    @discardableResult
    mutating func emit(_ ir: IR, into destination: Int?) -> Bool {
        let saved = nextRegister
        defer { nextRegister = saved }
        switch ir {
        case .located(let place, let inner):
            let outer = location
            location = place
            defer { location = outer }
            return emit(inner, into: destination)
        case .block(let statements): return emitBlock(statements, into: destination)
        case .conditional(let condition, let first, let second):
            return emitConditional(condition, first, second, into: destination)
        case .whileLoop, .forLoop, .leave, .next, .giveBack, .attempt: return emitControl(ir, into: destination)
        case .declare(let variable):
            emitDeclare(variable)
            if let destination { load(.nothing, into: destination) }
        case .constant, .local, .global, .assign, .assignGlobal: emitAccess(ir, into: destination)
        default: emitOperation(ir, into: destination ?? temporary())
        }
        return true
    }

    private mutating func emitBlock(_ statements: [IR], into destination: Int?) -> Bool {
        guard let last = statements.last else {
            if let destination { load(.nothing, into: destination) }
            return true
        }
        for statement in statements.dropLast() where !emit(statement, into: nil) { return false }
        return emit(last, into: destination)
    }

    private mutating func emitDeclare(_ variable: Variable) {
        definite.remove(ObjectIdentifier(variable))
        if variable.needsBox {
            add(.newBox, a: variable.register)
        } else {
            add(.undefine, a: variable.register)
        }
    }

    private mutating func emitAccess(_ ir: IR, into destination: Int?) {
        switch ir {
        case .constant(let value):
            if let destination { load(value, into: destination) }
        case .local(let variable): read(variable, into: destination ?? temporary())
        case .global(let slot): add(.getGlobal, a: destination ?? temporary(), immediate: slot)
        case .assign(let variable, let value):
            let direct = variable.owner === function && !variable.needsBox && !value.mentionsLater(variable)
            let target = direct ? variable.register : temporary()
            guard emit(value, into: target) else { return }
            write(variable, from: target)
            if let destination, destination != target { add(.move, a: destination, b: target) }
        case .assignGlobal(let slot, let value):
            let target = destination ?? temporary()
            guard emit(value, into: target) else { return }
            add(.setGlobal, a: target, immediate: slot)
        default: break
        }
    }

    private mutating func emitOperation(_ ir: IR, into destination: Int) {
        switch ir {
        case .call(let callee, let arguments): emitCall(callee, arguments, into: destination)
        case .splatCall(let callee, let arguments):
            emitSplat(.callSplat, [(callee, false)] + arguments, into: destination)
        case .keywordCall(let callee, let names, let arguments):
            if arguments.contains(where: { $0.isSplat }) {
                emitSplat(.callKeywordSplat, [(callee, false), (names, false)] + arguments, into: destination)
            } else {
                let first = sequence([callee, names] + arguments.map { $0.value })
                add(.callKeyword, a: destination, b: first, c: arguments.count + 1, immediate: callIndex())
            }
        case .builtin(let index, let arguments):
            add(.callBuiltin, a: destination, b: sequence(arguments), c: arguments.count, immediate: index)
        case .operation(let operation, let first, let second):
            emitArithmetic(operation, first, second, into: destination)
        case .tuple(let elements):
            add(.makeTuple, a: destination, b: sequence(elements), c: elements.count)
        case .new(let type, let fields):
            add(.makeNew, a: destination, b: sequence([type] + fields), c: fields.count, immediate: callIndex())
        default: emitPlace(ir, into: destination)
        }
    }

    private mutating func emitPlace(_ ir: IR, into destination: Int) {
        switch ir {
        case .getField(let object, let symbol):
            let source = operand(object)
            fieldCount += 1
            add(.getField, a: destination, b: source, c: fieldCount - 1, immediate: symbol)
        case .setField(let object, let symbol, let value):
            let (target, source) = operands(object, value)
            fieldCount += 1
            add(.setField, a: target, b: source, c: fieldCount - 1, immediate: symbol)
            add(.move, a: destination, b: source)
        case .index(let array, let indices): emitIndex(array, indices, into: destination)
        case .setIndex(let array, let indices, let value): emitSetIndex(array, indices, value, into: destination)
        case .closure(let closure): emitClosure(closure, into: destination)
        case .method(let callee, let signature, let template, let isKeyword):
            let (target, types) = operands(callee, signature)
            add(.defineMethod, a: target, b: types, c: isKeyword ? 1 : 0, immediate: template)
            load(.nothing, into: destination)
        default: break
        }
        if fieldCount > 60_000 { failure = "function with too many field accesses" }
    }

    /// Evaluates into consecutive registers; answers the first.
    mutating func sequence(_ list: [IR]) -> Int {
        let first = reserve(list.count)
        for (index, element) in list.enumerated() { emit(element, into: first + index) }
        return first
    }

    private mutating func emitCall(_ callee: IR, _ arguments: [IR], into destination: Int) {
        let first = sequence([callee] + arguments)
        add(.call, a: destination, b: first, c: arguments.count, immediate: callIndex())
    }

    private mutating func emitSplat(
        _ operation: Opcode, _ list: [(value: IR, isSplat: Bool)], into destination: Int
    ) {
        guard list.count <= 62 else {
            failure = "call with more than 60 arguments and a splat"
            return
        }
        var mask: UInt64 = 0
        for (index, part) in list.enumerated() where part.isSplat { mask |= 1 << UInt64(index) }
        let first = sequence(list.map { $0.value })
        let constant = constantIndex(Value(Int(truncatingIfNeeded: mask)))
        add(operation, a: destination, b: first, c: list.count - 1, immediate: constant)
    }

    mutating func emitArithmetic(_ operation: Opcode, _ first: IR, _ second: IR, into destination: Int) {
        if operation == .add || operation == .subtract, let value = second.constantInt, abs(value) < 1 << 30 {
            let left = operand(first)
            add(.addSmall, a: destination, b: left, c: operation == .add ? 0 : 1, immediate: value)
            return
        }
        let (left, right) = operands(first, second)
        add(operation, a: destination, b: left, c: right)
    }

    private mutating func emitIndex(_ array: IR, _ indices: [IR], into destination: Int) {
        switch indices.count {
        case 1:
            let (source, index) = operands(array, indices[0])
            add(.index1, a: destination, b: source, c: index)
        case 2:
            let source = temporary()
            emit(array, into: source)
            let first = sequence(indices)
            add(.index2, a: destination, b: source, c: first)
        default: emitCall(.global(machine.resolve("getindex", in: 0)), [array] + indices, into: destination)
        }
    }

    private mutating func emitSetIndex(_ array: IR, _ indices: [IR], _ value: IR, into destination: Int) {
        let held = temporary()
        emit(value, into: held)
        switch indices.count {
        case 1:
            let (target, index) = operands(array, indices[0])
            add(.setIndex1, a: target, b: index, c: held)
        case 2:
            let target = temporary()
            emit(array, into: target)
            let first = sequence(indices)
            add(.setIndex2, a: target, b: first, c: held)
        default:
            let callee = IR.global(machine.resolve("setindex!", in: 0))
            let first = reserve(indices.count + 3)
            emit(callee, into: first)
            emit(array, into: first + 1)
            add(.move, a: first + 2, b: held)
            for (index, part) in indices.enumerated() { emit(part, into: first + 3 + index) }
            add(.call, a: temporary(), b: first, c: indices.count + 2, immediate: callIndex())
        }
        add(.move, a: destination, b: held)
    }

    private mutating func emitClosure(_ closure: ClosureIR, into destination: Int) {
        let template = machine.add(closure: closure)
        let needsSetup = closure.methods.contains { $0.signature != nil }
        if needsSetup {
            let ready = add(.closureReady, c: 0, immediate: 0)
            instructions[ready].c = UInt16(truncatingIfNeeded: template)
            for (index, method) in closure.methods.enumerated() {
                let types = temporary()
                let own = temporary()
                add(.constant, a: own, immediate: constantIndex(machine.closureType(template)))
                emit(method.signature ?? machine.untypedSignature(method.function), into: types)
                add(
                    .defineMethod, a: own, b: types, c: method.isKeyword ? 1 : 0,
                    immediate: machine.closureTemplate(template, index))
            }
            patch(ready, to: here)
            if template > 60_000 { failure = "more than 60000 closures" }
        }
        let first = reserve(max(closure.captures.count, 1))
        for (index, variable) in closure.captures.enumerated() { capture(variable, into: first + index) }
        add(.makeClosure, a: destination, b: first, c: closure.captures.count, immediate: template)
    }

    /// Copies a variable, or its box, for a closure.
    private mutating func capture(_ variable: Variable, into destination: Int) {
        if variable.owner === function {
            add(.move, a: destination, b: variable.register)
        } else {
            add(.getCapture, a: destination, immediate: function.closure?.captureIndex(variable) ?? 0)
        }
    }
}

extension IR {
    var constantInt: Int? {
        switch self {
        case .constant(let value): value.isInt ? value.int : nil
        case .located(_, let inner): inner.constantInt
        default: nil
        }
    }

    /// Whether evaluating it in place could read the variable after its register was overwritten.
    func mentionsLater(_ variable: Variable) -> Bool {
        switch self {
        case .constant, .global: false
        case .located(_, let inner): inner.mentionsLater(variable)
        case .local, .operation, .call, .builtin, .index, .getField, .tuple, .new: false
        default: true
        }
    }
}
