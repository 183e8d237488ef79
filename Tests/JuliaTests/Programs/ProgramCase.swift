import Testing

/// A program and what it prints in Julia 1.10.
struct ProgramCase: Sendable, CustomTestStringConvertible {
    var name: String
    var source: String
    var output: String

    init(_ name: String, _ source: String, _ output: String) {
        self.name = name
        self.source = source
        self.output = output
    }

    var testDescription: String { name }

    static let groups = [basics, functions, types, collections, text, errors, views]
    static let all = groups.flatMap { $0 }
}

extension ProgramCase {
    static let basics: [ProgramCase] = [
        ProgramCase(
            "integer arithmetic", "println(1 + 2 * 3, \" \", 7 ÷ 2, \" \", -7 ÷ 2, \" \", mod(-7, 3), \" \", 7 % 3)",
            "7 3 -3 2 1\n"),
        ProgramCase("overflow wraps", "println(typemax(Int64) + 1)", "-9223372036854775808\n"),
        ProgramCase("division gives a float", "println(7 / 2, \" \", 6 / 3)", "3.5 2.0\n"),
        ProgramCase(
            "float printing", "println(1e6, \" \", 100000.0, \" \", 1e-5, \" \", 0.1 + 0.2)",
            "1.0e6 100000.0 1.0e-5 0.30000000000000004\n"),
        ProgramCase("mixed promotion", "println(1 + 2.5, \" \", true + 1, \" \", Int8(3) + 4)", "3.5 2 7\n"),
        ProgramCase("narrow wraparound", "println(Int8(127) + Int8(1), \" \", UInt8(255) + UInt8(1))", "-128 0\n"),
        ProgramCase("powers", "println(2^10, \" \", 2.0^3, \" \", 2^0)", "1024 8.0 1\n"),
        ProgramCase(
            "bit operations", "println(5 & 3, \" \", 5 | 3, \" \", xor(5, 3), \" \", 1 << 10, \" \", -8 >> 1)",
            "1 7 6 1024 -4\n"),
        ProgramCase("comparison chains", "x = 5\nprintln(1 < x <= 5, \" \", 1 < x < 5)", "true false\n"),
        ProgramCase(
            "short circuit", "f() = (println(\"called\"); true)\nprintln(false && f())\nprintln(true || f())",
            "false\ntrue\n"),
        ProgramCase(
            "while",
            "function f()\n i = 0\n while true\n i += 1\n i == 3 && continue\n i > 5 && break\n print(i, \" \")\n end\nend\nf()",
            "1 2 4 5 "),
        ProgramCase(
            "nested for with break", "for i in 1:3, j in 1:3\n j > i && break\n print(i, j, \" \")\nend", "11 "),
        ProgramCase(
            "step ranges", "for i in 10:-3:1\n print(i, \" \")\nend\nprintln(collect(1:2:7))", "10 7 4 1 [1, 3, 5, 7]\n"
        ),
        ProgramCase("let scopes", "x = 1\nlet x = 2\n println(x)\nend\nprintln(x)", "2\n1\n"),
        ProgramCase(
            "if elseif else",
            "g(x) = if x > 0 \"pos\" elseif x < 0 \"neg\" else \"zero\" end\nprintln(g(1), g(-1), g(0))", "posnegzero\n"
        ),
        ProgramCase("ternary", "println(3 > 2 ? \"yes\" : \"no\")", "yes\n"),
        ProgramCase(
            "tuples",
            "t = (1, \"a\", 'c')\nprintln(t, \" \", t[2], \" \", length(t))\na, b = 1, 2\na, b = b, a\nprintln(a, b)",
            "(1, \"a\", 'c') a 3\n21\n"),
        ProgramCase(
            "named tuples", "n = (a = 1, b = 2)\nprintln(n, \" \", n.a, \" \", keys(n))", "(a = 1, b = 2) 1 (:a, :b)\n"),
        ProgramCase(
            "big integers", "println(factorial(big(25)), \" \", big(2)^100)",
            "15511210043330985984000000 1267650600228229401496703205376\n"),
        ProgramCase("rationals", "println(1//2 + 1//3, \" \", 3//6)", "5//6 1//2\n"),
        ProgramCase(
            "gcd and lcm", "println(gcd(12, 18), \" \", lcm(4, 6), \" \", isqrt(17), \" \", powermod(2, 10, 1000))",
            "6 12 4 24\n"),
        ProgramCase(
            "rounding",
            "println(round(2.5), \" \", round(Int, 3.7), \" \", floor(Int, -1.5), \" \", round(3.14159; digits = 2))",
            "2.0 4 -2 3.14\n"),
        ProgramCase(
            "digits", "println(digits(123), \" \", string(255; base = 16), \" \", ndigits(1000))", "[3, 2, 1] ff 4\n"),
    ]

