/// Names of one module.
struct ModuleScope {
    var name: String
    var parent: Int
    /// Own and imported names by slot.
    var names: [String: Int] = [:]
    /// Modules of `using`, besides Base.
    var uses: [Int] = []
    var exports: Set<String> = []
    var children: [String: Int] = [:]
}

extension Machine {
    /// Standard libraries whose names live in Base here.
    static let builtinModules: Set<String> = [
        "Base", "Core", "Test", "Printf", "Random", "Statistics", "LinearAlgebra", "Iterators", "Dates", "Unicode",
        "Main",
        "InteractiveUtils", "Markdown",
    ]
    static let presentModules: Set<String> = [
        "Base", "Core", "Test", "Printf", "Iterators", "Statistics", "Random", "LinearAlgebra",
    ]

    func find(_ name: String, in module: Int) -> Int? {
        if let slot = modules[module].names[name] { return slot }
        if module == 0 { return nil }
        for used in modules[module].uses {
            guard used == module || modules[used].exports.contains(name) else { continue }
            if let slot = modules[used].names[name] { return slot }
        }
        return modules[0].names[name]
    }

    /// The slot that a name means when read; a name not yet known becomes one of the module's own.
    func resolve(_ name: String, in module: Int) -> Int {
        find(name, in: module) ?? resolveForAssignment(name, in: module)
    }

    func resolvesToBase(_ name: String, _ module: Int) -> Bool {
        guard let slot = find(name, in: module) else { return false }
        return globalNames[slot].module == 0
    }

    func resolveForAssignment(_ name: String, in module: Int) -> Int {
        if let slot = modules[module].names[name] { return slot }
        let slot = addGlobal(name, module: module)
        modules[module].names[name] = slot
        return slot
    }

    /// Where `name(x) = …` adds a method: an own or imported function, else a new one.
    func resolveForMethod(_ name: String, in module: Int) -> Int { resolveForAssignment(name, in: module) }

    /// Slot of `owner.name` where `owner` names a module; nil where it does not.
    func qualified(_ owner: String, _ name: String, from module: Int) -> Int? {
        guard let target = moduleIndex(owner, from: module) else { return nil }
        if target == 0, let child = modules[0].children[owner], child != 0 { return resolve(name, in: child) }
        return find(name, in: target) ?? (target == 0 ? addUndefined(name) : resolveForAssignment(name, in: target))
    }

    private func addUndefined(_ name: String) -> Int { resolveForAssignment(name, in: 0) }

    func moduleIndex(_ name: String, from module: Int) -> Int? {
        if let slot = find(name, in: module), globals[slot].tag == UInt64(Core.module) { return globals[slot].int }
        return Self.presentModules.contains(name) && find(name, in: module) == nil ? 0 : nil
    }

    private func moduleIndex(path: [String], from module: Int) -> Int? {
        var current = module
        var rest = path[...]
        var isRelative = false
        while rest.first == "." {
            if isRelative { current = modules[current].parent }
            isRelative = true
            rest = rest.dropFirst()
        }
        for name in rest {
            if let child = modules[current].children[name] {
                current = child
            } else if let found = moduleIndex(name, from: current) {
                current = found
            } else {
                return nil
            }
        }
        return current
    }

    /// `using path`; answers what is unsupported.
    func use(_ path: [String], in module: Int) -> String? {
        guard let target = moduleIndex(path: path, from: module) else {
            return "package \(path.joined(separator: "."))"
        }
        if target != 0 && !modules[module].uses.contains(target) { modules[module].uses.append(target) }
        if target != 0 {
            setConstant(modules[target].name, Value(immediate: UInt64(target), type: Core.module), module: module)
        }
        return nil
    }

    func importName(_ path: [String], _ name: String, as alias: String, in module: Int) -> String? {
        guard let target = moduleIndex(path: path, from: module) else {
            return "package \(path.joined(separator: "."))"
        }
        if target == module { return nil }
        modules[module].names[alias] = resolve(name, in: target)
        return nil
    }

    func importModule(_ path: [String], as alias: String?, in module: Int) -> String? {
        guard let last = path.last else { return "empty import" }
        if let target = moduleIndex(path: path, from: module) {
            let slot = resolveForAssignment(alias ?? last, in: module)
            globals[slot] = Value(immediate: UInt64(target), type: Core.module)
            return nil
        }
        // `import Base.show` names a function.
        if path.count > 1, moduleIndex(path: path.dropLast(), from: module) != nil {
            return importName(path.dropLast(), last, as: alias ?? last, in: module)
        }
        return "package \(path.joined(separator: "."))"
    }

    /// A new module inside another.
    func addModule(_ name: String, in parent: Int) -> Int {
        modules.append(ModuleScope(name: name, parent: parent))
        let index = modules.count - 1
        modules[parent].children[name] = index
        setConstant(name, Value(immediate: UInt64(index), type: Core.module), module: parent)
        return index
    }
}
