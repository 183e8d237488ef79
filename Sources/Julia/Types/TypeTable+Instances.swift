/// Applying, substituting, joining: new types from old.
extension TypeTable {
    /// Replaces variables in a type.
    func substitute(_ type: TypeID, _ map: [Int: TypeID]) -> TypeID {
        guard hasFree(type), !map.isEmpty else { return type }
        switch term(type) {
        case .variable(let variable): return map[variable] ?? type
        case .data(let name, let parameters):
            let replaced = parameters.map { substitute($0, map) }
            return name == tuple ? tupleType(expanded(replaced)) : intern(.data(name: name, parameters: replaced))
        case .union(let members): return union(members.map { substitute($0, map) })
        case .unionAll(let variable, let body):
            return rebind(variable, body, map)
        case .vararg(let element, let count):
            return intern(.vararg(substitute(element, map), count: count.map { substitute($0, map) }))
        case .bottom, .value, .symbols: return type
        }
    }

    private func rebind(_ variable: Int, _ body: TypeID, _ map: [Int: TypeID]) -> TypeID {
        let old = variables[variable]
        let lower = substitute(old.lower, map)
        let upper = substitute(old.upper, map)
        if lower == old.lower && upper == old.upper {
            return intern(.unionAll(variable: variable, body: substitute(body, map)))
        }
        let fresh = makeVariable(old.name, lower: lower, upper: upper)
        var inner = map
        inner[variable] = intern(.variable(fresh))
        return intern(.unionAll(variable: fresh, body: substitute(body, inner)))
    }

    /// Writes `Vararg{T, 3}` out.
    private func expanded(_ elements: [TypeID]) -> [TypeID] {
        guard let last = elements.last, case .vararg(let element, let count?) = term(last),
            case .value(_, let bits) = term(count), bits < 1 << 20
        else { return elements }
        return elements.dropLast() + Array(repeating: element, count: Int(bits))
    }

    /// `type{arguments...}`; fewer arguments than variables leave the rest bound. Nil where it takes no more parameters.
    func apply(_ type: TypeID, _ arguments: [TypeID]) -> TypeID {
        if type == anyTuple { return tupleType(expanded(arguments)) }
        var result = type
        for argument in arguments {
            guard case .unionAll(let variable, let body) = term(result) else { return result }
            result = substitute(body, [variable: argument])
        }
        return result
    }

    /// How many parameters `type{…}` still takes.
    func openParameters(_ type: TypeID) -> Int {
        var count = 0
        var current = type
        while case .unionAll(_, let body) = term(current) {
            count += 1
            current = body
        }
        return count
    }

    func union(_ members: [TypeID]) -> TypeID {
        var flat: [TypeID] = []
        for member in members {
            if case .union(let inner) = term(member) {
                flat += inner
            } else if member != Core.bottom {
                flat.append(member)
            }
        }
        var kept: [TypeID] = []
        for (index, member) in flat.enumerated() where !flat[(index + 1)...].contains(member) {
            let covered = flat.contains { $0 != member && !hasFree($0) && !hasFree(member) && isSubtype(member, $0) }
            if !covered { kept.append(member) }
        }
        if kept.count == 1 { return kept[0] }
        return kept.isEmpty ? Core.bottom : intern(.union(kept.sorted()))
    }

    func supertype(_ type: TypeID) -> TypeID {
        if let known = infos[Int(type)].supertype { return known }
        guard case .data(let index, let parameters) = term(type) else { return Core.any }
        let name = names[index]
        let map = Dictionary(zip(name.parameters, parameters), uniquingKeysWith: { first, _ in first })
        return substitute(name.supertype, map)
    }

    /// Types of the fields of an instance of a struct, tuple or named tuple.
    func fieldTypes(_ type: TypeID) -> [TypeID] {
        if let known = infos[Int(type)].fieldTypes { return known }
        guard case .data(let index, let parameters) = term(type) else { return [] }
        let name = names[index]
        if name.kind == .tuple { return parameters }
        if index == namedTuple { return parameters.count == 2 ? self.parameters(parameters[1]) : [] }
        let map = Dictionary(zip(name.parameters, parameters), uniquingKeysWith: { first, _ in first })
        let types = name.fieldTypes.map { substitute($0, map) }
        if types.count == name.fieldNames.count { remember(type, types) }
        return types
    }

    func fieldNames(_ type: TypeID) -> [Int] {
        guard let name = declaration(type) else { return [] }
        if name.index == namedTuple, case .data(_, let parameters) = term(type), let first = parameters.first,
            case .symbols(let list) = term(first)
        {
            return list
        }
        return name.fieldNames
    }

    /// The smallest type above both that is no union: what a comprehension's element type widens to.
    func typeJoin(_ first: TypeID, _ second: TypeID) -> TypeID {
        if first == second || isSubtype(second, first) { return first }
        if isSubtype(first, second) { return second }
        if let joined = joinTuples(first, second) { return joined }
        var current = first
        while current != Core.any {
            if let name = declaration(current), let common = ancestor(second, of: name) {
                return common == current ? current : name.wrapper
            }
            current = supertype(current)
        }
        return Core.any
    }

    private func joinTuples(_ first: TypeID, _ second: TypeID) -> TypeID? {
        guard case .data(tuple, let left) = term(first), case .data(tuple, let right) = term(second) else { return nil }
        let isOpen = (left + right).contains { if case .vararg = term($0) { true } else { false } }
        guard left.count == right.count, !isOpen else { return anyTuple }
        return tupleType(zip(left, right).map { typeJoin($0, $1) })
    }

    /// The supertype of `type` that belongs to a declaration.
    func ancestor(_ type: TypeID, of name: TypeName) -> TypeID? {
        var current = type
        while true {
            if infos[Int(current)].name == name.index { return current }
            if current == Core.any || infos[Int(current)].name < 0 { return nil }
            current = supertype(current)
        }
    }

    /// `typeJoin`, except that `nothing` and `missing` join to a small union.
    func promoteTypeJoin(_ first: TypeID, _ second: TypeID, missing: TypeID?) -> TypeID {
        let special = [Core.nothing] + (missing.map { [$0] } ?? [])
        let left = split(first, special)
        let right = split(second, special)
        if left.special.isEmpty && right.special.isEmpty { return typeJoin(first, second) }
        let plain =
            left.plain == Core.bottom
            ? right.plain : right.plain == Core.bottom ? left.plain : typeJoin(left.plain, right.plain)
        if plain == Core.any { return Core.any }
        return union(left.special + right.special + [plain])
    }

    private func split(_ type: TypeID, _ special: [TypeID]) -> (special: [TypeID], plain: TypeID) {
        let members = if case .union(let list) = term(type) { list } else { [type] }
        return (members.filter { special.contains($0) }, union(members.filter { !special.contains($0) }))
    }
}
