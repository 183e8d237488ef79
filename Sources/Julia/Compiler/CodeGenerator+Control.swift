extension CodeGenerator {
    mutating func emitControl(_ ir: IR, into destination: Int?) -> Bool {
        switch ir {
        case .whileLoop(let label, let condition, let body): emitWhile(label, condition, body)
        case .forLoop(let label, let value, let collection, let rangeEnd, let body):
            emitFor(label, value, collection, rangeEnd, body)
        case .leave(let label), .next(let label):
            guard let place = loops.lastIndex(where: { $0.label == label }) else {
                failure = "break or continue outside loop"
                return false
            }
            unwind(to: loops[place].regionDepth)
            let jump = add(.jump)
            if case .leave = ir { loops[place].leaves.append(jump) } else { loops[place].nexts.append(jump) }
            return false
        case .giveBack(let value):
            emitReturn(value)
            return false
        case .attempt(let parts): return emitTry(parts, into: destination)
        default: break
        }
        if let destination { load(.nothing, into: destination) }
        return true
    }

    private mutating func emitReturn(_ value: IR) {
        if regions.isEmpty {
            let source = operand(value)
            add(.giveBack, a: source)
            return
        }
        let held = temporary()
        guard emit(value, into: held) else { return }
        unwind(to: 0)
        add(.giveBack, a: held)
    }

    /// Leaves handlers and runs `finally` blocks on the way out, without changing what is known of the regions.
    private mutating func unwind(to depth: Int) {
        let saved = regions
        while regions.count > depth {
            switch regions.removeLast() {
            case .handler: add(.popHandler)
            case .finally(let body): emit(body, into: nil)
            }
        }
        regions = saved
    }

    // MARK: conditions

    /// Emits a test; answers the jumps to be taken when it is false.
    mutating func emitTest(_ condition: IR) -> [Int] {
        let saved = nextRegister
        defer { nextRegister = saved }
        switch condition {
        case .located(let place, let inner):
            let outer = location
            location = place
            defer { location = outer }
            return emitTest(inner)
        case .conditional(let first, let second, .constant(let value)) where value.isBool && value.bits == 0:
            let early = emitTest(first)
            return early + emitTest(second)
        case .operation(let operation, let first, let second):
            guard let fused = operation.fused else { break }
            let (left, right) = operands(first, second)
            let flag = temporary()
            add(fused, a: flag, b: left, c: right)
            return [add(.jumpFalse, a: flag)]
        default: break
        }
        return [add(.jumpFalse, a: operand(condition))]
    }

    mutating func emitConditional(_ condition: IR, _ first: IR, _ second: IR, into destination: Int?) -> Bool {
        let jumps = emitTest(condition)
        let before = definite
        let firstReturns = emit(first, into: destination)
        let afterFirst = definite
        var end: Int?
        if firstReturns, !(destination == nil && second.isEmpty) { end = add(.jump) }
        for jump in jumps { patch(jump, to: here) }
        definite = before
        var secondReturns = true
        if !(destination == nil && second.isEmpty) { secondReturns = emit(second, into: destination) }
        if let end { patch(end, to: here) }
        if firstReturns && secondReturns { definite.formIntersection(afterFirst) }
        if firstReturns && !secondReturns { definite = afterFirst }
        return firstReturns || secondReturns
    }

    // MARK: loops

    private mutating func emitWhile(_ label: Int, _ condition: IR, _ body: IR) {
        let before = definite
        loops.append(LoopContext(label: label, regionDepth: regions.count))
        let start = here
        let jumps = emitTest(condition)
        emit(body, into: nil)
        let loop = finishLoop(next: start)
        add(.jump, immediate: start)
        for jump in jumps + loop.leaves { patch(jump, to: here) }
        definite = before
    }

    private mutating func finishLoop(next: Int) -> LoopContext {
        let loop = loops.removeLast()
        for jump in loop.nexts { patch(jump, to: next) }
        return loop
    }

    private mutating func emitFor(_ label: Int, _ value: Variable, _ collection: IR, _ rangeEnd: IR?, _ body: IR) {
        let source = reserve(2)
        let state = source + 1
        if let rangeEnd {
            let (first, last) = operands(collection, rangeEnd)
            add(.loopRange, a: source, b: first, c: last)
        } else {
            emit(collection, into: source)
        }
        let before = definite
        let element = value.needsBox ? temporary() : value.register
        loops.append(LoopContext(label: label, regionDepth: regions.count))
        let enter = add(.iterateFirst, a: element, b: source, c: state)
        let unpack = add(.unpackOrLeave, a: element, c: state)
        let start = here
        if value.needsBox {
            add(.newBox, a: value.register)
            add(.setBox, a: value.register, b: element)
        }
        definite.insert(ObjectIdentifier(value))
        emit(body, into: nil)
        let loop = finishLoop(next: here)
        add(.iterateNext, a: element, b: source, c: state, immediate: start)
        add(.unpackAndLoop, a: element, c: state, immediate: start)
        for jump in [enter, unpack] + loop.leaves { patch(jump, to: here) }
        definite = before
    }

    // MARK: exceptions

    private mutating func emitTry(_ parts: TryIR, into destination: Int?) -> Bool {
        guard let finally = parts.finally else { return emitCatch(parts, into: destination) }
        let before = definite
        let caught = temporary()
        let push = add(.pushHandler, a: caught)
        regions.append(.finally(finally))
        regions.append(.handler)
        var inner = parts
        inner = TryIR(
            body: parts.body, handler: parts.handler, variable: parts.variable, elseBody: parts.elseBody, finally: nil)
        let returns = inner.handler == nil ? emit(inner.body, into: destination) : emitCatch(inner, into: destination)
        regions.removeLast(2)
        var end: Int?
        if returns {
            add(.popHandler)
            emit(finally, into: nil)
            end = add(.jump)
        }
        patch(push, to: here)
        definite = before
        emit(finally, into: nil)
        add(.rethrow, a: caught)
        if let end { patch(end, to: here) }
        return returns
    }

    private mutating func emitCatch(_ parts: TryIR, into destination: Int?) -> Bool {
        let before = definite
        let caught = parts.variable.map { $0.register } ?? temporary()
        let push = add(.pushHandler, a: caught)
        regions.append(.handler)
        var returns = emit(parts.body, into: destination)
        regions.removeLast()
        var end: Int?
        if returns {
            add(.popHandler)
            if let elseBody = parts.elseBody { returns = emit(elseBody, into: destination) }
            if returns { end = add(.jump) }
        }
        patch(push, to: here)
        definite = before
        parts.variable.map { _ = definite.insert(ObjectIdentifier($0)) }
        let handlerReturns = emit(parts.handler ?? .constant(.nothing), into: destination)
        if let end { patch(end, to: here) }
        definite = before
        return returns || handlerReturns
    }
}

extension IR {
    /// Does nothing.
    var isEmpty: Bool {
        switch self {
        case .constant: true
        case .located(_, let inner): inner.isEmpty
        case .block(let list): list.allSatisfy { $0.isEmpty }
        default: false
        }
    }
}
