extension Machine {
    /// The dispatch loop: runs until the frame above `depth` returns.
    ///
    /// A case that can finish at once continues the loop; whatever leaves the switch goes to `slow`, which may push a
    /// frame. Operands were checked by `Verifier`; `Frame.next` is written back before any other code looks.
    // house: long-function one switch is what makes dispatch a single indirect jump
    func dispatch(above depth: Int) throws(Unwind) -> Value {
        let hot = self.hot
        let frames = self.frames
        var frame = hot.pointee.frame
        var r = frame.pointee.base
        var code = frame.pointee.code
        var pc = frame.pointee.next
        let int = UInt64(Core.int64)
        let float = UInt64(Core.float64)

        while true {
            let i = pc
            pc += 1
            let a = Int(i.pointee.a)
            let b = Int(i.pointee.b)
            let c = Int(i.pointee.c)
            var truth = false
            switch i.pointee.operation {
            case .nothing: continue
            case .move:
                r[a] = r[b]
                continue
            case .constant:
                r[a] = code.pointee.constants[Int(i.pointee.immediate)]
                continue
            case .smallInteger:
                r[a] = Value(Int(i.pointee.immediate))
                continue
            case .undefine:
                r[a] = .undefined
                continue
            case .getGlobal:
                r[a] = globals[Int(i.pointee.immediate)]
                if !r[a].isUndefined { continue }
            case .checkDefined:
                if !r[a].isUndefined { continue }
            case .getBox:
                r[a] = r[b].isHeap ? r[b].object.fields[0] : .undefined
                continue
            case .setBox:
                if r[a].isHeap { r[a].object.fields[0] = r[b] }
                continue
            case .getCapture:
                r[a] = r[0].object.fields[Int(i.pointee.immediate)]
                continue
            case .staticParameter:
                if let statics = frame.pointee.statics { r[a] = statics[Int(i.pointee.immediate)] }
                continue

            case .add:
                if r[b].tag == int && r[c].tag == int {
                    r[a] = Value(r[b].int &+ r[c].int)
                    continue
                }
                if r[b].tag == float && r[c].tag == float {
                    r[a] = Value(r[b].double + r[c].double)
                    continue
                }
            case .subtract:
                if r[b].tag == int && r[c].tag == int {
                    r[a] = Value(r[b].int &- r[c].int)
                    continue
                }
                if r[b].tag == float && r[c].tag == float {
                    r[a] = Value(r[b].double - r[c].double)
                    continue
                }
            case .multiply:
                if r[b].tag == int && r[c].tag == int {
                    r[a] = Value(r[b].int &* r[c].int)
                    continue
                }
                if r[b].tag == float && r[c].tag == float {
                    r[a] = Value(r[b].double * r[c].double)
                    continue
                }
            case .divide:
                if r[b].tag == float && r[c].tag == float {
                    r[a] = Value(r[b].double / r[c].double)
                    continue
                }
            case .addSmall:
                if r[b].tag == int {
                    let small = Int(i.pointee.immediate)
                    r[a] = Value(c == 0 ? r[b].int &+ small : r[b].int &- small)
                    continue
                }
            case .remainder:
                if r[b].tag == int, r[c].tag == int, r[c].int > 0 {
                    r[a] = Value(r[b].int % r[c].int)
                    continue
                }
            case .bitAnd:
                if r[b].tag == int && r[c].tag == int {
                    r[a] = Value(r[b].int & r[c].int)
                    continue
                }
            case .less, .lessEqual, .greater, .greaterEqual, .equal, .notEqual:
                if r[b].tag == int && r[c].tag == int {
                    r[a] = Value(Self.compare(i.pointee.operation, r[b].int, r[c].int))
                    continue
                }
                if r[b].tag == float && r[c].tag == float {
                    r[a] = Value(Self.compare(i.pointee.operation, r[b].double, r[c].double))
                    continue
                }
            case .lessJump:
                if r[b].tag == int && r[c].tag == int { truth = r[b].int < r[c].int } else { break }
                try branch(truth, &pc, code, hot)
                continue
            case .lessEqualJump:
                if r[b].tag == int && r[c].tag == int { truth = r[b].int <= r[c].int } else { break }
                try branch(truth, &pc, code, hot)
                continue
            case .equalJump:
                if r[b].tag == int && r[c].tag == int { truth = r[b].bits == r[c].bits } else { break }
                try branch(truth, &pc, code, hot)
                continue
            case .greaterJump:
                if r[b].tag == int && r[c].tag == int { truth = r[b].int > r[c].int } else { break }
                try branch(truth, &pc, code, hot)
                continue
            case .greaterEqualJump:
                if r[b].tag == int && r[c].tag == int { truth = r[b].int >= r[c].int } else { break }
                try branch(truth, &pc, code, hot)
                continue
            case .notEqualJump:
                if r[b].tag == int && r[c].tag == int { truth = r[b].bits != r[c].bits } else { break }
                try branch(truth, &pc, code, hot)
                continue

            case .jump:
                hot.pointee.fuel &-= Int(i.pointee.cost0)
                pc = code.pointee.instructions + Int(i.pointee.immediate)
                if hot.pointee.fuel >= 0 { continue }
            case .jumpFalse:
                if r[a].tag == UInt64(Core.bool) {
                    pc -= 1
                    try branch(r[a].bits != 0, &pc, code, hot)
                    continue
                }
            case .charge:
                hot.pointee.fuel &-= Int(i.pointee.cost0)
                if hot.pointee.fuel >= 0 { continue }

            case .call:
                frame.pointee.next = pc
                let base = r + b
                let cache = code.pointee.calls + Int(i.pointee.immediate)
                var invocation = cache.pointee.invocation
                if cache.pointee.epoch != hot.pointee.epoch || !Self.matches(cache, base, c) {
                    invocation = try remember(cache, base, c)
                }
                try enter(invocation.unsafelyUnwrapped, base, c, a)
                frame = hot.pointee.frame
                r = frame.pointee.base
                code = frame.pointee.code
                pc = frame.pointee.next
                continue
            case .callBuiltin:
                frame.pointee.next = pc
                if hot.pointee.nesting == 0 { hot.pointee.protected = heap.objectCount }
                r[a] = try builtins.list[Int(i.pointee.immediate)].function(self, r + b, c)
                continue
            case .giveBack:
                let value = r[a]
                let destination = frame.pointee.destination
                hot.pointee.depth &-= 1
                frame = frames + hot.pointee.depth
                hot.pointee.frame = frame
                if hot.pointee.depth == depth { return value }
                r = frame.pointee.base
                code = frame.pointee.code
                pc = frame.pointee.next
                r[destination] = value
                continue

            case .getField:
                let cache = code.pointee.fields + c
                if r[b].isHeap, cache.pointee.tag == r[b].tag {
                    let value = r[b].object.fields[cache.pointee.index]
                    if !value.isUndefined {
                        r[a] = value
                        continue
                    }
                }
            case .index1:
                if r[b].isHeap, r[c].tag == int, r[b].object.pointee.kind == .array {
                    let array = r[b].object.array
                    let index = r[c].int &- 1
                    if index >= 0 && index < array.count {
                        let value = array.load(index)
                        r[a] = value
                        if !value.isUndefined { continue }
                    }
                }
            case .index2:
                if r[b].isHeap, r[c].tag == int, r[c + 1].tag == int, r[b].object.pointee.kind == .array {
                    let array = r[b].object.array
                    let (row, column) = (r[c].int &- 1, r[c + 1].int &- 1)
                    if array.pointee.dimensions == 2, row >= 0, row < array.sizes[0], column >= 0,
                        column < array.sizes[1]
                    {
                        let value = array.load(row &+ column &* array.sizes[0])
                        r[a] = value
                        if !value.isUndefined { continue }
                    }
                }
            case .setIndex1:
                if r[a].isHeap, r[b].tag == int, r[a].object.pointee.kind == .array {
                    let array = r[a].object.array
                    let index = r[b].int &- 1
                    let wanted = array.pointee.elementTag
                    let fits = wanted == r[c].tag & 0xFFFF_FFFF && !r[c].isType || wanted == UInt64(Core.any)
                    if index >= 0, index < array.count, fits {
                        array.store(index, r[c])
                        continue
                    }
                }
            case .setIndex2:
                if r[a].isHeap, r[b].tag == int, r[b + 1].tag == int, r[a].object.pointee.kind == .array {
                    let array = r[a].object.array
                    let (row, column) = (r[b].int &- 1, r[b + 1].int &- 1)
                    let wanted = array.pointee.elementTag
                    let fits = wanted == r[c].tag & 0xFFFF_FFFF && !r[c].isType || wanted == UInt64(Core.any)
                    if fits, array.pointee.dimensions == 2, row >= 0, row < array.sizes[0], column >= 0,
                        column < array.sizes[1]
                    {
                        array.store(row &+ column &* array.sizes[0], r[c])
                        continue
                    }
                }

            case .loopRange:
                if r[b].tag == int && r[c].tag == int {
                    r[a + 1] = r[b]
                    r[a] = Value(tag: Value.loopRangeTag, bits: r[c].bits)
                    continue
                }
            case .iterateFirst:
                if r[b].tag == Value.loopRangeTag {
                    if r[c].int > Int(truncatingIfNeeded: r[b].bits) {
                        hot.pointee.fuel &-= Int(i.pointee.cost0)
                        pc = code.pointee.instructions + Int(i.pointee.immediate)
                    } else {
                        hot.pointee.fuel &-= Int(i.pointee.cost1)
                        r[a] = r[c]
                        pc += 1
                    }
                    if hot.pointee.fuel >= 0 { continue }
                }
            case .iterateNext:
                if r[b].tag == Value.loopRangeTag {
                    if r[c].bits == r[b].bits {
                        hot.pointee.fuel &-= Int(i.pointee.cost1)
                        pc += 1
                    } else {
                        hot.pointee.fuel &-= Int(i.pointee.cost0)
                        r[c] = Value(r[c].int &+ 1)
                        r[a] = r[c]
                        pc = code.pointee.instructions + Int(i.pointee.immediate)
                    }
                    if hot.pointee.fuel >= 0 { continue }
                }
            case .popHandler:
                _ = handlers.popLast()
                continue
            default: break
            }
            if hot.pointee.fuel < 0 {
                frame.pointee.next = pc
                throw stop(.fuelExhausted)
            }
            frame.pointee.next = pc
            if hot.pointee.nesting == 0 { hot.pointee.protected = heap.objectCount }
            try slow(i, r)
            frame = hot.pointee.frame
            r = frame.pointee.base
            code = frame.pointee.code
            pc = frame.pointee.next
        }
    }

