/// A call that is under way.
struct Frame {
    var code: UnsafeMutablePointer<Code>
    var next: UnsafeMutablePointer<Instruction>
    var base: UnsafeMutablePointer<Value>
    var statics: UnsafeMutablePointer<Value>?
    /// Register of the caller that takes the result.
    var destination: Int
}

/// Where exceptions of a `try` continue.
struct Handler {
    var frame: Int
    var target: Int
    var register: Int
    var cost: Int
}

/// What the dispatch loop changes all the time.
struct HotState {
    var fuel: Int = 0
    var frame: UnsafeMutablePointer<Frame>
    var depth = 0
    /// Grows with every method definition: remembered dispatches of older epochs are void.
    var epoch: UInt64 = 1
    /// Objects from this place on belong to the native function that runs and are not freed.
    var protected = 0
    var nesting = 0
}

/// One run of one program: types, globals, heap, frames. Nothing is shared between machines.
final class Machine {
    let limits: JuliaLimits
    let symbols = SymbolTable()
    let types: TypeTable
    let builtins = BuiltinTable.standard
    var heap = Heap()

    let registers: UnsafeMutablePointer<Value>
    let registerEnd: UnsafeMutablePointer<Value>
    let frames: UnsafeMutablePointer<Frame>
    let hot: UnsafeMutablePointer<HotState>
    var handlers: [Handler] = []
    var registersUsed: UnsafeMutablePointer<Value>

    var globals: UnsafeMutablePointer<Value>
    private(set) var globalCount = 0
    private var globalCapacity = 1 << 13
    var globalNames: [(name: String, module: Int, isConstant: Bool)] = []
    var modules: [ModuleScope] = []
    var operators: [Int] = []

    var templates: [FunctionTemplate] = []
    var closures: [ClosureRecord] = []
    var codes: [UnsafeMutablePointer<Code>] = []
    var invocations: [UnsafeMutablePointer<Invocation>] = []
    var callTags: [UnsafeMutablePointer<UInt64>] = []
    var methodOrder = 0
    var files: [String] = []
    /// Names and numbers of enum members by type.
    var enumerations: [TypeID: [(name: Int, value: Int)]] = [:]
    /// Compiled regular expressions, by number.
    var regexes: [RegularExpression] = []
    var labels = 0
    /// File whose code is being made; 0 is the prelude.
    var currentFile = 0
    var tupleTypes: [TupleKey: TypeID] = [:]

    var output: [UInt8] = []
    /// The Julia exception under way, or the trap.
    var exception = Value.nothing
    var trap: JuliaTrap?
    var trapPlace: (file: Int, location: SourceLocation)?
    /// Exceptions being handled, for `rethrow()`.
    var caught = Value.nothing
    /// Values that Swift code holds across calls into Julia.
    var pinned: [Value] = []

    static let registerMax = 1 << 20

    init(limits: JuliaLimits) {
        self.limits = limits
        types = TypeTable(symbols: symbols)
        registers = .allocate(capacity: Self.registerMax)
        registerEnd = registers + Self.registerMax
        registersUsed = registers
        let depth = max(16, min(limits.callDepth, 1 << 17)) + 64
        frames = .allocate(capacity: depth)
        hot = .allocate(capacity: 1)
        hot.initialize(to: HotState(frame: frames))
        hot.pointee.fuel = Int(clamping: limits.fuel)
        globals = .allocate(capacity: globalCapacity)
        frames.initialize(to: Self.bottomFrame(registers))
        codes.append(frames.pointee.code)
        modules = [ModuleScope(name: "Base", parent: 0), ModuleScope(name: "Main", parent: 0)]
        bindTypes()
        operators = Array(repeating: -1, count: Opcode.allCases.count)
        for (operation, name) in Opcode.genericNames {
            operators[Int(operation.rawValue)] = resolveForAssignment(name, in: 0)
        }
    }

