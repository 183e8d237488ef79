import Testing

@testable import Julia

/// Programs made from a seed: whatever they do, they end inside their limits, twice in the same way.
@Suite("Generated programs")
struct GeneratedProgramTests {
    struct Generator {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }

        mutating func value(_ depth: Int) -> String {
            let leaves = [
                "1", "x", "2.5", "\"s\"", "'c'", ":k", "nothing", "[1, 2]", "(1, 2)", "true", "x -> x", "1:3", "Int",
                "0x7f",
            ]
            if depth == 0 { return leaves[next(leaves.count)] }
            let (a, b) = (value(depth - 1), value(depth - 1))
            switch next(12) {
            case 0: return "(\(a) + \(b))"
            case 1: return "(\(a) * \(b))"
            case 2: return "[\(a), \(b)]"
            case 3: return "string(\(a), \(b))"
            case 4: return "(\(a) == \(b) ? \(b) : \(a))"
            case 5: return "map(x -> \(a), \(b))"
            case 6: return "f(\(a), \(b))"
            case 7: return "(\(a))[\(b)]"
            case 8: return "Dict(\(a) => \(b))"
            case 9: return "[\(a) for x in \(b)]"
            case 10: return "(\(a) .+ \(b))"
            default: return "typeof(\(a))"
            }
        }

        mutating func program() -> String {
            var text = "x = 3\nf(a, b) = a\nf(a::Int, b) = b\n"
            for _ in 0..<3 {
                text += "try\n println(\(value(3)))\ncatch e\n println(typeof(e))\nend\n"
                text += "for i in 1:\(next(4))\n global x = \(value(1))\nend\n"
            }
            return text
        }
    }

    @Test("end the same way twice", arguments: 1...25)
    func endTheSameWayTwice(seed: Int) throws {
        var generator = Generator(state: UInt64(seed))
        let source = generator.program()
        let limits = JuliaLimits(fuel: 2_000_000, heapBytes: 16 << 20, outputBytes: 1 << 16, callDepth: 300)
        let program = try JuliaProgram(source: [("generated.jl", Array(source.utf8))])
        let first = program.run(limits: limits)
        let second = program.run(limits: limits)
        #expect(first.output == second.output, "seed \(seed)")
        #expect(first.fuel == second.fuel, "seed \(seed)")
        #expect(first.fuel <= limits.fuel, "seed \(seed)")
    }
}
