import Testing

@testable import Julia

/// What would give a wrong answer stops the run instead, and says where.
@Suite("Unsupported programs stop")
struct UnsupportedTests {
    @Test(
        "with the place and name of what is missing",
        arguments: [
            "b = [1 2; 3 4]'", "adjoint([1, 2])", "f(m) = transpose(m)\nf([1 2])", "a = [1, 2]' * [1 2; 3 4]",
            "a = [1, 2]\n@views a[1:2]", "view([1 2; 3 4], 1:2, 1:2)", "Base.:+(a::Int, b::Int) = 1",
            "import Base: ==\n==(a, b) = true", "Base.getindex(a::Vector{Int}, i::Int) = 0",
            "f(x::T) where {T} = (g(y::T) = y; g(x))\nf(1)", "println([sqrt(x) for x in Int[]])",
            "x = [x^2 for x in Int[]]\npush!(x, 1)",
            "using Test\n@test_broken false", "using Test\n@test_logs 1", "@time 1", "using Test\n@inferred 1",
            "using Test\n@test false broken = true", "macro m()\n 1\nend", "x = :(1 + 2)", "x = quote\n 1\nend",
            "eval(:x)", "@eval 1",
        ])
    func unsupported(source: String) throws {
        let outcome = try ProgramTests.run(source)
        guard case .failure(let failure) = outcome.result, case .unsupported = failure.trap else {
            Issue.record("\(source) gave \(outcome.result)")
            return
        }
        #expect(failure.location.line > 0)
    }

    @Test("operators for a program's own types are no redefinition")
    func ownOperators() throws {
        let source =
            "struct V\n x\nend\nBase.:+(a::V, b::Int) = a.x + b\nBase.:(==)(a::V, b::V) = a.x == b.x\nV(1) + 2 == 3 && V(1) == V(1)"
        #expect(try ProgramTests.run(source).result.get().text == "true")
    }
}
