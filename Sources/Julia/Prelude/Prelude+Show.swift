extension Prelude {
    /// Printing, error texts and tests.
    static let show = #"""
        struct Stdout <: IO end
        struct Devnull <: IO end
        mutable struct IOBuffer <: IO
            data::Vector{UInt8}
            place::Int64
        end
        const stdout = Stdout()
        const stderr = Devnull()
        const devnull = Devnull()
        const ENV = Dict{String,String}()
        const ARGS = String[]
        const VERSION = "1.10.0"
        struct IOContext <: IO
            io
            properties
        end
        IOContext(io::IO, ps::Pair...) = IOContext(io, ps)
        get(io::IO, k, d) = d
        get(io::IOContext, k, d) = (for p in io.properties; p.first === k && return p.second; end; get(io.io, k, d))
        IOBuffer() = IOBuffer(__empty(UInt8), 1)
        IOBuffer(s::String) = IOBuffer(__string_bytes(s), 1)
        take!(io::IOBuffer) = (d = io.data; io.data = __empty(UInt8); io.place = 1; d)
        write(io::Stdout, s::String) = (__output(s); ncodeunits(s))
        write(io::Devnull, s::String) = ncodeunits(s)
        write(io::IOBuffer, s::String) = __buffer_write(io.data, s)
        write(io::IOContext, s::String) = write(io.io, s)
        write(io::IO, c::Char) = write(io, string(c))
        write(io::IO, b::UInt8) = write(io, __bytes_string(UInt8[b]))
        write(io::IO, v::Vector{UInt8}) = write(io, __bytes_string(v))
        write(io::IO, xs...) = (n = 0; for x in xs; n += write(io, x); end; n)
        flush(io) = nothing
        print(io::IO, s::String) = (write(io, s); nothing)
        print(io::IO, c::Char) = (write(io, __char_string(c)); nothing)
        print(io::IO, s::Symbol) = (write(io, __symbol_name(s)); nothing)
        print(io::IO, x::AbstractFloat) = (write(io, __float_string(x)); nothing)
        print(io::IO, x::Enum) = (write(io, __symbol_name(__enum_name(x))); nothing)
        print(io::IO, x::Unsigned) = (write(io, __int_string(x, 10)); nothing)
        print(io::IO, x) = show(io, x)
        print(io::IO, xs...) = (for x in xs; print(io, x); end)
        print(xs...) = print(stdout, xs...)
        println(io::IO, xs...) = (for x in xs; print(io, x); end; write(io, "\n"); nothing)
        println(xs...) = println(stdout, xs...)
        printstyled(io::IO, xs...; kw...) = print(io, xs...)
        printstyled(xs...; kw...) = print(stdout, xs...)
        string(s::String) = s
        string(c::Char) = __char_string(c)
        string(s::Symbol) = __symbol_name(s)
        string() = ""
        string(x) = sprint(print, x)
        string(xs...) = __concat(map(string, xs))
        string(x::Float64) = __float_string(x)
        string(x::Bool) = x ? "true" : "false"
        repr(x; context = nothing) = sprint(show, x)
        sprint(f::Function, xs...; context = nothing, sizehint = 0) = (b = IOBuffer(); f(context === nothing ? b : IOContext(b, context), xs...); __bytes_string(b.data))
        show(x) = show(stdout, x)
        display(x) = (show(stdout, MIME("text/plain"), x); println())
        struct MIME{T} end
        MIME(s) = MIME{Symbol(s)}()
        show(io::IO, m::MIME, x) = show(io, x)
        show(io::IO, x::Bool) = print(io, x ? "true" : "false")
        show(io::IO, x::Union{BitSigned,BigInt}) = print(io, __int_string(x, 10))
        show(io::IO, x::BitUnsigned) = print(io, "0x" * lpad(__int_string(x, 16), 2 * sizeof(x), '0'))
        show(io::IO, x::AbstractFloat) = print(io, __float_shown(x))
        show(io::IO, s::String) = print(io, __quote(s))
        show(io::IO, c::Char) = print(io, __quote_char(c))
        show(io::IO, x::Nothing) = print(io, "nothing")
        show(io::IO, x::Missing) = print(io, "missing")
        show(io::IO, T::Type) = print(io, __typestring(T))
        show(io::IO, T::TypeVar) = print(io, __typestring(T))
        show(io::IO, m::Module) = print(io, __modulename(m))
        show(io::IO, x::Enum) = print(io, x)
        show(io::IO, ::Colon) = print(io, "Colon()")
        function show(io::IO, s::Symbol)
            n = __symbol_name(s)
            ok = !isempty(n) && (isletter(n[1]) || n[1] == '_' || !(isdigit(n[1]) || isspace(n[1]) || n[1] in "()[]{},;\"'#@`.")) && all(c -> isletter(c) || isdigit(c) || c == '_' || c == '!' || !isletter(n[1]), n) && !occursin(" ", n)
            print(io, ok ? ":" * n : "Symbol(" * __quote(n) * ")")
        end
        function show(io::IO, f::Function)
            n = __function_name(f)
            startswith(n, "#") ? print(io, n, " (generic function with ", __method_count(f), __method_count(f) == 1 ? " method)" : " methods)") : print(io, n)
        end
        function show(io::IO, t::Tuple)
            print(io, "(")
            for i in 1:length(t)
                i > 1 && print(io, ", ")
                show(io, t[i])
            end
            print(io, length(t) == 1 ? ",)" : ")")
        end
        function show(io::IO, t::NamedTuple)
            length(t) == 0 && return print(io, "NamedTuple()")
            print(io, "(")
            ks = __nt_names(t)
            for i in 1:length(ks)
                i > 1 && print(io, ", ")
                print(io, ks[i], " = ")
                show(io, __getfield(t, i))
            end
            print(io, length(ks) == 1 ? ",)" : ")")
        end
        __needs_paren(x) = x isa Pair || (x isa Rational) || (x isa Complex)
        show(io::IO, p::Pair) = (__show_side(io, p.first); print(io, " => "); __show_side(io, p.second))
        __show_side(io, x) = x isa Pair ? (print(io, "("); show(io, x); print(io, ")")) : show(io, x)
        show(io::IO, r::Rational) = (show(io, r.num); print(io, "//"); show(io, r.den))
        show(io::IO, r::UnitRange) = (show(io, r.start); print(io, ":"); show(io, r.stop))
        show(io::IO, r::OneTo) = print(io, "Base.OneTo(", r.stop, ")")
        show(io::IO, r::StepRange) = (show(io, r.start); print(io, ":"); show(io, r.step); print(io, ":"); show(io, r.stop))
        show(io::IO, r::StepRangeLen) = (show(io, first(r)); print(io, ":"); show(io, step(r)); print(io, ":"); show(io, r.len == 0 ? first(r) - step(r) : last(r)))
        show(io::IO, z::Complex) = print(io, z.re, signbit(z.im) ? " - " : " + ", abs(z.im), "im")
        show(io::IO, r::RefValue) = (print(io, "Base.RefValue{", typeof(r.x), "}("); show(io, r.x); print(io, ")"))
        show(io::IO, x::Some) = (print(io, "Some("); show(io, x.value); print(io, ")"))
        show(io::IO, c::CartesianIndex) = print(io, "CartesianIndex", c.I)
        show(io::IO, v::Val) = print(io, typeof(v), "()")
        function __implicit(T)
            (T === Float64 || T === Int64 || T === Char || T === String || T === Symbol || issingletontype(T)) && return true
            isconcretetype(T) || return false
            T <: Array && return __implicit(eltype(T))
            (T <: Tuple || T <: Pair) && return all(__implicit, fieldtypes(T))
            T <: NamedTuple && return all(__implicit, fieldtypes(T))
            T <: Dict && return __implicit(__parameter(T, 1)) && __implicit(__parameter(T, 2))
            false
        end
        function __show_element(io, x, T)
            if isconcretetype(T) && typeof(x) === T
                x isa AbstractFloat && return print(io, __float_string(x))
                x isa Bool && return print(io, x ? "1" : "0")
                x isa Array && return __show_body(io, x)
            end
            show(io, x)
        end
        function show(io::IO, a::Array)
            T = eltype(a)
            T === Union{} && __unsupported("the element type of an empty array whose elements were never seen")
            if !__implicit(T) || length(a) == 0
                (length(a) == 0 && ndims(a) == 2) && return print(io, typeof(a), "(undef, ", size(a, 1), ", ", size(a, 2), ")")
                print(io, T)
            end
            __show_body(io, a)
        end
        function __show_body(io, a)
            ndims(a) == 1 || return __show_matrix(io, a)
            T = eltype(a)
            print(io, "[")
            for i in 1:length(a)
                i > 1 && print(io, ", ")
                isassigned(a, i) ? __show_element(io, a[i], T) : print(io, "#undef")
            end
            print(io, "]")
        end
        function __show_matrix(io, a)
            T = eltype(a)
            ndims(a) == 2 || __unsupported("printing arrays of $(ndims(a)) dimensions")
            print(io, "[")
            for i in 1:size(a, 1)
                i > 1 && print(io, "; ")
                for j in 1:size(a, 2)
                    j > 1 && print(io, " ")
                    __show_element(io, a[i, j], T)
                end
            end
            print(io, "]")
        end
        function show(io::IO, m::MIME, a::Array)
            T = eltype(a)
            if ndims(a) == 1
                print(io, length(a), "-element ", typeof(a))
                length(a) > 0 && print(io, ":")
                for x in a
                    print(io, "\n ")
                    __show_element(io, x, T)
                end
            else
                print(io, join(size(a), "×"), " ", typeof(a), ":")
                cells = [sprint(__show_element, a[i, j], T) for i in 1:size(a, 1), j in 1:size(a, 2)]
                for i in 1:size(a, 1)
                    print(io, "\n")
                    for j in 1:size(a, 2)
                        w = maximum(length, cells[:, j])
                        print(io, j == 1 ? " " : "  ", lpad(cells[i, j], w))
                    end
                end
            end
        end
        show(io::IO, m::MIME, s::String) = show(io, s)
        function show(io::IO, d::Dict{K,V}) where {K,V}
            implicit = __implicit(K) && __implicit(V) && length(d) > 0
            print(io, implicit ? "Dict" : string(typeof(d)))
            print(io, "(")
            sep = false
            for (k, v) in d
                sep && print(io, ", ")
                sep = true
                __show_pair_side(io, k, K)
                print(io, " => ")
                __show_pair_side(io, v, V)
            end
            print(io, ")")
        end
        __show_pair_side(io, x, T) = x isa Pair ? __show_side(io, x) : __show_element_typed(io, x, T)
        __show_element_typed(io, x, T) = x isa Bool && T === Bool ? print(io, x ? "1" : "0") : __show_element(io, x, T)
        function show(io::IO, s::Set{T}) where {T}
            length(s) == 0 && return print(io, typeof(s), "()")
            print(io, "Set(")
            show(io, collect(s))
            print(io, ")")
        end
        show(io::IO, k::KeySet) = (print(io, "["); join_show(io, k); print(io, "]"))
        show(io::IO, k::ValueIterator) = (print(io, "["); join_show(io, k); print(io, "]"))
        join_show(io, itr) = (sep = false; for x in itr; sep && print(io, ", "); sep = true; show(io, x); end)
        show(io::IO, p::Pairs) = print(io, "pairs(", p.data, ")")
        function show(io::IO, x)
            T = typeof(x)
            print(io, T, "(")
            n = __fieldcount(T)
            for i in 1:n
                i > 1 && print(io, ", ")
                __field_defined(x, i) ? show(io, __getfield(x, i)) : print(io, "#undef")
            end
            print(io, ")")
        end
        dump(x) = __unsupported("dump")
        summary(x) = string(typeof(x))
        summary(a::AbstractArray) = ndims(a) == 1 ? "$(length(a))-element $(typeof(a))" : "$(join(size(a), "×")) $(typeof(a))"
        print_array(io, a) = show(io, a)
        showerror(io::IO, e) = show(io, e)
        showerror(io::IO, e::ErrorException) = print(io, e.msg)
        showerror(io::IO, e::ArgumentError) = print(io, "ArgumentError: ", e.msg)
        showerror(io::IO, e::AssertionError) = print(io, "AssertionError: ", e.msg)
        showerror(io::IO, e::DimensionMismatch) = print(io, "DimensionMismatch: ", e.msg)
        showerror(io::IO, e::OverflowError) = print(io, "OverflowError: ", e.msg)
        showerror(io::IO, e::KeyError) = (print(io, "KeyError: key "); show(io, e.key); print(io, " not found"))
        showerror(io::IO, e::DivideError) = print(io, "DivideError: integer division error")
        showerror(io::IO, e::UndefVarError) = print(io, "UndefVarError: `", e.var, "` not defined")
        showerror(io::IO, e::UndefKeywordError) = print(io, "UndefKeywordError: keyword argument `", e.var, "` not assigned")
        showerror(io::IO, e::UndefRefError) = print(io, "UndefRefError: access to undefined reference")
        showerror(io::IO, e::StackOverflowError) = print(io, "StackOverflowError:")
        showerror(io::IO, e::InexactError) = (print(io, "InexactError: ", e.func, "("); e.func === nameof(e.T) || print(io, e.T, ", "); show(io, e.val); print(io, ")"))
        showerror(io::IO, e::DomainError) = (print(io, "DomainError with "); show(io, e.val); isempty(string(e.msg)) || print(io, ":\n", e.msg))
        showerror(io::IO, e::StringIndexError) = (s = e.string; i = e.index; print(io, "StringIndexError: invalid index [", i, "], valid nearby indices "); a = thisind(s, i); b = nextind(s, a); print(io, "[", a, "]=>", repr(s[a])); b <= ncodeunits(s) && print(io, ", [", b, "]=>", repr(s[b])))
        function showerror(io::IO, e::TypeError)
            got = e.got isa Type ? "Type{" * string(e.got) * "}" : "a value of type " * string(typeof(e.got))
            e.func === :if && return print(io, "TypeError: non-boolean (", typeof(e.got), ") used in boolean context")
            ctx = e.context == "" || e.context === nothing ? "" : string(", in ", e.context)
            print(io, "TypeError: in ", e.func, ctx isa String ? ctx : "", ", expected ", e.expected, ", got ", got)
        end
        function showerror(io::IO, e::BoundsError)
            print(io, "BoundsError")
            e.a === nothing && return nothing
            print(io, ": attempt to access ")
            a = e.a
            if a isa AbstractArray
                print(io, a isa AbstractRange ? "$(length(a))-element $(typeof(a))" : summary(a))
            elseif a isa Tuple || a isa NamedTuple
                print(io, typeof(a))
            elseif a isa String
                print(io, ncodeunits(a), "-codeunit String")
            else
                print(io, typeof(a))
            end
            if e.i !== nothing
                print(io, " at index [")
                i = e.i isa Tuple ? e.i : (e.i,)
                for k in 1:length(i)
                    k > 1 && print(io, ", ")
                    i[k] isa Colon ? print(io, ":") : show(io, i[k])
                end
                print(io, "]")
            end
        end
        function showerror(io::IO, e::MethodError)
            f = e.f
            (!(f isa Function) && !(f isa Type)) && return print(io, "MethodError: objects of type ", typeof(f), " are not callable")
            name = f isa Type ? string(f) : __function_name(f)
            startswith(name, "#") && (name = "(::" * name * ")")
            print(io, e.world === true ? "MethodError: " : "MethodError: no method matching ", name, "(", join(map(a -> a isa Type ? "::Type{" * string(a) * "}" : "::" * string(typeof(a)), e.args), ", "))
            if e.world isa NamedTuple
                print(io, "; ", join(map((k, v) -> string(k, "::", typeof(v)), keys(e.world), values(e.world)), ", "))
            end
            print(io, ")", e.world === true ? " is ambiguous." : "")
        end
        __error_text(e) = sprint(showerror, e)
        current_exceptions() = []
        catch_backtrace() = []
        backtrace() = []
        stacktrace() = []
        exit(x...) = __unsupported("exit")
        sleep(x) = __unsupported("sleep")
        time() = __unsupported("time (there is no clock)")
        now() = __unsupported("now (there is no clock)")
        gc() = nothing
        include(x) = __unsupported("include")
        eval(x...) = __unsupported("eval")
        Task(x...) = __unsupported("tasks")
        Channel(x...) = __unsupported("channels")
        methods(f) = __unsupported("methods")
        invoke(x...) = __unsupported("invoke")
        which(x...) = __unsupported("which")
        instances(T) = __enum_members(T)
        Integer(x::Enum) = __enum_int(x)
        (::Type{T})(i::Integer) where {T<:Enum} = (r = __enum_of(T, i); r === nothing ? throw(ArgumentError("invalid value for Enum $T: $i")) : r)
        isless(a::Enum, b::Enum) = __enum_int(a) < __enum_int(b)
        <(a::Enum, b::Enum) = isless(a, b)
        Symbol(e::Enum) = __enum_name(e)
        hash(e::Enum, h::UInt64) = hash(__enum_int(e), h)
        mutable struct __TestState
            passed::Int64
            failed::Int64
            depth::Int64
        end
        const __tests = __TestState(0, 0, 0)
        struct TestSetException <: Exception
            pass::Int64
            fail::Int64
        end
        showerror(io::IO, e::TestSetException) = print(io, "Some tests did not pass: ", e.pass, " passed, ", e.fail, " failed, 0 errored, 0 broken.")
        function __test(f, text)
            r = f()
            r isa Bool || throw(TypeError(:test, "", Bool, r))
            if r
                __tests.passed += 1
            else
                __tests.failed += 1
                println("Test Failed\n  Expression: ", text)
                __tests.depth == 0 && throw(TestSetException(__tests.passed, __tests.failed))
            end
            r
        end
        function __test_throws(T, f, text)
            ok = false
            try
                f()
            catch e
                ok = T isa Type ? e isa T : T isa String ? occursin(T, sprint(showerror, e)) : typeof(e) === typeof(T)
                ok = ok || (T isa Type && T <: Exception && e isa LoadError)
            end
            ok ? (__tests.passed += 1) : (__tests.failed += 1; println("Test Failed\n  Expression: ", text))
            ok
        end
        function __testset(f, name)
            __tests.depth += 1
            before = __tests.failed
            f()
            __tests.depth -= 1
            (__tests.depth == 0 && __tests.failed > before) && throw(TestSetException(__tests.passed, __tests.failed))
            nothing
        end
        """#
}
