import Testing

@testable import Julia

@Suite("Programs print what Julia prints")
struct ProgramTests {
    /// Cases share a machine, each in a module of its own, for setting one up is most of their time.
    @Test("prints as Julia does", arguments: ProgramCase.groups)
    func printsAsJulia(group: [ProgramCase]) throws {
        let texts = group.enumerated().map { index, program in
            (name: program.name, text: Array("module Case\(index)\n\(program.source)\nend\nprint('\\x1e')\n".utf8))
        }
        let outcome = try JuliaProgram(source: texts).run(limits: JuliaLimits())
        if case .failure(let failure) = outcome.result { Issue.record("\(failure)") }
        let outputs = String(decoding: outcome.output, as: UTF8.self)
            .split(separator: "\u{1e}", omittingEmptySubsequences: false)
        for (program, output) in zip(group, outputs) { #expect(output == program.output, "\(program.name)") }
        #expect(outputs.count == group.count + 1)
    }

    static func run(_ source: String, limits: JuliaLimits = JuliaLimits()) throws -> JuliaOutcome {
        try JuliaProgram(source: [("main.jl", Array(source.utf8))]).run(limits: limits)
    }

    private func trap(_ source: String, limits: JuliaLimits = JuliaLimits()) throws -> JuliaFailure? {
        if case .failure(let failure) = try Self.run(source, limits: limits).result { failure } else { nil }
    }

    @Test("an endless loop uses up its fuel")
    func endlessLoop() throws {
        let outcome = try Self.run("while true\nend", limits: JuliaLimits(fuel: 100_000))
        #expect(outcome.fuel == 100_000)
        #expect(try trap("while true\nend", limits: JuliaLimits(fuel: 100_000))?.trap == .fuelExhausted)
    }

    @Test("a program cannot catch the end of its fuel")
    func fuelIsNotCatchable() throws {
        let source = "try\n while true\n end\ncatch\n println(1)\nend"
        #expect(try trap(source, limits: JuliaLimits(fuel: 100_000))?.trap == .fuelExhausted)
    }

    @Test("an allocation bomb meets the memory limit")
    func allocationBomb() throws {
        let limits = JuliaLimits(heapBytes: 32 << 20)
        #expect(try trap("a = []\nwhile true\n push!(a, zeros(1000))\nend", limits: limits)?.trap == .memoryLimit)
        #expect(try trap("zeros(10^12)", limits: limits)?.trap == .memoryLimit)
        #expect(try trap("\"ab\"^(10^15)", limits: limits)?.trap == .memoryLimit)
    }

    @Test("garbage does not count against the memory limit")
    func garbageIsCollected() throws {
        let source = "function f()\n s = 0.0\n for i in 1:2000\n  s += sum(zeros(1000))\n end\n s\nend\nf()"
        #expect(try trap(source, limits: JuliaLimits(heapBytes: 24 << 20)) == nil)
    }

    @Test("deep recursion meets the depth limit")
    func deepRecursion() throws {
        let failure = try trap("f(n) = 1 + f(n + 1)\nf(0)", limits: JuliaLimits(callDepth: 500))
        #expect(failure?.trap == .depth)
        #expect(failure?.location.line == 1)
    }

    @Test("printing without end meets the output limit")
    func printingBomb() throws {
        let outcome = try Self.run("while true\n println(1)\nend", limits: JuliaLimits(outputBytes: 100))
        #expect(outcome.output.count == 100)
    }

    @Test("a syntax error says where")
    func syntaxError() {
        #expect(throws: JuliaError.self) { try Self.run("x = 1\ny = (1 +") }
    }

    @Test("what is not supported is named, with its place")
    func unsupportedIsNamed() throws {
        let failure = try trap("x = 1\nmacro m(x)\n x\nend")
        #expect(failure?.trap == .unsupported("macro definitions"))
        #expect(failure?.location.line == 2)
    }

    @Test("an uncaught exception gives its text and place")
    func uncaught() throws {
        let failure = try trap("function f()\n error(\"bad\")\nend\nf()")
        #expect(failure?.trap == .uncaught("bad"))
        #expect(failure?.location.line == 2)
    }

    @Test("main receives its arguments and gives the result")
    func entry() throws {
        let program = try JuliaProgram(source: [("m.jl", Array("main(a, b) = (a + b, \"x\")".utf8))])
        let outcome = program.run(arguments: ["1", "2.5"], limits: JuliaLimits())
        #expect(try outcome.result.get().text == "(3.5, \"x\")")
    }

    @Test("two runs agree in result, output and fuel")
    func deterministic() throws {
        for program in ProgramCase.all.prefix(4) {
            let first = try Self.run(program.source)
            let second = try Self.run(program.source)
            #expect(first.fuel == second.fuel)
            #expect(first.output == second.output)
            #expect(first.peakHeapBytes == second.peakHeapBytes)
        }
    }

    @Test("the fuel of known programs does not change unnoticed")
    func pinnedFuel() throws {
        let fib = try Self.run("fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)\nfib(10)")
        #expect(fib.fuel == 4043)
        let sum = try Self.run("function f()\n s = 0\n for i in 1:1000\n s += i\n end\n s\nend\nf()")
        #expect(sum.fuel == 4808)
    }
}