    /// Takes the conditional jump at `pc`.
    @inline(__always)
    private func branch(
        _ truth: Bool, _ pc: inout UnsafeMutablePointer<Instruction>, _ code: UnsafeMutablePointer<Code>,
        _ hot: UnsafeMutablePointer<HotState>
    ) throws(Unwind) {
        let jump = pc
        if truth {
            hot.pointee.fuel &-= Int(jump.pointee.cost1)
            pc = jump + 1
        } else {
            hot.pointee.fuel &-= Int(jump.pointee.cost0)
            pc = code.pointee.instructions + Int(jump.pointee.immediate)
        }
        if hot.pointee.fuel < 0 {
            hot.pointee.frame.pointee.next = pc
            throw stop(.fuelExhausted)
        }
    }

    @inline(__always)
    static func compare<T: Comparable>(_ operation: Opcode, _ x: T, _ y: T) -> Bool {
        switch operation {
        case .less, .lessJump: x < y
        case .lessEqual, .lessEqualJump: x <= y
        case .greater, .greaterJump: x > y
        case .greaterEqual, .greaterEqualJump: x >= y
        case .equal, .equalJump: x == y
        default: x != y
        }
    }

    @inline(__always)
    private static func matches(
        _ cache: UnsafeMutablePointer<CallCache>, _ base: UnsafeMutablePointer<Value>, _ count: Int
    ) -> Bool {
        guard let tags = cache.pointee.tags else { return false }
        var index = 0
        while index <= count {
            if tags[index] != base[index].tag { return false }
            index &+= 1
        }
        return true
    }

    /// Looks a call up and keeps the answer at the call.
    func remember(
        _ cache: UnsafeMutablePointer<CallCache>, _ base: UnsafeMutablePointer<Value>, _ count: Int,
        keyword: Bool = false
    ) throws(Unwind) -> UnsafeMutablePointer<Invocation> {
        let invocation = try lookup(base, count, keyword: keyword)
        if cache.pointee.tags == nil {
            let tags = UnsafeMutablePointer<UInt64>.allocate(capacity: count + 1)
            callTags.append(tags)
            cache.pointee.tags = tags
        }
        for index in 0...count { cache.pointee.tags?[index] = base[index].tag }
        cache.pointee.invocation = invocation
        cache.pointee.epoch = hot.pointee.epoch
        return invocation
    }
}