    static let functions: [ProgramCase] = [
        ProgramCase("recursion", "fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)\nprintln(fib(15))", "610\n"),
        ProgramCase(
            "closures share",
            "function counter()\n n = 0\n () -> (n += 1; n)\nend\nc = counter()\nc()\nc()\nprintln(c())", "3\n"),
        ProgramCase(
            "loop closures are fresh", "fs = []\nfor i in 1:3\n push!(fs, () -> i)\nend\nprintln([f() for f in fs])",
            "[1, 2, 3]\n"),
        ProgramCase(
            "optional arguments", "f(a, b = a + 1, c = b * 2) = (a, b, c)\nprintln(f(1), f(1, 5), f(1, 5, 0))",
            "(1, 2, 4)(1, 5, 10)(1, 5, 0)\n"),
        ProgramCase(
            "keywords", "f(x; a = 1, b = a + 1) = x + a + b\nprintln(f(1), \" \", f(1; b = 10), \" \", f(1, a = 5))",
            "4 12 12\n"),
        ProgramCase("keyword rest", "f(; kw...) = sum(values(kw))\nprintln(f(a = 1, b = 2))", "3\n"),
        ProgramCase(
            "varargs and splat", "f(x, rest...) = (x, rest)\nprintln(f(1), f(1, 2, 3), f([4, 5]...))",
            "(1, ())(1, (2, 3))(4, (5,))\n"),
        ProgramCase("do block", "println(map([1, 2, 3]) do x\n x * 10\nend)", "[10, 20, 30]\n"),
        ProgramCase("composition and pipe", "println((sqrt ∘ abs)(-16.0), \" \", [1, 2, 3] |> sum)", "4.0 6\n"),
        ProgramCase(
            "local functions",
            "function outer(n)\n even(k) = k == 0 ? true : odd(k - 1)\n odd(k) = k == 0 ? false : even(k - 1)\n even(n)\nend\nprintln(outer(10), outer(7))",
            "truefalse\n"),
        ProgramCase("return types", "f(x)::Int = x\nprintln(f(2.0))", "2\n"),
        ProgramCase("destructured arguments", "f((a, b), c) = a + b + c\nprintln(f((1, 2), 3))", "6\n"),
        ProgramCase(
            "reduce and friends",
            "println(reduce(+, 1:5), \" \", foldr(-, [1, 2, 3]), \" \", mapreduce(x -> x^2, +, 1:3))", "15 2 14\n"),
        ProgramCase(
            "broadcast", "x = [1, 2, 3]\nprintln(x .+ 1, \" \", x .* x, \" \", sqrt.([4.0, 9.0]), \" \", x .== 2)",
            "[2, 3, 4] [1, 4, 9] [2.0, 3.0] Bool[0, 1, 0]\n"),
        ProgramCase("broadcast assignment", "x = zeros(3)\nx .= 1:3\nx .+= 1\nprintln(x)", "[2.0, 3.0, 4.0]\n"),
        ProgramCase("generators", "println(sum(x^2 for x in 1:4), \" \", maximum(abs(x) for x in [-3, 2]))", "30 3\n"),
        ProgramCase(
            "comprehension with condition",
            "println([x for x in 1:10 if iseven(x)], \" \", [(i, j) for i in 1:2 for j in 1:i])",
            "[2, 4, 6, 8, 10] [(1, 1), (2, 1), (2, 2)]\n"),
        ProgramCase("matrix comprehension", "println([i * j for i in 1:2, j in 1:3])", "[1 2 3; 2 4 6]\n"),
    ]

