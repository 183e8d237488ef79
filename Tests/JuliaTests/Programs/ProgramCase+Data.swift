extension ProgramCase {
    static let collections: [ProgramCase] = [
        ProgramCase(
            "vectors",
            "a = [3, 1, 2]\npush!(a, 5)\nprintln(a, \" \", pop!(a), \" \", length(a), \" \", a[end], \" \", a[1:2])",
            "[3, 1, 2] 5 3 2 [3, 1]\n"),
        ProgramCase(
            "insertion and deletion",
            "a = [1, 2, 3]\ninsert!(a, 2, 9)\ndeleteat!(a, 1)\npushfirst!(a, 0)\nprintln(a, popfirst!(a))",
            "[9, 2, 3]0\n"),
        ProgramCase(
            "sorting",
            "println(sort([3, 1, 2]), sort([3, 1, 2]; rev = true), sort([\"bb\", \"a\"]; by = length), sortperm([3, 1, 2]))",
            "[1, 2, 3][3, 2, 1][\"a\", \"bb\"][2, 3, 1]\n"),
        ProgramCase(
            "sort is stable and long",
            "v = [(i * 7919) % 101 for i in 1:100]\nprintln(issorted(sort(v)), \" \", sort(v)[1:5])",
            "true [1, 2, 3, 4, 5]\n"),
        ProgramCase(
            "matrices", "m = [1 2; 3 4]\nprintln(m, \" \", m[2, 1], \" \", size(m), \" \", m * m, \" \", m')",
            "[1 2; 3 4] 3 (2, 2) [7 10; 15 22] [1 3; 2 4]\n"),
        ProgramCase(
            "slices of matrices", "m = [1 2 3; 4 5 6]\nprintln(m[1, :], m[:, 2], m[:, 2:3])",
            "[1, 2, 3][2, 5][2 3; 5 6]\n"),
        ProgramCase(
            "dictionaries",
            "d = Dict(\"a\" => 1)\nd[\"b\"] = 2\nprintln(d[\"a\"], haskey(d, \"z\"), get(d, \"z\", 0), length(d), sort(collect(keys(d))))",
            "1false02[\"a\", \"b\"]\n"),
        ProgramCase(
            "word count",
            "d = Dict{String,Int}()\nfor w in split(\"the cat the dog the end\")\n d[w] = get(d, w, 0) + 1\nend\nfor k in sort(collect(keys(d)))\n print(k, d[k], \" \")\nend",
            "cat1 dog1 end1 the3 "),
        ProgramCase(
            "delete from dictionaries",
            "d = Dict(i => i^2 for i in 1:20)\nfor i in 1:2:20\n delete!(d, i)\nend\nprintln(length(d), \" \", sum(values(d)), \" \", haskey(d, 3))",
            "10 1540 false\n"),
        ProgramCase("struct keys", "struct K\n a::Int\nend\nd = Dict(K(1) => \"x\")\nprintln(d[K(1)])", "x\n"),
        ProgramCase(
            "sets",
            "s = Set([1, 2, 2, 3])\nprintln(length(s), 2 in s, sort(collect(union(s, [9]))), sort(collect(intersect(s, [2, 3, 4]))))",
            "3true[1, 2, 3, 9][2, 3]\n"),
        ProgramCase(
            "zip and enumerate", "for (i, (a, b)) in enumerate(zip([1, 2], \"xy\"))\n print(i, a, b, \" \")\nend",
            "11x 22y "),
        ProgramCase(
            "find functions",
            "a = [5, 3, 8]\nprintln(findfirst(==(3), a), findmax(a), argmin(a), findall(x -> x > 4, a), count(isodd, a))",
            "2(8, 3)2[1, 3]2\n"),
        ProgramCase(
            "any and all", "println(any(x -> x > 2, [1, 3]), all(isodd, [1, 3]), in(3, [1, 2]), 2 ∈ 1:3)",
            "truetruefalsetrue\n"),
        ProgramCase(
            "typed arrays",
            "println(Int[], \" \", Float64[1, 2], \" \", Any[1, \"a\"], \" \", zeros(Int, 2), \" \", fill(\"x\", 2))",
            "Int64[] [1.0, 2.0] Any[1, \"a\"] [0, 0] [\"x\", \"x\"]\n"),
        ProgramCase(
            "nested arrays", "println([[1, 2], [3]], \" \", vcat([1], [2, 3]), \" \", reverse([1, 2, 3]))",
            "[[1, 2], [3]] [1, 2, 3] [3, 2, 1]\n"),
        ProgramCase(
            "cumulative sums",
            "println(cumsum([1, 2, 3]), \" \", prod([2, 3]), \" \", extrema([3, 1, 2]), \" \", unique([1, 2, 1]))",
            "[1, 3, 6] 6 (1, 3) [1, 2]\n"),
        ProgramCase(
            "iterators",
            "println(collect(Iterators.take(Iterators.countfrom(5), 3)), collect(Iterators.flatten([[1], [2, 3]])))",
            "[5, 6, 7][1, 2, 3]\n"),
        ProgramCase("pairs", "p = 1 => \"a\"\nprintln(p, \" \", p.first, \" \", last(p))", "1 => \"a\" 1 a\n"),
        ProgramCase("filter and map", "println(filter(iseven, 1:6), map(+, [1, 2], [3, 4]))", "[2, 4, 6][4, 6]\n"),
    ]

    static let text: [ProgramCase] = [
        ProgramCase("interpolation", "x = 3\nprintln(\"x=$x y=$(x + 1)\")", "x=3 y=4\n"),
        ProgramCase(
            "unicode strings", "s = \"héllo\"\nprintln(length(s), ncodeunits(s), uppercase(s), s[1], s[2], reverse(s))",
            "56HÉLLOhéolléh\n"),
        ProgramCase(
            "string functions",
            "println(split(\"a,b,c\", \",\"), join([1, 2], \"-\"), replace(\"aXbX\", \"X\" => \"y\"), strip(\"  t \"), lpad(5, 3, '0'))",
            "[\"a\", \"b\", \"c\"]1-2aybyt005\n"),
        ProgramCase(
            "searching",
            "println(occursin(\"ell\", \"hello\"), findfirst(\"l\", \"hello\"), startswith(\"abc\", \"ab\"), endswith(\"abc\", \"bc\"))",
            "true3:3truetrue\n"),
        ProgramCase("characters", "println('a' + 1, Int('A'), isdigit('5'), uppercase('x'), 'c' - 'a')", "b65trueX2\n"),
        ProgramCase("repeat and concatenation", "println(\"ab\"^3, \"x\" * \"y\", repeat(\"-\", 3))", "abababxy---\n"),
        ProgramCase(
            "parsing",
            "println(parse(Int, \"42\") + 1, \" \", parse(Float64, \"2.5\"), \" \", tryparse(Int, \"x\") === nothing)",
            "43 2.5 true\n"),
        ProgramCase(
            "repr", "println(repr(\"a\\n\\\"b\"), repr('x'), repr(:s), repr(1.0f0))", "\"a\\n\\\"b\"'x':s1.0f0\n"),
        ProgramCase(
            "comparison of strings", "println(\"a\" < \"b\", cmp(\"a\", \"b\"), \"a\" == \"a\")", "true-1true\n"),
        ProgramCase(
            "printf", "using Printf\n@printf(\"%5.2f|%d|%s\\n\", 3.14159, 42, \"hi\")\nprintln(@sprintf(\"%03d\", 7))",
            " 3.14|42|hi\n007\n"),
        ProgramCase(
            "iterating characters", "for c in \"aé\"\n print(c, \";\")\nend\nprintln([c for c in \"ab\"])",
            "a;é;['a', 'b']\n"),
        ProgramCase(
            "string building",
            "io = IOBuffer()\nprint(io, \"a\", 1)\nprintln(String(take!(io)))\nprintln(sprint(show, [1, 2]))",
            "a1\n[1, 2]\n"),
        ProgramCase("symbols", "println(:abc, Symbol(\"x\", 1), :a == :a)", "abcx1true\n"),
        ProgramCase("show macro", "x = 2\n@show x + 1", "x + 1 = 3\n"),
    ]

    static let errors: [ProgramCase] = [
        error("bounds", "[1, 2, 3][5]", "BoundsError: attempt to access 3-element Vector{Int64} at index [5]"),
        error("missing key", "Dict(\"a\" => 1)[\"b\"]", "KeyError: key \"b\" not found"),
        error("no method", "f(x::Int) = x\nf(\"a\")", "MethodError: no method matching f(::String)"),
        error("division by zero", "1 ÷ 0", "DivideError: integer division error"),
        error(
            "domain", "sqrt(-1.0)",
            "DomainError with -1.0:\nsqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x))."
        ),
        error("inexact", "Int(2.5)", "InexactError: Int64(2.5)"),
        error("inexact narrowing", "UInt8(300)", "InexactError: trunc(UInt8, 300)"),
        error("message", "error(\"boom \", 1)", "boom 1"),
        error("undefined variable", "undefinedname + 1", "UndefVarError: `undefinedname` not defined"),
        error("argument", "throw(ArgumentError(\"bad\"))", "ArgumentError: bad"),
        error("assertion", "@assert 1 == 2", "AssertionError: 1 == 2"),
        error("type assertion", "(1)::String", "TypeError: in typeassert, expected String, got a value of type Int64"),
        error("non boolean", "if 1\nend", "TypeError: non-boolean (Int64) used in boolean context"),
        error("parsing", "parse(Int, \"x1\")", "ArgumentError: invalid base 10 digit 'x' in \"x1\""),
        ProgramCase(
            "finally runs", "function f()\n try\n return 1\n finally\n println(\"fin\")\n end\nend\nprintln(f())",
            "fin\n1\n"),
        ProgramCase(
            "rethrow", "try\n try\n error(\"a\")\n catch\n rethrow()\n end\ncatch e\n println(\"outer \", e.msg)\nend",
            "outer a\n"),
        ProgramCase(
            "try else", "try\n 1\ncatch\n println(\"no\")\nelse\n println(\"else\")\nfinally\n println(\"end\")\nend",
            "else\nend\n"),
        ProgramCase(
            "custom exceptions",
            "struct My <: Exception\n code\nend\nBase.showerror(io::IO, e::My) = print(io, \"my \", e.code)\ntry\n throw(My(7))\ncatch e\n showerror(stdout, e)\nend",
            "my 7"),
        ProgramCase(
            "nested catch in loop",
            "for i in 1:3\n try\n i == 2 && continue\n i == 3 && error(\"three\")\n println(i)\n catch e\n println(e.msg)\n end\nend",
            "1\nthree\n"),
    ]

    private static func error(_ name: String, _ code: String, _ text: String) -> ProgramCase {
        let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
        let isDefinition = code.hasPrefix("f(x")
        let head = isDefinition ? String(lines[0]) + "\n" : ""
        let body = isDefinition ? lines.dropFirst().joined(separator: "\n") : code
        return ProgramCase("error: " + name, head + "try\n" + body + "\ncatch e\n showerror(stdout, e)\nend", text)
    }
}
