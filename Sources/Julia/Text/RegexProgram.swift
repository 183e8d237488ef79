/// One step of the backtracking machine; numbers are places in the program or slots.
enum RegexInstruction: Sendable {
    case literal(UInt32)
    /// A character given in lower case, compared in lower case.
    case folded(UInt32)
    case set(Int)
    case any
    case anyButNewline
    /// Goes to the first place, and on failure to the second.
    case split(Int, Int)
    case jump(Int)
    /// Notes the position in a slot.
    case save(Int)
    /// Leaves a loop whose last round matched nothing.
    case loopCheck(slot: Int, exit: Int)
    case assertion(RegexAssertion)
    case backReference(Int, ignoresCase: Bool)
    /// Runs what follows up to `accept` as a part of its own, then goes on at `end`. `back` characters are stepped back
    /// first; a lookaround does not move the position.
    case look(end: Int, back: Int, negated: Bool)
    case atomic(end: Int)
    case accept
}

/// Turns a parsed pattern into instructions.
struct RegexCompiler {
    private(set) var program: [RegexInstruction] = []
    private(set) var sets: [RegexCharacterSet] = []
    private(set) var slotCount: Int

    init(groupCount: Int) { slotCount = 2 * (groupCount + 1) }

    mutating func compile(_ pattern: RegexNode) throws(RegexSyntaxError) {
        try emit(.save(0))
        try add(pattern)
        try emit(.save(1))
        try emit(.accept)
    }

    private mutating func emit(_ instruction: RegexInstruction) throws(RegexSyntaxError) {
        guard program.count < RegexLimits.instructionsMax else {
            throw RegexSyntaxError(message: "regular expression is too large", offset: 0)
        }
        program.append(instruction)
    }

    private mutating func add(_ node: RegexNode) throws(RegexSyntaxError) {
        switch node {
        case .empty: break
        case .literal(let value, let ignoresCase):
            let lower = UnicodeText.lower(value)
            let isCased = ignoresCase && (lower != value || UnicodeText.upper(value) != value)
            try emit(isCased ? .folded(lower) : .literal(value))
        case .set(let set):
            sets.append(set)
            try emit(.set(sets.count - 1))
        case .any(let includesNewline): try emit(includesNewline ? .any : .anyButNewline)
        case .sequence(let nodes): for node in nodes { try add(node) }
        case .alternatives(let nodes): try addAlternatives(nodes)
        case .group(let number, let node):
            try emit(.save(2 * number))
            try add(node)
            try emit(.save(2 * number + 1))
        case .repeated(let node, let minimum, let maximum, let greedy, let possessive):
            guard possessive else { return try addRepeat(node, minimum, maximum, greedy) }
            try addAtomic(
                .repeated(node, minimum: minimum, maximum: maximum, greedy: true, possessive: false))
        case .assertion(let assertion): try emit(.assertion(assertion))
        case .look(let node, let ahead, let negated): try addLook(node, ahead, negated)
        case .atomic(let node): try addAtomic(node)
        case .backReference(let group, let ignoresCase): try emit(.backReference(group, ignoresCase: ignoresCase))
        case .keepOut: try emit(.save(0))
        }
    }

    private mutating func addAlternatives(_ nodes: [RegexNode]) throws(RegexSyntaxError) {
        var jumps: [Int] = []
        for (number, node) in nodes.enumerated() {
            guard number < nodes.count - 1 else {
                try add(node)
                break
            }
            let split = program.count
            try emit(.split(split + 1, 0))
            try add(node)
            jumps.append(program.count)
            try emit(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        for jump in jumps { program[jump] = .jump(program.count) }
    }

    private mutating func addRepeat(_ node: RegexNode, _ minimum: Int, _ maximum: Int?, _ greedy: Bool)
        throws(RegexSyntaxError)
    {
        for _ in 0..<minimum { try add(node) }
        guard let maximum else { return try addLoop(node, greedy) }
        var splits: [Int] = []
        for _ in minimum..<max(minimum, maximum) {
            splits.append(program.count)
            try emit(.jump(0))
            try add(node)
        }
        for split in splits {
            program[split] = greedy ? .split(split + 1, program.count) : .split(program.count, split + 1)
        }
    }

    private mutating func addLoop(_ node: RegexNode, _ greedy: Bool) throws(RegexSyntaxError) {
        let head = program.count
        try emit(.jump(0))
        let slot = slotCount
        let checks = node.canBeEmpty
        if checks {
            slotCount += 1
            try emit(.save(slot))
        }
        try add(node)
        let check = program.count
        if checks { try emit(.loopCheck(slot: slot, exit: 0)) }
        try emit(.jump(head))
        let exit = program.count
        if checks { program[check] = .loopCheck(slot: slot, exit: exit) }
        program[head] = greedy ? .split(head + 1, exit) : .split(exit, head + 1)
    }

    private mutating func addAtomic(_ node: RegexNode) throws(RegexSyntaxError) {
        let start = program.count
        try emit(.atomic(end: 0))
        try add(node)
        try emit(.accept)
        program[start] = .atomic(end: program.count)
    }

    private mutating func addLook(_ node: RegexNode, _ ahead: Bool, _ negated: Bool) throws(RegexSyntaxError) {
        if !ahead, case .alternatives(let nodes) = node, node.fixedLength == nil {
            // Each alternative looks back by its own length; none may match when negated.
            if negated {
                for node in nodes { try addLook(node, ahead, true) }
            } else {
                try addAlternatives(nodes.map { .look($0, ahead: false, negated: false) })
            }
            return
        }
        var back = 0
        if !ahead {
            guard let length = node.fixedLength else {
                throw RegexSyntaxError(message: "lookbehind assertion is not fixed length", offset: 0)
            }
            back = length
        }
        let start = program.count
        try emit(.look(end: 0, back: back, negated: negated))
        try add(node)
        try emit(.accept)
        program[start] = .look(end: program.count, back: back, negated: negated)
    }
}
