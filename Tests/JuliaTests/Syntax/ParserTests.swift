import Julia
import Testing

/// Sources and their trees as `Meta.show_sexpr` prints them, without line nodes.
@Suite("Julia parser")
struct ParserTests {
    private func check(_ cases: [(String, String)]) throws {
        for (source, tree) in cases {
            #expect(try Parser.parse(source).tree == tree, "\(source)")
        }
    }

    @Test("reads operators")
    func operators() throws {
        try check([
            (#"1 + 2 * 3 - 4"#, #"(:call, :-, (:call, :+, 1, (:call, :*, 2, 3)), 4)"#),
            (#"a:b:c"#, #"(:call, ::, :a, :b, :c)"#),
            (#"-x^2"#, #"(:call, :-, (:call, :^, :x, 2))"#),
            (#"-2^2"#, #"(:call, :-, (:call, :^, 2, 2))"#),
            (#"2^-1"#, #"(:call, :^, 2, -1)"#),
            (#"2^3^4"#, #"(:call, :^, 2, (:call, :^, 3, 4))"#),
            (#"-2x"#, #"(:call, :*, -2, :x)"#),
            (#"2x^2"#, #"(:call, :*, 2, (:call, :^, :x, 2))"#),
            (#"2(x+1)"#, #"(:call, :*, 2, (:call, :+, :x, 1))"#),
            (#"(a)b"#, #"(:call, :*, :a, :b)"#),
            (#"a < b <= c"#, #"(:comparison, :a, :<, :b, :<=, :c)"#),
            (#"a <: B"#, #"(:<:, :a, :B)"#),
            (#"x in y && z"#, #"(:&&, (:call, :in, :x, :y), :z)"#),
            (#"x isa T"#, #"(:call, :isa, :x, :T)"#),
            (#"a => b => c"#, #"(:call, :=>, :a, (:call, :=>, :b, :c))"#),
            (#"a |> f |> g"#, #"(:call, :|>, (:call, :|>, :a, :f), :g)"#),
            (#"a || b && c"#, #"(:||, :a, (:&&, :b, :c))"#),
            (#"a <<= 3"#, #"(:<<=, :a, 3)"#),
            (#"2√x"#, #"(:call, :*, 2, (:call, :√, :x))"#),
            (#"√(x)^2"#, #"(:call, :√, (:call, :^, :x, 2))"#),
            (#"x ⊻= y"#, #"(:⊻=, :x, :y)"#),
            (#"x .+ y .* z"#, #"(:call, :.+, :x, (:call, :.*, :y, :z))"#),
            (#"x .= y"#, #"(:.=, :x, :y)"#),
            (#"x .+= y"#, #"(:.+=, :x, :y)"#),
            (#"!x && y || z"#, #"(:||, (:&&, (:call, :!, :x), :y), :z)"#),
            (#"x'y"#, #"(:call, :*, (:', :x), :y)"#),
            (#"a..b"#, #"(:call, :.., :a, :b)"#),
            (#"1:2:3 .+ 1"#, #"(:call, ::, 1, 2, (:call, :.+, 3, 1))"#),
            (#"a --> b"#, #"(:-->, :a, :b)"#),
            (#"a ~ b"#, #"(:call, :~, :a, :b)"#),
            (#"a ? b : c ? d : e"#, #"(:if, :a, :b, (:if, :c, :d, :e))"#),
            (
                #"x = a == 1 ? :a : :b"#,
                #"(:=, :x, (:if, (:call, :==, :a, 1), (:quote, #QuoteNode :a), (:quote, #QuoteNode :b)))"#
            ),
            (#"x > 0 ? -x : +x"#, #"(:if, (:call, :>, :x, 0), (:call, :-, :x), (:call, :+, :x))"#),
            (#"(.+)"#, #"(:., :+)"#),
            (#".-x"#, #"(:call, :.-, :x)"#),
            (#"-f(x)"#, #"(:call, :-, (:call, :f, :x))"#),
            (#"!(a in b)"#, #"(:call, :!, (:call, :in, :a, :b))"#),
            (#""a" * "b" * "c""#, #"(:call, :*, "a", "b", "c")"#),
            (#"a = b = c, d"#, #"(:=, :a, (:=, :b, (:tuple, :c, :d)))"#),
            (#"x, = y"#, #"(:=, (:tuple, :x), :y)"#),
        ])
    }

    @Test("reads functions")
    func functions() throws {
        try check([
            (#"f(x) = 2x + 1"#, #"(:=, (:call, :f, :x), (:block, (:call, :+, (:call, :*, 2, :x), 1)))"#),
            (#"x -> x + 1"#, #"(:->, :x, (:block, (:call, :+, :x, 1)))"#),
            (#"(x, y) -> x * y"#, #"(:->, (:tuple, :x, :y), (:block, (:call, :*, :x, :y)))"#),
            (#"(x; y=1) -> x"#, #"(:->, (:tuple, (:parameters, (:kw, :y, 1)), :x), (:block, :x))"#),
            (#"function f end"#, #"(:function, :f)"#),
            (#"f(x)::Int = 5"#, #"(:=, (:::, (:call, :f, :x), :Int), (:block, 5))"#),
            (#"+(a, b) = 1"#, #"(:=, (:call, :+, :a, :b), (:block, 1))"#),
            (
                #"Base.:+(a, b) = 1"#,
                #"(:=, (:call, (:., :Base, (:quote, #QuoteNode :+)), :a, :b), (:block, 1))"#
            ),
            (#"-(a) = 1"#, #"(:=, (:call, :-, :a), (:block, 1))"#),
            (#"==(a, b) = 1"#, #"(:=, (:call, :==, :a, :b), (:block, 1))"#),
            (#"(::Type{T})(x) = 1"#, #"(:=, (:call, (:::, (:curly, :Type, :T)), :x), (:block, 1))"#),
            (#"(f::Foo)(x) = x"#, #"(:=, (:call, (:::, :f, :Foo), :x), (:block, :x))"#),
            ("f() do\n 1\n end", #"(:do, (:call, :f), (:->, (:tuple), (:block, 1)))"#),
            (
                "map(xs) do x, y\n x + y\n end",
                #"(:do, (:call, :map, :xs), (:->, (:tuple, :x, :y), (:block, (:call, :+, :x, :y))))"#
            ),
            (
                "f(a, b) do (x, y), z\n x\n end",
                #"(:do, (:call, :f, :a, :b), (:->, (:tuple, (:tuple, :x, :y), :z), (:block, :x)))"#
            ),
            (
                "function f(x::Int; y=1, z...) where T\n x + y\n end",
                #"(:function, (:where, (:call, :f, (:parameters, (:kw, :y, 1), (:..., :z)), (:::, :x, :Int)), :T), (:block, (:call, :+, :x, :y)))"#
            ),
            ("function (x, y)\n x\n end", #"(:function, (:tuple, :x, :y), (:block, :x))"#),
            (
                "function foo(a, b)::Int\n a\n end",
                #"(:function, (:::, (:call, :foo, :a, :b), :Int), (:block, :a))"#
            ),
            (#"function (f::Foo)(x) x end"#, #"(:function, (:call, (:::, :f, :Foo), :x), (:block, :x))"#),
            ("macro m(x)\n x\n end", #"(:macro, (:call, :m, :x), (:block, :x))"#),
            (#"x |> y -> z"#, #"(:call, :|>, :x, (:->, :y, (:block, :z)))"#),
        ])
    }

    @Test("reads calls")
    func calls() throws {
        try check([
            (#"f(; a=1)"#, #"(:call, :f, (:parameters, (:kw, :a, 1)))"#),
            (#"f(a; b)"#, #"(:call, :f, (:parameters, :b), :a)"#),
            (#"f((a=1))"#, #"(:call, :f, (:=, :a, 1))"#),
            (#"f(a...; b...)"#, #"(:call, :f, (:parameters, (:..., :b)), (:..., :a))"#),
            (#"f.(x, y)"#, #"(:., :f, (:tuple, :x, :y))"#),
            (#"A{T, S}(x)"#, #"(:call, (:curly, :A, :T, :S), :x)"#),
            (
                #"a.b(c).d[1]"#,
                #"(:ref, (:., (:call, (:., :a, (:quote, #QuoteNode :b)), :c), (:quote, #QuoteNode :d)), 1)"#
            ),
            (#"a[1:end-1, :]"#, #"(:ref, :a, (:call, ::, 1, (:call, :-, :end, 1)), ::)"#),
            (#"a[end]"#, #"(:ref, :a, :end)"#),
            (#"x[f(end)+1]"#, #"(:ref, :x, (:call, :+, (:call, :f, :end), 1))"#),
            (#"a[:]"#, #"(:ref, :a, ::)"#),
            (#"x.:+"#, #"(:., :x, (:quote, #QuoteNode :+))"#),
            (#"(a, b; c=1)"#, #"(:tuple, (:parameters, (:kw, :c, 1)), :a, :b)"#),
            (#"(; a=1, b)"#, #"(:tuple, (:parameters, (:kw, :a, 1), :b))"#),
            (#"(a=1, b=2)"#, #"(:tuple, (:=, :a, 1), (:=, :b, 2))"#),
            (#"(1,)"#, #"(:tuple, 1)"#),
            (#"()"#, #"(:tuple)"#),
        ])
    }

    @Test("reads arrays")
    func arrays() throws {
        try check([
            (#"[1 2; 3 4]"#, #"(:vcat, (:row, 1, 2), (:row, 3, 4))"#),
            (#"[1, 2, 3]"#, #"(:vect, 1, 2, 3)"#),
            (#"[1 -2]"#, #"(:hcat, 1, -2)"#),
            (#"[a - b]"#, #"(:vect, (:call, :-, :a, :b))"#),
            (#"[a -b c]"#, #"(:hcat, :a, (:call, :-, :b), :c)"#),
            ("[1\n2]", #"(:vcat, 1, 2)"#),
            ("[1 2\n3 4\n]", #"(:vcat, (:row, 1, 2), (:row, 3, 4))"#),
            (#"T[1 2; 3 4]"#, #"(:typed_vcat, :T, (:row, 1, 2), (:row, 3, 4))"#),
            (#"Int[]"#, #"(:ref, :Int)"#),
            (#"[a;;b]"#, #"(:ncat, 2, :a, :b)"#),
            (#"[1;2;;3;4]"#, #"(:ncat, 2, (:nrow, 1, 1, 2), (:nrow, 1, 3, 4))"#),
            (#"[1 2;;;3 4]"#, #"(:ncat, 3, (:row, 1, 2), (:row, 3, 4))"#),
            (#"{a, b}"#, #"(:braces, :a, :b)"#),
            (
                #"[x^2 for x in 1:10 if x % 2 == 0]"#,
                #"(:comprehension, (:generator, (:call, :^, :x, 2), (:filter, (:call, :==, (:call, :%, :x, 2), 0), (:=, :x, (:call, ::, 1, 10)))))"#
            ),
            (
                #"[x+y for x in 1:3 for y in x:4]"#,
                #"(:comprehension, (:flatten, (:generator, (:generator, (:call, :+, :x, :y), (:=, :y, (:call, ::, :x, 4))), (:=, :x, (:call, ::, 1, 3)))))"#
            ),
            (
                #"[x+y for x in 1:3, y in x:4]"#,
                #"(:comprehension, (:generator, (:call, :+, :x, :y), (:=, :x, (:call, ::, 1, 3)), (:=, :y, (:call, ::, :x, 4))))"#
            ),
            (#"sum(x for x in xs)"#, #"(:call, :sum, (:generator, :x, (:=, :x, :xs)))"#),
            (#"T[x for x in y]"#, #"(:typed_comprehension, :T, (:generator, :x, (:=, :x, :y)))"#),
        ])
    }

    @Test("reads blocks")
    func blocks() throws {
        try check([
            (
                "if a\n b\n elseif c\n d\n else\n e\n end",
                #"(:if, :a, (:block, :b), (:elseif, (:block, :c), (:block, :d), (:block, :e)))"#
            ),
            (
                "for i in 1:3, j = 1:4\n end",
                #"(:for, (:block, (:=, :i, (:call, ::, 1, 3)), (:=, :j, (:call, ::, 1, 4))), (:block))"#
            ),
            (#"while true break end"#, #"(:while, true, (:block, (:break)))"#),
            (
                "let x = 1, y\n x + y\n end",
                #"(:let, (:block, (:=, :x, 1), :y), (:block, (:call, :+, :x, :y)))"#
            ),
            (#"begin x; y end"#, #"(:block, :x, :y)"#),
            (#"quote x end"#, #"(:quote, (:block, :x))"#),
            (
                "try\n x\n catch e\n y\n finally\n z\n end",
                #"(:try, (:block, :x), :e, (:block, :y), (:block, :z))"#
            ),
            (#"try x catch; y end"#, #"(:try, (:block, :x), false, (:block, :y))"#),
            (#"return"#, #"(:return, nothing)"#),
            (#"return a, b"#, #"(:return, (:tuple, :a, :b))"#),
            (#"a && return b"#, #"(:&&, :a, (:return, :b))"#),
            (#"global x, y"#, #"(:global, :x, :y)"#),
            (#"global const x = 1"#, #"(:const, (:global, (:=, :x, 1)))"#),
            (#"local x = 1"#, #"(:local, (:=, :x, 1))"#),
            (#"const A = B{T} where T"#, #"(:const, (:=, :A, (:where, (:curly, :B, :T), :T)))"#),
        ])
    }

    @Test("reads types")
    func types() throws {
        try check([
            (
                "struct Foo{T} <: Bar{T}\n x::T\n y\n Foo(x) = new(x)\n end",
                #"(:struct, false, (:<:, (:curly, :Foo, :T), (:curly, :Bar, :T)), (:block, (:::, :x, :T), :y, (:=, (:call, :Foo, :x), (:block, (:call, :new, :x)))))"#
            ),
            (
                "mutable struct P\n const x::Int\n y\n end",
                #"(:struct, true, :P, (:block, (:const, (:::, :x, :Int)), :y))"#
            ),
            (#"abstract type A <: B end"#, #"(:abstract, (:<:, :A, :B))"#),
            (#"primitive type P 32 end"#, #"(:primitive, :P, 32)"#),
            (#"x where {T<:Int, S}"#, #"(:where, :x, (:<:, :T, :Int), :S)"#),
            (#"Vector{<:Integer}"#, #"(:curly, :Vector, (:<:, :Integer))"#),
            (#"x::Int = 5"#, #"(:=, (:::, :x, :Int), 5)"#),
        ])
    }

    @Test("reads modules")
    func modules() throws {
        try check([
            ("module A\n x = 1\n end", #"(:module, true, :A, (:block, (:=, :x, 1)))"#),
            (#"using A, B.C"#, #"(:using, (:., :A), (:., :B, :C))"#),
            (
                #"import A: b, c as d, @m, +"#,
                #"(:import, (::, (:., :A), (:., :b), (:as, (:., :c), :d), (:., :@m), (:., :+)))"#
            ),
            (#"import ..A"#, #"(:import, (:., :., :., :A))"#),
            (#"export a, b, @c, +"#, #"(:export, :a, :b, :@c, :+)"#),
        ])
    }

    @Test("reads macros")
    func macros() throws {
        try check([
            (#"@test x == 1"#, #"(:macrocall, :@test, (:call, :==, :x, 1))"#),
            (#"@test(x == 1)"#, #"(:macrocall, :@test, (:call, :==, :x, 1))"#),
            (#"@assert x "msg""#, #"(:macrocall, :@assert, :x, "msg")"#),
            (#"@. y = x + 1"#, #"(:macrocall, :@__dot__, (:=, :y, (:call, :+, :x, 1)))"#),
            (#"A.@m x"#, #"(:macrocall, (:., :A, (:quote, #QuoteNode :@m)), :x)"#),
            (#"@m a, b"#, #"(:macrocall, :@m, (:tuple, :a, :b))"#),
            (#"[@m a for x in y]"#, #"(:comprehension, (:generator, (:macrocall, :@m, :a), (:=, :x, :y)))"#),
            (#"x ? @m(a) : b"#, #"(:if, :x, (:macrocall, :@m, :a), :b)"#),
            (#"@view a[1:end]"#, #"(:macrocall, :@view, (:ref, :a, (:call, ::, 1, :end)))"#),
            (
                #"@time for i in 1:3 end"#,
                #"(:macrocall, :@time, (:for, (:=, :i, (:call, ::, 1, 3)), (:block)))"#
            ),
            (
                "\"doc\"\nf(x) = 1",
                #"(:macrocall, (:., :Core, (:quote, #QuoteNode :@doc)), "doc", (:=, (:call, :f, :x), (:block, 1)))"#
            ),
        ])
    }

    @Test("reads literals")
    func literals() throws {
        try check([
            (
                #"1.0 + 1e3 + 1f0 + 0x1f + 0b101 + 0o17 + 1_000"#,
                #"(:call, :+, 1.0, 1000.0, Float32(1.0), 0x1f, 0x05, 0x0f, 1000)"#
            ),
            (#"0x1p3"#, #"8.0"#),
            (#"99999999999999999999"#, #"Int128(99999999999999999999)"#),
            (
                #"999999999999999999999999999999999999999999999"#,
                #"big"999999999999999999999999999999999999999999999""#
            ),
            (#""a $x b $(y + 1) c""#, #"(:string, "a ", :x, " b ", (:call, :+, :y, 1), " c")"#),
            (#"r"a\d+b"i"#, #"(:macrocall, :@r_str, "a\d+b", "i")"#),
            (#"raw"C:\foo""#, #"(:macrocall, :@raw_str, "C:\foo")"#),
            (#"'a'"#, #"'\U61'"#),
            (#"'\u00e9'"#, #"'\Ue9'"#),
            (#""$(x[1])""#, #"(:string, (:ref, :x, 1))"#),
            (#""\$x""#, #""$x""#),
            (#"`ls -l`"#, #"(:macrocall, (:., :Core, (:quote, #QuoteNode :@cmd)), "ls -l")"#),
            (#"var"foo bar" + 1"#, #"(:call, :+, :foo bar, 1)"#),
            (#"2im"#, #"(:call, :*, 2, :im)"#),
            (#"3.0e-2im"#, #"(:call, :*, 0.03, :im)"#),
        ])
    }

    @Test("reads quotes")
    func quotes() throws {
        try check([
            (#":(a + b)"#, #"(:quote, (:call, :+, :a, :b))"#),
            (#":a"#, #"(:quote, #QuoteNode :a)"#),
            (#":(=)"#, #"(:quote, #QuoteNode :=)"#),
            (#":+"#, #"(:quote, #QuoteNode :+)"#),
            (#":end"#, #"(:quote, #QuoteNode :end)"#),
            (#":($f(x))"#, #"(:quote, (:call, (:$, :f), :x))"#),
            (#"$x + $(y)"#, #"(:call, :+, (:$, :x), (:$, :y))"#),
            (#":(x -> x)"#, #"(:quote, (:->, :x, (:block, :x)))"#),
        ])
    }

    @Test("puts a line node before each statement")
    func lines() throws {
        let program = try Parser.parseAll("a\n\nb; c")
        guard case .node(let top) = program else {
            Issue.record("no node")
            return
        }
        let lines = top.arguments.compactMap { if case .line(let place) = $0 { place.line } else { nil } }
        #expect(top.head == "toplevel")
        #expect(lines == [1, 3, 3])
    }

    @Test("takes the common indentation from triple-quoted strings")
    func indentation() throws {
        #expect(try Parser.parse("\"\"\"\n  a\n    b\n  \"\"\"").tree == "\"a\n  b\n\"")
        #expect(try Parser.parse("\"\"\"a\n  b\n  c\"\"\"").tree == "\"a\nb\nc\"")
        #expect(try Parser.parse("\"\"\"\n\n  x\n\n  y\"\"\"").tree == "\"\nx\n\ny\"")
    }

    @Test("keeps invalid UTF-8 in strings and refuses it elsewhere")
    func invalidUTF8() throws {
        let program = try Parser.parseAll(bytes: [0x22, 0xFF, 0x22])
        guard case .node(let top) = program else {
            Issue.record("no node")
            return
        }
        #expect(top.arguments.last == .literal(.string([0xFF])))
        #expect(throws: SyntaxError.self) { try Parser.parseAll(bytes: [0xFF]) }
    }
}
