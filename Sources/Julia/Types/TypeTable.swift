/// All types of one run, interned: equal types have equal indices.
final class TypeTable {
    private(set) var infos: [TypeInfo] = []
    private var interned: [TypeTerm: TypeID] = [:]
    private(set) var names: [TypeName] = []
    private(set) var variables: [TypeVariable] = []
    var subtypeCache: [UInt64: Bool] = [:]

    private(set) var tuple = 0
    private(set) var namedTuple = 0
    private(set) var array = 0
    private(set) var abstractArray = 0
    private(set) var typeOfTypes = 0
    var anyTuple: TypeID = 0
    var emptyTuple: TypeID = 0
    let symbols: SymbolTable

    init(symbols: SymbolTable) {
        self.symbols = symbols
        for (index, entry) in Core.table.enumerated() { addCore(index, entry) }
        tuple = declare("Tuple", kind: .tuple).index
        anyTuple = intern(.data(name: tuple, parameters: [intern(.vararg(Core.any, count: nil))]))
        names[tuple].wrapper = anyTuple
        names[tuple].instance = anyTuple
        emptyTuple = intern(.data(name: tuple, parameters: []))
        abstractArray = declareParametric("AbstractArray", .abstract, ["T", "N"], parent: { _ in Core.any })
        array = declareParametric("Array", .structure, ["T", "N"]) { own in
            self.apply(self.names[self.abstractArray].wrapper, own)
        }
        names[array].isMutable = true
        namedTuple = declareParametric("NamedTuple", .structure, ["names", "T"], parent: { _ in Core.any })
        typeOfTypes = declareParametric("Type", .abstract, ["T"], parent: { _ in Core.any })
        for kind in [Core.dataType, Core.unionType, Core.unionAllType] {
            names[infos[Int(kind)].name].supertype = names[typeOfTypes].wrapper
        }
    }

    private func addCore(_ index: Int, _ entry: (name: String, parent: TypeID, size: Int)) {
        if index == 0 {
            infos.append(TypeInfo(term: .bottom, isConcrete: false, hasFree: false, name: -1))
            interned[.bottom] = 0
            return
        }
        let isAbstract = entry.size == 0
        let name = declare(entry.name, kind: isAbstract ? .abstract : .primitive)
        name.supertype = entry.parent
        name.size = entry.size
        name.instance = intern(.data(name: name.index, parameters: []))
        name.wrapper = name.instance
    }

    private func declareParametric(
        _ text: String, _ kind: TypeName.Kind, _ parameters: [String], parent: ([TypeID]) -> TypeID
    ) -> Int {
        let name = declare(text, kind: kind)
        name.parameters = parameters.map { makeVariable($0) }
        let own = name.parameters.map { intern(.variable($0)) }
        finish(name)
        name.supertype = parent(own)
        return name.index
    }

    func declare(_ text: String, kind: TypeName.Kind) -> TypeName {
        let name = TypeName(index: names.count, name: text, kind: kind)
        names.append(name)
        return name
    }

    /// Makes `instance` and `wrapper` of a declaration whose parameters are set.
    func finish(_ name: TypeName) {
        name.instance = intern(.data(name: name.index, parameters: name.parameters.map { intern(.variable($0)) }))
        name.wrapper = name.parameters.reversed().reduce(name.instance) { body, variable in
            intern(.unionAll(variable: variable, body: body))
        }
    }

    func makeVariable(_ name: String, lower: TypeID = Core.bottom, upper: TypeID = Core.any) -> Int {
        variables.append(TypeVariable(name: name, lower: lower, upper: upper))
        return variables.count - 1
    }

    func intern(_ term: TypeTerm) -> TypeID {
        if let known = interned[term] { return known }
        let index = TypeID(infos.count)
        let name = if case .data(let name, _) = term { name } else { -1 }
        infos.append(
            TypeInfo(term: term, isConcrete: false, hasFree: hasFree(term), name: name))
        interned[term] = index
        infos[Int(index)].isConcrete = isConcrete(term)
        return index
    }

    @inline(__always) func term(_ type: TypeID) -> TypeTerm { infos[Int(type)].term }
    func hasFree(_ type: TypeID) -> Bool { infos[Int(type)].hasFree }
    func isConcrete(_ type: TypeID) -> Bool { infos[Int(type)].isConcrete }

    private func hasFree(_ term: TypeTerm) -> Bool {
        switch term {
        case .bottom, .value, .symbols: false
        case .variable: true
        case .data(_, let parameters): parameters.contains { hasFree($0) }
        case .union(let members): members.contains { hasFree($0) }
        case .unionAll(let variable, let body): hasFree(body) && !freeVariables(body).subtracting([variable]).isEmpty
        case .vararg(let element, let count): hasFree(element) || count.map { hasFree($0) } == true
        }
    }

    /// Variables that stand free in a type (those of bounds not counted).
    func freeVariables(_ type: TypeID) -> Set<Int> {
        guard hasFree(type) else { return [] }
        switch term(type) {
        case .variable(let variable): return [variable]
        case .data(_, let list), .union(let list):
            return list.reduce(into: []) { $0.formUnion(freeVariables($1)) }
        case .unionAll(let variable, let body): return freeVariables(body).subtracting([variable])
        case .vararg(let element, let count):
            return freeVariables(element).union(count.map { freeVariables($0) } ?? [])
        case .bottom, .value, .symbols: return []
        }
    }

    private func isConcrete(_ term: TypeTerm) -> Bool {
        guard case .data(let index, let parameters) = term else { return false }
        let name = names[index]
        if name.kind == .abstract || parameters.contains(where: { hasFree($0) }) { return false }
        guard name.kind == .tuple else { return true }
        return parameters.allSatisfy { isConcreteElement($0) }
    }

    private func isConcreteElement(_ type: TypeID) -> Bool {
        if isConcrete(type) { return true }
        // `Type{X}` as a tuple's element is the type of the tuple `(X,)`, which dispatch makes.
        if case .data(let name, _) = term(type), name == typeOfTypes { return !hasFree(type) }
        return false
    }

    func tupleType(_ elements: [TypeID]) -> TypeID { intern(.data(name: tuple, parameters: elements)) }

    func arrayType(_ element: TypeID, _ dimensions: Int) -> TypeID {
        intern(.data(name: array, parameters: [element, valueType(Value(dimensions))]))
    }

    func typeOfType(_ type: TypeID) -> TypeID { intern(.data(name: typeOfTypes, parameters: [type])) }

    func valueType(_ value: Value) -> TypeID { intern(.value(tag: value.tag, bits: value.bits)) }

    /// Parameters of an instance of a declared type.
    func parameters(_ type: TypeID) -> [TypeID] {
        if case .data(_, let parameters) = term(type) { return parameters }
        return []
    }

    func remember(_ type: TypeID, _ fields: [TypeID]) {
        guard !hasFree(type) else { return }
        infos[Int(type)].fieldTypes = fields
    }

    /// The declaration behind a type, through `where`.
    func declaration(_ type: TypeID) -> TypeName? {
        switch term(type) {
        case .data(let name, _): names[name]
        case .unionAll(_, let body): declaration(body)
        case .variable(let variable): declaration(variables[variable].upper)
        default: nil
        }
    }
}
