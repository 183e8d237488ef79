/// Runs a pattern's program over one subject. It keeps its own stack, so that native stack is used only for the
/// lookarounds and atomic groups that the pattern nests.
struct RegexMatcher {
    /// A place to go back to, or what a slot held before (`program` is then the complement of the slot).
    private struct Entry {
        var program: Int
        var position: Int
    }

    private let regex: RegularExpression
    private let subject: UnsafeBufferPointer<UInt8>
    private let start: Int
    private var slots: [Int]
    private var stack: [Entry] = []
    private(set) var steps: Int
    private var isExhausted = false

    init(_ regex: RegularExpression, _ subject: UnsafeBufferPointer<UInt8>, _ start: Int, _ steps: Int) {
        self.regex = regex
        self.subject = subject
        self.start = start
        self.steps = steps
        slots = [Int](repeating: -1, count: regex.slotCount)
    }

    mutating func search(anchored: Bool) -> RegularExpression.Outcome {
        var position = start
        while true {
            stack.removeAll(keepingCapacity: true)
            if run(0, position) != nil { return .match(captures) }
            if isExhausted { return .budgetExhausted }
            guard !anchored, position < subject.count else { return .noMatch }
            position += character(position).length
        }
    }

    private var captures: [Range<Int>?] {
        (0...regex.groupCount).map { group in
            let (low, high) = (slots[2 * group], slots[2 * group + 1])
            return low >= 0 && high >= low ? low..<high : nil
        }
    }

    // MARK: Subject

    /// The character at a position inside the subject; invalid bytes count above all scalars.
    private func character(_ position: Int) -> (value: UInt32, length: Int) {
        let first = subject[position]
        if first < 0x80 { return (UInt32(first), 1) }
        let (scalar, length) = UTF8Text.decode(subject, at: position)
        return scalar.map { ($0, length) } ?? (0x11_0000 + UInt32(first), 1)
    }

    private func back(_ position: Int, _ count: Int) -> Int? {
        var index = position
        for _ in 0..<count {
            guard index > 0 else { return nil }
            index -= 1
            while index > 0, position - index < 4 * count, subject[index] & 0xC0 == 0x80 { index -= 1 }
        }
        return index
    }

    // MARK: Machine

    /// Runs from an instruction to `accept` and returns the position there; nil on failure, with the slots as before.
    private mutating func run(_ program: Int, _ position: Int) -> Int? {
        let base = stack.count
        var place = program
        var index = position
        while true {
            steps -= 1
            guard steps >= 0, stack.count < RegexLimits.stackMax else {
                isExhausted = true
                return nil
            }
            if case .accept = regex.program[place] { return index }
            if step(&place, &index) { continue }
            guard !isExhausted, backtrack(&place, &index, base) else { return nil }
        }
    }

    private mutating func backtrack(_ place: inout Int, _ index: inout Int, _ base: Int) -> Bool {
        while stack.count > base, let entry = stack.popLast() {
            if entry.program >= 0 {
                place = entry.program
                index = entry.position
                return true
            }
            slots[~entry.program] = entry.position
        }
        return false
    }

    private mutating func set(_ slot: Int, _ position: Int) {
        stack.append(Entry(program: ~slot, position: slots[slot]))
        slots[slot] = position
    }

    /// Forgets the choices above `base` but keeps what undoes the slots.
    private mutating func commit(_ base: Int) {
        var kept = base
        for index in base..<stack.count where stack[index].program < 0 {
            stack[kept] = stack[index]
            kept += 1
        }
        stack.removeLast(stack.count - kept)
    }

    /// One instruction; false if it fails.
    private mutating func step(_ place: inout Int, _ index: inout Int) -> Bool {
        switch regex.program[place] {
        case .literal, .folded, .set, .any, .anyButNewline:
            guard index < subject.count else { return false }
            let (value, length) = character(index)
            guard matches(regex.program[place], value) else { return false }
            index += length
            place += 1
        case .split(let first, let second):
            stack.append(Entry(program: second, position: index))
            place = first
        case .jump(let target): place = target
        case .save(let slot):
            set(slot, index)
            place += 1
        case .loopCheck(let slot, let exit): place = slots[slot] == index ? exit : place + 1
        case .assertion(let assertion):
            place += 1
            return holds(assertion, index)
        case .backReference(let group, let ignoresCase):
            place += 1
            return compare(group, ignoresCase, &index)
        case .look, .atomic: return runPart(&place, &index)
        case .accept: return true
        }
        return true
    }

    private func matches(_ instruction: RegexInstruction, _ value: UInt32) -> Bool {
        switch instruction {
        case .literal(let wanted): value == wanted
        case .folded(let wanted): value == wanted || UnicodeText.lower(value) == wanted
        case .set(let number): regex.sets[number].contains(value)
        case .anyButNewline: value != 10
        default: true
        }
    }

    private mutating func runPart(_ place: inout Int, _ index: inout Int) -> Bool {
        let base = stack.count
        switch regex.program[place] {
        case .atomic(let end):
            guard let after = run(place + 1, index) else { return false }
            commit(base)
            index = after
            place = end
            return true
        case .look(let end, let count, let negated):
            var found: Int?
            if let from = back(index, count) { found = run(place + 1, from) }
            if isExhausted { return false }
            // What a negated part captured is undone; it never matched as far as the rest can see.
            if found != nil, !negated { commit(base) }
            if found != nil, negated { undo(base) }
            place = end
            return (found != nil) != negated
        default: return false
        }
    }

    private mutating func undo(_ base: Int) {
        while stack.count > base, let entry = stack.popLast() {
            guard entry.program < 0 else { continue }
            slots[~entry.program] = entry.position
        }
    }

    private mutating func compare(_ group: Int, _ ignoresCase: Bool, _ index: inout Int) -> Bool {
        let (low, high) = (slots[2 * group], slots[2 * group + 1])
        guard low >= 0, high >= low else { return false }
        steps -= high - low
        var source = low
        while source < high {
            guard index < subject.count else { return false }
            let (wanted, length) = character(source)
            let (value, taken) = character(index)
            guard wanted == value || (ignoresCase && UnicodeText.lower(wanted) == UnicodeText.lower(value)) else {
                return false
            }
            source += length
            index += taken
        }
        return true
    }

    // MARK: Assertions

    private func holds(_ assertion: RegexAssertion, _ index: Int) -> Bool {
        let end = subject.count
        switch assertion {
        case .textStart: return index == 0
        case .searchStart: return index == start
        case .lineStart: return index == 0 || (subject[index - 1] == 10 && index < end)
        case .lineEnd: return index == end || subject[index] == 10
        case .textEnd, .subjectEnd: return index == end
        case .textEndOrNewline: return index == end || (index == end - 1 && subject[index] == 10)
        case .wordBoundary(let isASCII): return isWord(before: index, isASCII) != isWord(at: index, isASCII)
        case .notWordBoundary(let isASCII): return isWord(before: index, isASCII) == isWord(at: index, isASCII)
        }
    }

    private func isWord(at index: Int, _ isASCII: Bool) -> Bool {
        guard index < subject.count else { return false }
        let value = character(index).value
        if value < 0x80 || isASCII { return RegexCharacterSet.asciiWord.contains { $0.contains(value) } }
        return RegexCharacterSet.Property.word.contains(value)
    }

    private func isWord(before index: Int, _ isASCII: Bool) -> Bool {
        guard let previous = back(index, 1) else { return false }
        return isWord(at: previous, isASCII)
    }
}