    /// The frame below all calls, so that code that starts a call always finds one.
    private static func bottomFrame(_ registers: UnsafeMutablePointer<Value>) -> Frame {
        let instructions = UnsafeMutablePointer<Instruction>.allocate(capacity: 1)
        instructions.initialize(to: Instruction(operation: .giveBack))
        let code = UnsafeMutablePointer<Code>.allocate(capacity: 1)
        let calls = UnsafeMutablePointer<CallCache>.allocate(capacity: 1)
        let fields = UnsafeMutablePointer<FieldCache>.allocate(capacity: 1)
        let locations = UnsafeMutablePointer<SourceLocation>.allocate(capacity: 1)
        locations.initialize(to: .unknown)
        registers.initialize(to: .nothing)
        code.initialize(
            to: Code(
                instructions: instructions, count: 1, constants: .allocate(capacity: 1), constantCount: 0, calls: calls,
                callCount: 0, fields: fields, locations: locations, registers: 1, argumentCount: 1, entryCost: 0,
                isVararg: false, name: 0, file: 0))
        return Frame(code: code, next: instructions, base: registers, statics: nil, destination: 0)
    }

    deinit {
        heap.destroy()
        for code in codes { code.release() }
        for invocation in invocations {
            invocation.pointee.statics?.deallocate()
            invocation.deallocate()
        }
        for tags in callTags { tags.deallocate() }
        globals.deallocate()
        registers.deallocate()
        frames.deallocate()
        hot.deallocate()
    }

    // MARK: globals

    func addGlobal(_ name: String, module: Int) -> Int {
        if globalCount == globalCapacity {
            let larger = UnsafeMutablePointer<Value>.allocate(capacity: globalCapacity * 2)
            larger.moveInitialize(from: globals, count: globalCount)
            globals.deallocate()
            globals = larger
            globalCapacity *= 2
        }
        (globals + globalCount).initialize(to: .undefined)
        globalNames.append((name, module, false))
        globalCount += 1
        return globalCount - 1
    }

    func setConstant(_ name: String, _ value: Value, module: Int = 0) {
        let slot = resolveForAssignment(name, in: module)
        globals[slot] = value
        globalNames[slot].isConstant = true
    }

    private func bindTypes() {
        for index in 1..<Core.table.count where index != Int(Core.box) && index != Int(Core.slotRange) {
            setConstant(Core.table[index].name, Value(type: TypeID(index)))
        }
        setConstant("Union", Value(type: Core.unionType))
        for name in [types.tuple, types.array, types.abstractArray, types.namedTuple, types.typeOfTypes] {
            setConstant(types.names[name].name, Value(type: types.names[name].wrapper))
        }
        setConstant("Vararg", Value(type: types.intern(.vararg(Core.any, count: nil))))
        setConstant("Int", Value(type: Core.int64))
        setConstant("UInt", Value(type: Core.uint64))
        for (name, dimensions) in [("Vector", 1), ("Matrix", 2)] {
            for (prefix, declaration) in [("", types.array), ("Abstract", types.abstractArray)] {
                let variable = types.makeVariable("T")
                let parameters = [types.intern(.variable(variable)), types.valueType(Value(dimensions))]
                let body = types.intern(.data(name: declaration, parameters: parameters))
                setConstant(prefix + name, Value(type: types.intern(.unionAll(variable: variable, body: body))))
            }
        }
        setConstant("nothing", .nothing)
        setConstant("Base", Value(immediate: 0, type: Core.module))
        setConstant("Core", Value(immediate: 0, type: Core.module))
        setConstant("Main", Value(immediate: 1, type: Core.module))
    }

    func freshLabel() -> Int {
        labels += 1
        return labels
    }

    func add(_ template: FunctionTemplate) -> Int {
        templates.append(template)
        return templates.count - 1
    }

    func builtin(_ name: String) -> Int { builtins.indices[name] ?? 0 }
}

extension UnsafeMutablePointer where Pointee == Code {
    func release() {
        pointee.instructions.deallocate()
        pointee.constants.deallocate()
        pointee.calls.deallocate()
        pointee.fields.deallocate()
        pointee.locations.deallocate()
        deallocate()
    }
}
