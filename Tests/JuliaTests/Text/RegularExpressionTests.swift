import Julia
import Testing

@Suite("Julia regular expressions")
struct RegularExpressionTests {
    private func matched(_ pattern: String, _ subject: String, _ flags: String, budget: Int = 1_000_000) -> String {
        let bytes = Array(subject.utf8)
        do {
            let regex = try RegularExpression(Array(pattern.utf8), flags: flags)
            var steps = budget
            switch regex.match(bytes, steps: &steps) {
            case .match(let groups):
                let texts = groups.map { $0.map { String(decoding: bytes[$0], as: UTF8.self) } ?? "nothing" }
                return texts.joined(separator: "|")
            case .noMatch: return "no match"
            case .budgetExhausted: return "budget exhausted"
            }
        } catch {
            return error.message
        }
    }

    @Test(
        "matches as PCRE does",
        arguments: [
            ("a+b", "xaab", "", "aab"), ("(a|b)*c", "ababc", "", "ababc|b"),
            (#"^\d{3}-\d{4}$"#, "555-1234", "", "555-1234"),
            (#"(?<y>\d+)-(?<m>\d+)"#, "on 2020-05", "", "2020-05|2020|05"), ("a*?b", "aaab", "", "aaab"),
            ("a++a", "aaa", "", "no match"), ("(?>a+)b", "aab", "", "aab"), (#"(.)\1"#, "hello", "", "ll|l"),
            ("(?i)HeLLo", "hEllO", "", "hEllO"), ("hello", "HELLO", "i", "HELLO"), ("[^a-c]+", "abcxyz", "", "xyz"),
            (#"\bfoo\b"#, "a foo b", "", "foo"), ("(?<=a)b", "b ab", "", "b"), ("(?<!a)b", "ab b", "", "b"),
            ("foo(?=bar)", "foobar", "", "foo"), ("a.c", "a\nc", "", "no match"), ("a.c", "a\nc", "s", "a\nc"),
            ("^b", "a\nb", "m", "b"), (#"\p{L}+"#, "123äöü4", "", "äöü"), (#"\w+"#, "héllo wörld", "", "héllo"),
            (#"\w+"#, "héllo", "a", "h"), ("[[:alpha:]]+", "12ab3", "", "ab"), ("a b # c\n d", "abd", "x", "abd"),
            ("(a)?b", "b", "", "b|nothing"), ("x{2,3}", "xxxx", "", "xxx"), ("x{2,}?", "xxxx", "", "xx"),
            ("(?:a|ab)(?:c|bcd)", "abcd", "", "abcd"), ("(a*)*", "b", "", "|"), ("(a|)+", "aa", "", "aa|"),
            (#"a\Kb"#, "ab", "", "b"), (#"\Qa.b\E"#, "xa.b", "", "a.b"), (#"[\d-x]+"#, "1-x", "", "1-x"),
            (#"\u00e9"#, "é", "", "é"), (#"\x{1F600}"#, "😀", "", "😀"), ("(?<=a|bc)d", "bcd", "", "d"),
            ("(?P<a>x)(?P=a)", "xx", "", "xx|x"), (#"[^\W\d_]+"#, "1a_b", "", "a"), (#"\R"#, "a\r\nb", "", "\r\n"),
            ("[]a]+", "]a", "", "]a"), (#"(?=(a+))a*b\1"#, "baaabac", "", "aba|a"), ("{", "a{", "", "{"),
        ])
    func matches(pattern: String, subject: String, flags: String, expected: String) {
        #expect(matched(pattern, subject, flags) == expected)
    }

    @Test(
        "refuses patterns with the reason",
        arguments: [
            ("[", "missing terminating ] for character class"), ("(", "missing closing parenthesis"),
            ("a)", "unmatched closing parenthesis"), ("a**", "quantifier does not follow a repeatable item"),
            (#"\p{Greek}"#, "unknown property name after \\P or \\p"),
            (#"(a)\2"#, "reference to non-existent subpattern"),
            ("(?<=a+)b", "lookbehind assertion is not fixed length"),
            ("a{3,2}", "numbers out of order in {} quantifier"),
            (String(repeating: "(", count: 10_000), "parentheses are too deeply nested"),
            ("(((a{1000}){1000}){1000})", "regular expression is too large"),
        ])
    func refusals(pattern: String, message: String) {
        #expect(matched(pattern, "a", "") == message)
    }

    @Test("gives up when the budget of steps is used up")
    func budget() {
        #expect(matched("(a+)+$", String(repeating: "a", count: 40) + "b", "") == "budget exhausted")
        #expect(matched("(?=(a+)+$)a", String(repeating: "a", count: 40) + "b", "") == "budget exhausted")
    }

    @Test("never traps on random patterns and subjects", arguments: [UInt64(7)])
    func fuzz(seed: UInt64) {
        var random = SplitMix(state: seed)
        let alphabet = Array("ab(|)*+?[]^$.\\dwK{1,2}<=!:-é\u{0}".unicodeScalars)
        var compiled = 0
        for _ in 0..<5_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<random.below(14) { text.append(alphabet[random.below(alphabet.count)]) }
            guard let regex = try? RegularExpression(Array(String(text).utf8)) else { continue }
            compiled += 1
            let subject = (0..<random.below(20)).map { _ in UInt8(truncatingIfNeeded: random.next() & 0xE3 | 0x41) }
            var steps = 5_000
            if case .match(let groups) = regex.match(subject, steps: &steps) {
                #expect(groups.allSatisfy { $0.map { $0.upperBound <= subject.count } ?? true }, "seed \(seed)")
            }
        }
        #expect(compiled > 200)
    }
}
