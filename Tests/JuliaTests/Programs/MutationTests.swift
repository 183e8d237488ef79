import Testing

@testable import Julia

/// Programs with pieces lost, doubled, swapped or strange: any outcome is right but a crash.
@Suite("Mutated programs")
struct MutationTests {
    private static let pieces = [
        "end", "(", ")", "[", "]", "-1", "0", "typemax(Int)", "nothing", "\"", "'a'", "…", "é", ":", "...", "where T",
        "::Int", "Union{}",
        "1e308", "[]", "()", "= ", "for i in 1:3 ", "x -> ", ";", "Int8(1)", "0:-1", "\n", "@", "$", "'", "big(2)^99",
        "1:0",
    ]

    static func mutated(_ source: String, _ random: inout Choices) -> String {
        var tokens = source.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for _ in 0...random.below(2) {
            let place = random.below(tokens.count)
            switch random.below(4) {
            case 0 where tokens.count > 1: tokens.remove(at: place)
            case 1: tokens.insert(tokens[random.below(tokens.count)], at: place)
            case 2: tokens[place] = pieces[random.below(pieces.count)]
            default: tokens.insert(pieces[random.below(pieces.count)], at: place)
            }
        }
        return tokens.joined(separator: " ")
    }

    /// A generator for choices: xorshift64.
    struct Choices {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(max(bound, 1)))
        }
    }

    @Test("end with a value or a trap", arguments: [UInt64(1), 2, 3])
    func survive(seed: UInt64) {
        var random = Choices(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let limits = JuliaLimits(fuel: 200_000, heapBytes: 64 << 20, outputBytes: 10_000, callDepth: 200)
        for round in 0..<12 {
            let program = ProgramCase.all[random.below(ProgramCase.all.count)]
            let source = Self.mutated(program.source, &random)
            guard let parsed = try? JuliaProgram(source: [("mutated.jl", Array(source.utf8))]) else { continue }
            let outcome = parsed.run(limits: limits)
            #expect(outcome.output.count <= 10_000, "seed \(seed), round \(round): \(source)")
            #expect(outcome.fuel <= limits.fuel, "seed \(seed), round \(round): \(source)")
        }
    }
}