    static let types: [ProgramCase] = [
        ProgramCase(
            "structs and dispatch",
            "abstract type Shape end\nstruct Circle <: Shape\n r::Float64\nend\nstruct Rect <: Shape\n w\n h\nend\narea(c::Circle) = 3 * c.r^2\narea(r::Rect) = r.w * r.h\nprintln(area(Circle(2)), \" \", area(Rect(2, 3)), \" \", Circle(1), \" \", Rect(1, 2) isa Shape)",
            "12.0 6 Circle(1.0) true\n"),
        ProgramCase(
            "mutable structs", "mutable struct P\n x::Int\nend\np = P(1)\np.x += 41\nprintln(p.x, \" \", p)",
            "42 P(42)\n"),
        ProgramCase(
            "parametric types",
            "struct Box{T}\n v::T\nend\nprintln(Box(1), \" \", Box(\"a\"), \" \", typeof(Box(1.5)), \" \", Box{Float64}(1))",
            "Box{Int64}(1) Box{String}(\"a\") Box{Float64} Box{Float64}(1.0)\n"),
        ProgramCase(
            "static parameters",
            "f(x::Vector{T}) where {T} = T\ng(x::T, y::T) where {T<:Number} = \"same\"\ng(x, y) = \"other\"\nprintln(f([1.0]), \" \", g(1, 2), \" \", g(1, 2.0))",
            "Float64 same other\n"),
        ProgramCase(
            "inner constructors",
            "struct Even\n n::Int\n Even(n) = isodd(n) ? error(\"odd\") : new(n)\nend\nprintln(Even(4).n)\ntry\n Even(3)\ncatch e\n println(e.msg)\nend",
            "4\nodd\n"),
        ProgramCase(
            "operator methods",
            "import Base: +, show\nstruct V\n x\n y\nend\n+(a::V, b::V) = V(a.x + b.x, a.y + b.y)\nshow(io::IO, v::V) = print(io, \"<\", v.x, \",\", v.y, \">\")\nprintln(V(1, 2) + V(3, 4), \" \", [V(0, 0)])",
            "<4,6> V[<0,0>]\n"),
        ProgramCase(
            "iteration protocol",
            "struct Count\n n\nend\nBase.iterate(c::Count, i = 1) = i > c.n ? nothing : (i, i + 1)\nBase.length(c::Count) = c.n\nfor x in Count(3)\n print(x, \" \")\nend\nprintln(sum(Count(4)))",
            "1 2 3 10\n"),
        ProgramCase(
            "callable structs",
            "struct Add\n n\nend\n(a::Add)(x) = a.n + x\nprintln(Add(2)(3), \" \", map(Add(10), [1, 2]))",
            "5 [11, 12]\n"),
        ProgramCase(
            "dispatch on Type",
            "f(::Type{Int}) = \"int\"\nf(::Type{T}) where {T<:AbstractString} = \"string\"\nf(x) = \"value\"\nprintln(f(Int), f(String), f(1))",
            "intstringvalue\n"),
        ProgramCase(
            "Val dispatch", "f(::Val{1}) = \"one\"\nf(::Val{N}) where {N} = N\nprintln(f(Val(1)), f(Val(7)))", "one7\n"),
        ProgramCase(
            "unions and nothing", "f(x::Union{Int,Nothing}) = x === nothing ? 0 : x\nprintln(f(3), f(nothing))", "30\n"),
        ProgramCase(
            "subtyping",
            "println(Int <: Real, \" \", Vector{Int} <: Vector{Real}, \" \", Vector{Int} <: Vector{<:Real}, \" \", Tuple{Int} <: Tuple{Real})",
            "true false true true\n"),
        ProgramCase(
            "type printing",
            "println(typeof([1]), \" \", typeof(Dict(\"a\" => 1)), \" \", Union{Int,String}, \" \", typeof((1, 2.0)), \" \", Vector)",
            "Vector{Int64} Dict{String, Int64} Union{Int64, String} Tuple{Int64, Float64} Vector\n"),
        ProgramCase(
            "enums", "@enum Color red green blue\nprintln(red, \" \", Int(blue), \" \", Color(1))", "red 2 green\n"),
        ProgramCase(
            "kwdef", "Base.@kwdef struct C\n a::Int = 1\n b = \"x\"\nend\nprintln(C(), \" \", C(a = 5))",
            "C(1, \"x\") C(5, \"x\")\n"),
        ProgramCase(
            "modules", "module M\nexport f\nf(x) = x + k\nconst k = 10\nend\nusing .M\nprintln(f(1), \" \", M.k)",
            "11 10\n"),
        ProgramCase("convert in fields", "struct F\n x::Float64\nend\nprintln(F(1).x)", "1.0\n"),
        ProgramCase(
            "identity and equality",
            "println([1] == [1], \" \", [1] === [1], \" \", (1, 2) === (1, 2), \" \", \"a\" === \"a\")",
            "true false true true\n"),
    ]
}
