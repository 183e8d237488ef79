/// Runs a program's statements one after another on a machine.
struct ProgramRunner {
    let machine: Machine
    let prelude: [Expression]
    let files: [(name: String, body: Expression)]

    func run(entry: String, arguments: [String]) -> JuliaOutcome {
        let limit = machine.hot.pointee.fuel
        machine.hot.pointee.fuel = Int.max >> 1
        machine.files = ["prelude"]
        var result: Result<JuliaResult, JuliaFailure>
        // Writing the error text is not the program's work.
        var left: Int?
        do throws(Unwind) {
            for body in prelude { _ = try evaluate(body, module: 0, file: 0) }
            machine.hot.pointee.fuel = limit
            result = .success(try answer(entry, arguments))
        } catch {
            machine.hot.pointee.fuel = min(machine.hot.pointee.fuel, limit)
            left = machine.hot.pointee.fuel
            result = .failure(failure())
        }
        left = max(0, left ?? machine.hot.pointee.fuel)
        var used = UInt64(limit - min(left ?? 0, limit))
        if case .failure(let failure) = result, failure.trap == .fuelExhausted { used = UInt64(limit) }
        return JuliaOutcome(result: result, output: machine.output, fuel: used, peakHeapBytes: machine.heap.peak)
    }

    private func answer(_ entry: String, _ arguments: [String]) throws(Unwind) -> JuliaResult {
        var last = Value.nothing
        for file in files {
            machine.files.append(file.name)
            predeclare(file.body, module: 1)
            last = try evaluate(file.body, module: 1, file: machine.files.count - 1)
        }
        if let slot = machine.modules[1].names[entry], !machine.globals[slot].isUndefined {
            last = try callEntry(machine.globals[slot], arguments)
        }
        machine.pinned.append(last)
        let text = try machine.call(machine.globals[machine.resolve("repr", in: 0)], [last])
        let repr = try machine.text(text)
        let type = machine.types.text(machine.typeOf(last))
        return JuliaResult(text: repr, canonicalBytes: Self.canonical(type) + Self.canonical(repr))
    }

    private func callEntry(_ function: Value, _ arguments: [String]) throws(Unwind) -> Value {
        var values: [Value] = []
        for argument in arguments {
            let parsed: Expression
            do throws(SyntaxError) {
                parsed = try Parser.parse(argument)
            } catch {
                throw machine.argumentError("argument \(argument): \(error.message)")
            }
            let value = try evaluate(parsed, module: 1, file: 0)
            machine.pinned.append(value)
            values.append(value)
        }
        return try machine.call(function, values)
    }

    private static func canonical(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes
    }

    // MARK: statements

    /// Evaluates top-level code statement by statement, so that each sees what the ones before defined.
    func evaluate(_ expression: Expression, module: Int, file: Int) throws(Unwind) -> Value {
        var last = Value.nothing
        var place = SourceLocation(line: 1, column: 1)
        let statements = expression.node("toplevel")?.arguments ?? [expression]
        for statement in statements {
            if case .line(let location) = statement {
                place = location
                continue
            }
            last = try evaluateStatement(statement, module: module, file: file, place)
        }
        return last
    }

    private func evaluateStatement(
        _ statement: Expression, module: Int, file: Int, _ place: SourceLocation
    ) throws(Unwind) -> Value {
        if statement.head == "toplevel"
            || (statement.head == "block"
                && statement.arguments.contains { $0.head == "struct" || $0.head == "macrocall" })
        {
            return try evaluate(.make("toplevel", statement.arguments), module: module, file: file)
        }
        if let node = statement.node("module") { return try evaluateModule(node, module: module, file: file) }
        if let node = statement.node("export") {
            machine.modules[module].exports.formUnion(node.arguments.compactMap { $0.symbolName })
            return .nothing
        }
        machine.currentFile = file
        let code: UnsafeMutablePointer<Code>
        do throws(LoweringError) {
            let function = try Lowering.topLevel(
                statement, machine: machine, module: module, file: file, location: place)
            code = try CodeGenerator.generate(function, machine: machine, file: file)
        } catch {
            throw machine.refuse(error, file: file)
        }
        machine.codes.append(code)
        if file > 0 { try machine.charge(code.pointee.count * 4) }
        return try machine.run(code)
    }

    private func evaluateModule(_ node: Expression.Node, module: Int, file: Int) throws(Unwind) -> Value {
        guard node.arguments.count == 3, let name = node.arguments[1].symbolName else {
            throw machine.unsupported("module without a name")
        }
        let index = machine.addModule(name, in: module)
        predeclare(node.arguments[2], module: index)
        return try evaluate(.make("toplevel", node.arguments[2].arguments), module: index, file: file)
    }

    /// Gives names that a file defines slots of their own before any use is resolved, as Julia's late binding does.
    private func predeclare(_ body: Expression, module: Int) {
        var names = AssignedNames()
        var imported: Set<String> = []
        for statement in body.arguments {
            var inner = statement
            if let documented = inner.node("macrocall"), let last = documented.arguments.last { inner = last }
            switch inner.head {
            case "import", "using":
                for list in inner.arguments.compactMap({ $0.node(":") }) {
                    imported.formUnion(
                        list.arguments.dropFirst().compactMap { $0.symbolName ?? $0.arguments.last?.symbolName })
                }
                imported.formUnion(inner.arguments.compactMap { $0.node(".")?.arguments.last?.symbolName })
            case "struct": Self.typeName(inner.arguments[1]).map { names.add($0) }
            case "abstract": Self.typeName(inner.arguments[0]).map { names.add($0) }
            default: names.collect(inner)
            }
        }
        for name in names.order where !imported.contains(name) { _ = machine.resolveForAssignment(name, in: module) }
    }

    private static func typeName(_ expression: Expression) -> String? {
        expression.symbolName ?? expression.arguments.first.flatMap { typeName($0) }
    }

    // MARK: failures

    /// The trap of a run, or the exception nobody caught as `showerror` writes it.
    private func failure() -> JuliaFailure {
        let (file, location) = machine.trapPlace ?? (0, .unknown)
        let trap = machine.trap ?? .uncaught(exceptionText())
        let name = file < machine.files.count ? machine.files[file] : ""
        return JuliaFailure(trap: trap, file: name, location: location)
    }

    private func exceptionText() -> String {
        let value = machine.exception
        machine.pinned.append(value)
        machine.hot.pointee.fuel = max(machine.hot.pointee.fuel, 0) + 1_000_000
        let shower = machine.globals[machine.resolve("__error_text", in: 0)]
        guard !shower.isUndefined else {
            let parts = machine.tupleElements(value).map { part in
                if part.isSymbol { return machine.symbols.names[part.int] }
                return (try? machine.text(part)) ?? machine.types.text(machine.dispatchType(part))
            }
            return machine.types.text(machine.typeOf(value)) + parts.description
        }
        do throws(Unwind) {
            let text = try machine.call(shower, [value])
            return try machine.text(text)
        } catch {
            machine.trap = nil
            return machine.types.text(machine.typeOf(value))
        }
    }
}
