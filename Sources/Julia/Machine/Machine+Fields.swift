/// Fields and elements outside the fast paths.
extension Machine {
    func slowField(_ i: UnsafeMutablePointer<Instruction>, _ r: UnsafeMutablePointer<Value>) throws(Unwind) {
        let (a, b) = (Int(i.pointee.a), Int(i.pointee.b))
        let symbol = Int(i.pointee.immediate)
        let name = Value(immediate: UInt64(symbol), type: Core.symbol)
        let isRead = i.pointee.operation == .getField
        let owner = isRead ? r[b] : r[a]
        if isRead, owner.tag == UInt64(Core.module) {
            let slot = resolve(symbols.names[symbol], in: owner.int)
            guard !globals[slot].isUndefined else { throw undefinedVariable(symbol) }
            r[a] = globals[slot]
            return
        }
        let declaration = types.declaration(owner.isType ? typeOf(owner) : owner.type)
        if isRead ? declaration?.hasGetProperty == true || owner.isType : declaration?.hasSetProperty == true {
            try beginCall(
                generic(i.pointee.operation), isRead ? [owner, name] : [owner, name, r[b]], isRead ? a : scratch(i))
            return
        }
        let index = try fieldIndex(owner, symbol)
        if isRead {
            let value = owner.object.fields[index]
            guard !value.isUndefined else { throw raise("UndefRefError", []) }
            r[a] = value
            let cache = hot.pointee.frame.pointee.code.pointee.fields + Int(i.pointee.c)
            cache.pointee = FieldCache(tag: owner.tag, index: index)
            return
        }
        guard owner.object.isMutable else {
            throw errorException("setfield!: immutable struct of type \(types.text(owner.type)) cannot be changed")
        }
        let wanted = types.fieldTypes(owner.type)[index]
        if isInstance(r[b], of: wanted) {
            owner.object.fields[index] = r[b]
        } else {
            let setter = globals[resolve("__set_converted", in: 0)]
            try beginCall(setter, [owner, Value(index + 1), Value(type: wanted), r[b]], scratch(i))
        }
    }

    /// A register whose content no longer matters: the last of the frame.
    private func scratch(_ i: UnsafeMutablePointer<Instruction>) -> Int {
        hot.pointee.frame.pointee.code.pointee.registers - 1
    }

    /// Place of a named field; throws Julia's error for a type without it.
    func fieldIndex(_ owner: Value, _ symbol: Int) throws(Unwind) -> Int {
        let type = owner.isType ? typeOf(owner) : owner.type
        if let index = types.fieldNames(type).firstIndex(of: symbol), owner.isHeap { return index }
        if owner.isHeap, owner.object.pointee.flags & ObjectHeader.tupleFlag != 0,
            let number = Int(symbols.names[symbol]),
            number >= 1, number <= owner.object.pointee.count
        {
            return number - 1
        }
        throw errorException(
            "type \(types.declaration(type)?.name ?? types.text(type)) has no field \(symbols.names[symbol])")
    }

    func slowIndex(_ i: UnsafeMutablePointer<Instruction>, _ r: UnsafeMutablePointer<Value>) throws(Unwind) {
        let (a, b, c) = (Int(i.pointee.a), Int(i.pointee.b), Int(i.pointee.c))
        switch i.pointee.operation {
        case .index1:
            if r[b].isHeap, r[c].isInt, r[b].object.pointee.flags & ObjectHeader.tupleFlag != 0 {
                let index = r[c].int - 1
                guard index >= 0, index < r[b].object.pointee.count else { throw boundsError(r[b], r[c]) }
                r[a] = r[b].object.fields[index]
                return
            }
            try beginCall(generic(.index1), [r[b], r[c]], a)
        case .index2: try beginCall(generic(.index1), [r[b], r[c], r[c + 1]], a)
        case .setIndex1: try beginCall(generic(.setIndex1), [r[a], r[c], r[b]], scratch(i))
        default: try beginCall(generic(.setIndex1), [r[a], r[c], r[b], r[b + 1]], scratch(i))
        }
    }
}
