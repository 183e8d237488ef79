extension TypeTable {
    /// A type as Julia's `show` writes it.
    func text(_ type: TypeID) -> String {
        switch term(type) {
        case .bottom: return "Union{}"
        case .data(let name, let parameters): return dataText(names[name], parameters)
        case .union(let members): return "Union{" + unionOrder(members).map { text($0) }.joined(separator: ", ") + "}"
        case .unionAll: return unionAllText(type)
        case .variable(let variable): return variables[variable].name
        case .vararg(let element, let count):
            if let count { return "Vararg{\(text(element)), \(text(count))}" }
            return element == Core.any ? "Vararg" : "Vararg{\(text(element))}"
        case .value(let tag, let bits): return valueText(Value(tag: tag, bits: bits))
        case .symbols(let list):
            let names = list.map { ":" + symbols.names[$0] }
            return names.count == 1 ? "(\(names[0]),)" : "(" + names.joined(separator: ", ") + ")"
        }
    }

    private func unionOrder(_ members: [TypeID]) -> [TypeID] {
        // Julia puts `Nothing` and `Missing` first.
        members.filter { $0 == Core.nothing } + members.filter { $0 != Core.nothing }
    }

    private func valueText(_ value: Value) -> String {
        if value.isSymbol { return ":" + symbols.names[value.int] }
        if value.isBool { return value.bits == 0 ? "false" : "true" }
        if value.isFloat { return "\(value.double)" }
        if value.isNothing { return "nothing" }
        return "\(value.int)"
    }

    private func dataText(_ name: TypeName, _ parameters: [TypeID]) -> String {
        if name.index == array, parameters.count == 2, case .value(_, let bits) = term(parameters[1]),
            bits == 1 || bits == 2
        {
            return (bits == 1 ? "Vector{" : "Matrix{") + text(parameters[0]) + "}"
        }
        if name.index == tuple { return tupleText(parameters) }
        if name.index == namedTuple, parameters.count == 2, case .symbols(let list) = term(parameters[0]) {
            let types = self.parameters(parameters[1])
            let fields = zip(list, types).map { symbols.names[$0] + ($1 == Core.any ? "" : "::" + text($1)) }
            return "@NamedTuple{" + fields.joined(separator: ", ") + "}"
        }
        if name.kind == .function { return name.name.hasPrefix("#") ? name.name : "typeof(\(name.name))" }
        if parameters.isEmpty { return name.name }
        return name.name + "{" + parameters.map { text($0) }.joined(separator: ", ") + "}"
    }

    private func tupleText(_ parameters: [TypeID]) -> String {
        if parameters.count > 3, let first = parameters.first, parameters.allSatisfy({ $0 == first }) {
            return "NTuple{\(parameters.count), \(text(first))}"
        }
        if parameters.count == 1, case .vararg(Core.any, nil) = term(parameters[0]) { return "Tuple" }
        return "Tuple{" + parameters.map { text($0) }.joined(separator: ", ") + "}"
    }

    private func unionAllText(_ type: TypeID) -> String {
        if let name = declaration(type), name.wrapper == type { return name.name }
        var bound: [Int] = []
        var body = type
        while case .unionAll(let variable, let inner) = term(body) {
            bound.append(variable)
            body = inner
        }
        if case .data(array, let list) = term(body), bound.count == 1, list.first == intern(.variable(bound[0])),
            variables[bound[0]].upper == Core.any, case .value(_, let bits) = term(list[1]), bits == 1 || bits == 2
        {
            return bits == 1 ? "Vector" : "Matrix"
        }
        return text(body)
            + (bound.count == 1
                ? " where \(boundText(bound[0]))" : " where {\(bound.map { boundText($0) }.joined(separator: ", "))}")
    }

    private func boundText(_ variable: Int) -> String {
        let entry = variables[variable]
        let lower = entry.lower == Core.bottom ? "" : text(entry.lower) + "<:"
        return lower + entry.name + (entry.upper == Core.any ? "" : "<:" + text(entry.upper))
    }
}
