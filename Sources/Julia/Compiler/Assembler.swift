/// Finds basic blocks, prices them, and lays instructions out as runnable code.
struct Assembler {
    private let generator: CodeGenerator
    private var instructions: [Instruction]
    private var locations: [SourceLocation]
    private var isLeader: [Bool] = []
    private var costs: [Int] = []

    /// A block is cut when it costs more.
    static let blockCostMax = 20_000

    init(_ generator: CodeGenerator) {
        self.generator = generator
        instructions = generator.instructions
        locations = generator.locations
        // Jumps to the end of the code land on something.
        instructions.append(Instruction(operation: .giveBack))
        locations.append(generator.location)
    }

    mutating func assemble(file: Int) throws(LoweringError) -> UnsafeMutablePointer<Code> {
        separateBlocks()
        price()
        if let problem = Verifier.problem(in: instructions, generator) {
            throw LoweringError(kind: .unsupported, message: problem, location: generator.location)
        }
        return makeCode(file: file)
    }

    private func leaders() -> [Bool] {
        var result = Array(repeating: false, count: instructions.count + 1)
        var running = 0
        result[0] = true
        for (index, instruction) in instructions.enumerated() {
            if instruction.operation.isJump, instruction.immediate >= 0, Int(instruction.immediate) < instructions.count
            {
                result[Int(instruction.immediate)] = true
            }
            if instruction.operation.endsBlock { result[index + 1] = true }
            running = result[index] ? 0 : running + Int(instruction.operation.price)
            if running > Self.blockCostMax, !instruction.operation.isJump {
                result[index] = true
                running = 0
            }
        }
        return result
    }

    /// Puts a `charge` before each block that the previous one falls into, and moves jump targets along.
    private mutating func separateBlocks() {
        let old = leaders()
        var moved = Array(repeating: 0, count: instructions.count + 1)
        var output: [Instruction] = []
        var places: [SourceLocation] = []
        for (index, instruction) in instructions.enumerated() {
            let fallsIn = index > 0 && old[index] && !instructions[index - 1].operation.endsBlock
            // A fused comparison looks at the very next instruction.
            if fallsIn {
                output.append(Instruction(operation: .charge))
                places.append(locations[index])
            }
            moved[index] = output.count
            output.append(instruction)
            places.append(locations[index])
        }
        moved[instructions.count] = output.count
        for index in output.indices where output[index].operation.isJump {
            let target = Int(output[index].immediate)
            output[index].immediate = Int32(truncatingIfNeeded: moved[max(0, min(target, instructions.count - 1))])
        }
        isLeader = Array(repeating: false, count: output.count + 2)
        for (index, flag) in old.enumerated() where flag { isLeader[moved[index]] = true }
        instructions = output
        locations = places
    }

    private mutating func price() {
        costs = Array(repeating: 0, count: instructions.count + 3)
        var running = 0
        for index in instructions.indices.reversed() {
            let operation = instructions[index].operation
            // What follows a block's end, or begins a block, is paid for on the way there.
            if operation.endsBlock || isLeader[index + 1] || operation == .charge { running = 0 }
            running += Int(operation.price)
            costs[index] = running
        }
        for index in instructions.indices { setCosts(index) }
    }

    private mutating func setCosts(_ index: Int) {
        func cost(_ place: Int) -> UInt16 { UInt16(truncatingIfNeeded: min(costs[place], 65_535)) }
        let target = Int(instructions[index].immediate)
        switch instructions[index].operation {
        case .jump, .pushHandler: instructions[index].cost0 = cost(target)
        case .jumpFalse, .closureReady, .unpackOrLeave, .unpackAndLoop:
            instructions[index].cost0 = cost(target)
            instructions[index].cost1 = cost(index + 1)
        case .iterateFirst, .iterateNext:
            instructions[index].cost0 = cost(target)
            instructions[index].cost1 = cost(index + 2)
        case .charge: instructions[index].cost0 = cost(index + 1)
        default: break
        }
    }

    private func makeCode(file: Int) -> UnsafeMutablePointer<Code> {
        let code = UnsafeMutablePointer<Code>.allocate(capacity: 1)
        let calls = UnsafeMutablePointer<CallCache>.allocate(capacity: generator.callCount + 1)
        calls.initialize(repeating: CallCache(), count: generator.callCount + 1)
        let fields = UnsafeMutablePointer<FieldCache>.allocate(capacity: generator.fieldCount + 1)
        fields.initialize(repeating: FieldCache(), count: generator.fieldCount + 1)
        code.initialize(
            to: Code(
                instructions: Self.copy(instructions), count: instructions.count,
                constants: Self.copy(generator.constants),
                constantCount: generator.constants.count, calls: calls, callCount: generator.callCount, fields: fields,
                locations: Self.copy(locations), registers: generator.registersUsed + 1,
                argumentCount: generator.function.parameters.count, entryCost: UInt16(truncatingIfNeeded: costs[0]),
                isVararg: generator.function.isVararg, name: generator.machine.symbols.intern(generator.function.name),
                file: file))
        return code
    }

    private static func copy<T>(_ list: [T]) -> UnsafeMutablePointer<T> {
        let result = UnsafeMutablePointer<T>.allocate(capacity: max(list.count, 1))
        for (index, element) in list.enumerated() { (result + index).initialize(to: element) }
        return result
    }
}
