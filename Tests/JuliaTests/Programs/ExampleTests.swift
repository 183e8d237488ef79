import Foundation
import Julia
import Testing

/// The programs in `examples/`, as a user runs them.
@Suite("Julia examples")
struct ExampleTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("examples")

    private func run(_ text: [UInt8], _ argument: String?) throws -> (value: String, output: String) {
        let program = try JuliaProgram(source: [("program.jl", text)])
        let outcome = program.run(arguments: argument.map { [$0] } ?? [], limits: JuliaLimits())
        return (try outcome.result.get().text, String(decoding: outcome.output, as: UTF8.self))
    }

    @Test(
        "give the answers that their comments name",
        arguments: [
            ("primes", "100000", "9592", ""), ("nqueens", "8", "92", ""), ("matrix", "90", "2880067194370816120", ""),
            ("bank", "100", "1524", "Ada lacks 9400\nAda: 600\nBob: 924\n"),
            ("wordcount", "3", "18", "dog     4\nfox     4\nthe     4\n"),
        ])
    func examples(name: String, argument: String, value: String, output: String) throws {
        let text = try Data(contentsOf: Self.folder.appendingPathComponent("\(name).jl"))
        let answer = try run(Array(text), argument)
        #expect(answer.value == value)
        #expect(answer.output == output)
    }

    @Test("mandelbrot draws a picture that is the same above and below")
    func mandelbrot() throws {
        let text = try Data(contentsOf: Self.folder.appendingPathComponent("mandelbrot.jl"))
        let rows = try run(Array(text), "16").output.split(separator: "\n")
        #expect(rows.count == 16)
        for row in 1..<8 { #expect(rows[row] == rows[16 - row]) }
    }

    private static let answers = [
        (#"match(r"(?<y>\d+)-(\d+)", "on 2020-05")["y"]"#, #""2020""#),
        (#"match(r"(?<y>\d+)-(?<m>\d+)", "on 2020-05")"#, #"RegexMatch("2020-05", y="2020", m="05")"#),
        (#"match(r"z", "abc")"#, "nothing"), (#"replace("hello", r"l+" => "L")"#, #""heLo""#),
        (#"replace("john smith", r"(\w+) (\w+)" => s"\2, \1")"#, #""smith, john""#),
        (#"replace("abc", r"[ac]" => uppercase)"#, #""AbC""#),
        (#"split("a1b22c", r"\d+")"#, #"["a", "b", "c"]"#), (#"occursin(r"^A"i, "abc")"#, "true"),
        (#"findfirst(r"b+", "aabbb")"#, "3:5"), (#"[m.match for m in eachmatch(r"\w+", "a bc")]"#, #"["a", "bc"]"#),
        ("collect(0.1:0.1:0.5)", "[0.1, 0.2, 0.3, 0.4, 0.5]"), ("0.1:0.1:1.0", "0.1:0.1:1.0"),
        ("length(0:0.1:1)", "11"), ("0.1f0:0.1f0:0.5f0", "0.1f0:0.1f0:0.5f0"),
        ("collect(range(0, 1, length = 5))", "[0.0, 0.25, 0.5, 0.75, 1.0]"),
        ("Random.seed!(1234); rand()", "0.32597672886359486"),
        ("sort(shuffle(collect(1:5)))", "[1, 2, 3, 4, 5]"),
    ]

    @Test("regular expressions, ranges and random numbers answer as Julia's")
    func prelude() throws {
        let statements = Self.answers.map { "println(repr(begin; \($0.0); end))" }
        let text = (["using Random"] + statements).joined(separator: "\n")
        let lines = try run(Array(text.utf8), nil).output.split(separator: "\n")
        #expect(lines.count == Self.answers.count)
        for (line, answer) in zip(lines, Self.answers) { #expect(line == answer.1, "\(answer.0)") }
    }

    @Test("a pattern that backtracks forever uses up the fuel and no more")
    func catastrophe() throws {
        let source = #"match(r"(a+)+$", "a"^40 * "b")"#
        let program = try JuliaProgram(source: [("program.jl", Array(source.utf8))])
        let outcome = program.run(limits: JuliaLimits(fuel: 1_000_000))
        guard case .failure(let failure) = outcome.result else {
            Issue.record("no trap")
            return
        }
        #expect(failure.trap == .fuelExhausted)
        #expect(outcome.fuel == 1_000_000)
    }
}
