/// Turns one lowered function into instructions.
struct CodeGenerator {
    let machine: Machine
    let function: FunctionIR
    var instructions: [Instruction] = []
    var locations: [SourceLocation] = []
    var constants: [Value] = []
    var location: SourceLocation
    var nextRegister: Int
    var registersUsed: Int
    var callCount = 0
    var fieldCount = 0
    /// Variables that certainly have a value here.
    var definite: Set<ObjectIdentifier> = []
    var loops: [LoopContext] = []
    /// Handlers and `finally` blocks around this place, innermost last.
    var regions: [Region] = []
    var failure: String?

    struct LoopContext {
        var label: Int
        var leaves: [Int] = []
        var nexts: [Int] = []
        var regionDepth: Int
    }

    enum Region {
        case handler
        case finally(IR)
    }

    static let registersMax = 60_000

    init(machine: Machine, function: FunctionIR) {
        self.machine = machine
        self.function = function
        location = function.location
        nextRegister = 0
        for variable in function.parameters {
            variable.register = nextRegister
            nextRegister += 1
        }
        for variable in function.variables where variable.register < 0 {
            variable.register = nextRegister
            nextRegister += 1
        }
        registersUsed = nextRegister
    }

    /// The code of a function; throws the name of what is too large.
    static func generate(_ function: FunctionIR, machine: Machine, file: Int) throws(LoweringError)
        -> UnsafeMutablePointer<Code>
    {
        var generator = CodeGenerator(machine: machine, function: function)
        generator.prologue()
        _ = generator.emit(function.body, into: nil)
        if let failure = generator.failure {
            throw LoweringError(kind: .unsupported, message: failure, location: function.location)
        }
        var assembler = Assembler(generator)
        return try assembler.assemble(file: file)
    }

    private mutating func prologue() {
        for variable in function.parameters {
            definite.insert(ObjectIdentifier(variable))
            if variable.needsBox { add(.boxArgument, a: variable.register) }
        }
        for variable in function.staticParameters {
            definite.insert(ObjectIdentifier(variable))
            add(.staticParameter, a: variable.register, immediate: variable.staticIndex)
        }
    }

    // MARK: registers

    mutating func temporary() -> Int {
        reserve(1)
    }

    mutating func reserve(_ count: Int) -> Int {
        let first = nextRegister
        nextRegister += count
        registersUsed = max(registersUsed, nextRegister)
        if nextRegister > Self.registersMax { failure = "function with more than \(Self.registersMax) registers" }
        return min(first, Self.registersMax)
    }

    // MARK: instructions

    @discardableResult
    mutating func add(_ operation: Opcode, a: Int = 0, b: Int = 0, c: Int = 0, immediate: Int = 0) -> Int {
        instructions.append(
            Instruction(
                operation: operation, a: UInt16(truncatingIfNeeded: a), b: UInt16(truncatingIfNeeded: b),
                c: UInt16(truncatingIfNeeded: c), immediate: Int32(truncatingIfNeeded: immediate)))
        locations.append(location)
        return instructions.count - 1
    }

    var here: Int { instructions.count }

    mutating func patch(_ instruction: Int, to place: Int) {
        instructions[instruction].immediate = Int32(truncatingIfNeeded: place)
    }

    mutating func constantIndex(_ value: Value) -> Int {
        if let known = constants.firstIndex(where: { $0.tag == value.tag && $0.bits == value.bits }) { return known }
        constants.append(value)
        return constants.count - 1
    }

    mutating func callIndex() -> Int {
        callCount += 1
        return callCount - 1
    }

    mutating func load(_ value: Value, into destination: Int) {
        if value.isInt, let small = Int32(exactly: value.int) {
            add(.smallInteger, a: destination, immediate: Int(small))
        } else {
            add(.constant, a: destination, immediate: constantIndex(value))
        }
    }

    // MARK: variables

    mutating func read(_ variable: Variable, into destination: Int) {
        let isOwn = variable.owner === function
        let symbol = machine.symbols.intern(variable.name)
        var source = variable.register
        if !isOwn {
            source = destination
            add(.getCapture, a: destination, immediate: function.closure?.captureIndex(variable) ?? 0)
        }
        if variable.needsBox {
            add(.getBox, a: destination, b: source)
            if !definite.contains(ObjectIdentifier(variable)) { add(.checkDefined, a: destination, immediate: symbol) }
            return
        }
        if !definite.contains(ObjectIdentifier(variable)) {
            let isSafe = !isOwn && (variable.isArgument || variable.staticIndex >= 0)
            if !isSafe { add(.checkDefined, a: source, immediate: symbol) }
        }
        if source != destination { add(.move, a: destination, b: source) }
    }

    mutating func write(_ variable: Variable, from source: Int) {
        if variable.owner !== function {
            let box = temporary()
            add(.getCapture, a: box, immediate: function.closure?.captureIndex(variable) ?? 0)
            add(.setBox, a: box, b: source)
        } else if variable.needsBox {
            add(.setBox, a: variable.register, b: source)
        } else if source != variable.register {
            add(.move, a: variable.register, b: source)
        }
        if variable.owner === function { definite.insert(ObjectIdentifier(variable)) }
    }

    /// A register that holds the value; a plain variable's own where possible.
    mutating func operand(_ ir: IR) -> Int {
        if let variable = plainVariable(ir) { return variable.register }
        let register = temporary()
        _ = emit(ir, into: register)
        return register
    }

    private func plainVariable(_ ir: IR) -> Variable? {
        switch ir {
        case .local(let variable):
            let isPlain =
                variable.owner === function && !variable.needsBox && definite.contains(ObjectIdentifier(variable))
            return isPlain ? variable : nil
        case .located(_, let inner): return plainVariable(inner)
        default: return nil
        }
    }

    /// Registers of two operands, the first protected from assignments in the second.
    mutating func operands(_ first: IR, _ second: IR) -> (Int, Int) {
        var left = operand(first)
        if left < function.variables.count + 1, second.assigns {
            let copy = temporary()
            add(.move, a: copy, b: left)
            left = copy
        }
        return (left, operand(second))
    }
}

extension IR {
    /// Whether evaluating it may change a local variable of the same function.
    var assigns: Bool {
        switch self {
        case .constant, .local, .global, .closure: false
        case .located(_, let inner): inner.assigns
        case .operation(_, let first, let second): first.assigns || second.assigns
        case .index(let array, let indices): array.assigns || indices.contains { $0.assigns }
        case .call(let callee, let arguments): callee.assigns || arguments.contains { $0.assigns }
        case .builtin(_, let arguments), .tuple(let arguments): arguments.contains { $0.assigns }
        case .getField(let inner, _): inner.assigns
        default: true
        }
    }
}
