/// A parsed pattern.
indirect enum RegexNode: Sendable {
    case empty
    case set(RegexCharacterSet)
    case literal(UInt32, ignoresCase: Bool)
    case any(includesNewline: Bool)
    case sequence([RegexNode])
    case alternatives([RegexNode])
    case group(Int, RegexNode)
    case repeated(RegexNode, minimum: Int, maximum: Int?, greedy: Bool, possessive: Bool)
    case assertion(RegexAssertion)
    case look(RegexNode, ahead: Bool, negated: Bool)
    case atomic(RegexNode)
    case backReference(Int, ignoresCase: Bool)
    /// `\K`: the match begins here.
    case keepOut

    /// Whether it can match nothing.
    var canBeEmpty: Bool {
        switch self {
        case .empty, .assertion, .look, .backReference, .keepOut: true
        case .set, .literal, .any: false
        case .sequence(let nodes): nodes.allSatisfy(\.canBeEmpty)
        case .alternatives(let nodes): nodes.contains(where: \.canBeEmpty)
        case .group(_, let node), .atomic(let node): node.canBeEmpty
        case .repeated(let node, let minimum, _, _, _): minimum == 0 || node.canBeEmpty
        }
    }

    /// How many characters it matches, if always the same number.
    var fixedLength: Int? {
        switch self {
        case .empty, .assertion, .look, .keepOut: return 0
        case .set, .literal, .any: return 1
        case .backReference: return nil
        case .group(_, let node), .atomic(let node): return node.fixedLength
        case .sequence(let nodes):
            var total = 0
            for node in nodes {
                guard let length = node.fixedLength else { return nil }
                total += length
            }
            return total
        case .alternatives(let nodes):
            guard let first = nodes.first?.fixedLength else { return nil }
            return nodes.allSatisfy { $0.fixedLength == first } ? first : nil
        case .repeated(let node, let minimum, let maximum, _, _):
            guard minimum == maximum, let length = node.fixedLength else { return nil }
            let total = length.multipliedReportingOverflow(by: minimum)
            return total.overflow ? nil : total.partialValue
        }
    }
}

enum RegexAssertion: Sendable, Hashable {
    case lineStart, lineEnd, textStart, textEnd, textEndOrNewline, subjectEnd, searchStart
    case wordBoundary(isASCII: Bool)
    case notWordBoundary(isASCII: Bool)
}
