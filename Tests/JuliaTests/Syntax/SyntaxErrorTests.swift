import Julia
import Testing

@Suite("Julia syntax errors")
struct SyntaxErrorTests {
    @Test(
        "names what was refused and where",
        arguments: [
            ("x = )", 1, 5, "unexpected `)`"), ("f(", 1, 3, "unexpected end of input"),
            ("a\nb c", 2, 3, "unexpected `c`"), ("\"abc", 1, 1, "unterminated string"),
            ("if x\n  y", 2, 4, "unexpected end of input"), ("end", 1, 1, "unexpected `end`"),
            ("f (x)", 1, 3, "space before `(` of a call"), ("1.2.3", 1, 1, "invalid number"),
            ("'ab'", 1, 1, "character literal holds more than one character"),
            ("#= a", 1, 1, "unterminated multi-line comment"), ("x ?y : z", 1, 4, "space required after `?`"),
            ("\"\\q\"", 1, 2, "invalid escape sequence `\\q`"), ("1e400", 1, 1, "number too large for Float64"),
            ("try x end", 1, 7, "`try` without `catch` or `finally`"),
        ])
    func located(source: String, line: Int32, column: Int32, message: String) {
        do {
            let tree = try Parser.parseAll(source).tree
            Issue.record("parsed as \(tree)")
        } catch {
            #expect(error.message == message)
            #expect(error.location == SourceLocation(line: line, column: column))
            #expect(!error.sourceLine.isEmpty)
        }
    }

    @Test(
        "refuses what is nested too deeply without running out of stack",
        arguments: [
            "(", "[", "f(", "-", "!", "$", "a^", "@a ", "a=", "a=>", "begin ", "if a elseif ", "a->", "\"$(", "{", "a[",
            "A{",
            "-(", "let ", "(a;", "function f() ", "try ", "quote ", "a&&", "f() do ", "for i in ", "[a;;", "module A ",
            "a|>", "a.", "a'", "a-", "a::", "x where ", ":(", "return ",
        ])
    func nesting(unit: String) {
        let text = String(repeating: unit, count: 50_000) + "a"
        #expect(throws: SyntaxError.self) { try Parser.parseAll(text) }
    }

    @Test("never traps on mutated programs", arguments: [UInt64(1), 2, 3])
    func mutations(seed: UInt64) {
        var random = SplitMix(state: seed)
        let programs = Self.programs.map { Array($0.utf8) }
        var parsed = 0
        for _ in 0..<1_500 {
            var bytes = programs[random.below(programs.count)]
            for _ in 0...random.below(6) { mutate(&bytes, &random) }
            if (try? Parser.parseAll(bytes: bytes)) != nil { parsed += 1 }
        }
        #expect(parsed > 0, "seed \(seed)")
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        let place = random.below(bytes.count + 1)
        switch random.below(4) {
        case 0: bytes.insert(UInt8(random.below(256)), at: place)
        case 1: bytes.insert(contentsOf: Self.tokens[random.below(Self.tokens.count)].utf8, at: place)
        case 2 where place < bytes.count: bytes.remove(at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + random.below(12)))
        }
    }

    private static let tokens = [
        "end", "begin ", "(", ")", "[", "]", "\"", "'", "`", "$", "@", ";", "\n", ":", "::", "...", ".", ".+", "->",
        "=", "if ",
        "for ", "do ", "where ", "=>", "#=", "=#", "0x", "1e", "\\", "é", "≤", "{", "}", "?", " : ", "!", "function ",
        "\"\"\"",
    ]
    private static let programs = [
        "function f(x::Int; y=1) where T\n  for i in 1:x\n    y += i^2\n  end\n  return y\nend\n",
        "struct P{T} <: Q\n  x::T\nend\n@test map(xs) do x\n  x' * 2\nend == [1 2; 3 4]\n",
        "a = \"x $(y[end]) z\" * r\"a+\"i\nb = [i for i in 1:3 if i > 1]\nc = a ? b : :c\n",
        "module M\nusing A: b, c as d\nexport e\nmacro m(x) quote $(esc(x)) end end\nend\n",
    ]
}

/// A fixed sequence for tests (SplitMix64).
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
