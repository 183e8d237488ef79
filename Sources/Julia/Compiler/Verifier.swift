/// Checks code before it runs: every register, constant, cache, native function and jump lies where it must, so that the
/// dispatch loop need not look.
enum Verifier {
    /// What is wrong; nil when nothing is.
    static func problem(in instructions: [Instruction], _ generator: CodeGenerator) -> String? {
        let registers = generator.registersUsed + 1
        for (index, instruction) in instructions.enumerated() {
            let (reads, width) = operands(instruction)
            for register in reads where register >= registers { return "code with a register out of range at \(index)" }
            if let width, width.first + width.count > registers {
                return "code with an operand list out of range at \(index)"
            }
            if !isImmediateSound(instruction, instructions.count, generator) {
                return "code with an operand out of range at \(index)"
            }
        }
        guard let last = instructions.last, last.operation == .giveBack || last.operation == .jump else {
            return "code that runs past its end"
        }
        return nil
    }

    /// Registers that an instruction names, and the run of registers it takes as a list.
    private static func operands(_ i: Instruction) -> ([Int], (first: Int, count: Int)?) {
        let (a, b, c) = (Int(i.a), Int(i.b), Int(i.c))
        switch i.operation {
        case .call, .callKeyword, .callSplat, .callKeywordSplat, .makeNew: return ([a], (b, c + 1))
        case .callBuiltin, .makeTuple, .makeClosure: return ([a], (b, c))
        case .getField, .setField, .addSmall, .defineMethod, .move, .getBox, .setBox: return ([a, b], nil)
        case .index2: return ([a, b], (c, 2))
        case .setIndex2: return ([a, c], (b, 2))
        case .loopRange: return ([b, c], (a, 2))
        case .closureReady, .jump, .charge, .popHandler, .nothing: return ([], nil)
        default: return ([a, b, c], nil)
        }
    }

    private static func isImmediateSound(_ i: Instruction, _ count: Int, _ generator: CodeGenerator) -> Bool {
        let value = Int(i.immediate)
        switch i.operation {
        case _ where i.operation.isJump: return value >= 0 && value < count
        case .constant, .callSplat, .callKeywordSplat: return value >= 0 && value < generator.constants.count
        case .getGlobal, .setGlobal: return value >= 0 && value < generator.machine.globalCount
        case .call, .callKeyword, .makeNew: return value >= 0 && value < generator.callCount
        case .callBuiltin: return value >= 0 && value < generator.machine.builtins.list.count
        case .getField, .setField: return Int(i.c) < generator.fieldCount
        default: return true
        }
    }
}
