extension Prelude {
    /// What everything else stands on.
    static let core = #"""
        typeof(x) = __typeof(x)
        isa(x, T) = __isa(x, T)
        throw(e) = __throw(e)
        rethrow() = __rethrow()
        rethrow(e) = __throw(e)
        ===(a, b) = __===(a, b)
        !==(a, b) = !__===(a, b)
        ≡(a, b) = __===(a, b)
        tuple(xs...) = xs
        identity(x) = x
        error(s::String) = throw(ErrorException(s))
        error(xs...) = throw(ErrorException(string(xs...)))
        <:(a, b) = __subtype(a, b)
        >:(a, b) = __subtype(b, a)
        isequal(a, b) = a == b
        !=(a, b) = !(a == b)
        ==(a, b) = a === b
        isless(a, b) = a < b
        <(a, b) = isless(a, b)
        <=(a, b) = a < b || a == b
        >(a, b) = b < a
        >=(a, b) = b <= a
        cmp(a, b) = isless(a, b) ? -1 : isless(b, a) ? 1 : 0
        !(x::Bool) = __not(x)
        !(f::Function) = (x...) -> !f(x...)
        ≠(a, b) = !(a == b)
        ≤(a, b) = a <= b
        ≥(a, b) = b <= a
        isequal(x) = y -> isequal(y, x)
        ==(x) = y -> y == x
        !=(x) = y -> y != x
        <(x) = y -> y < x
        <=(x) = y -> y <= x
        >(x) = y -> y > x
        >=(x) = y -> y >= x
        in(x) = y -> y in x
        isa(T) = x -> isa(x, T)
        xor(a::Bool, b::Bool) = a != b
        &(a::Bool, b::Bool) = a ? b : false
        |(a::Bool, b::Bool) = a ? true : b
        ⊻(a, b) = xor(a, b)
        nand(a, b) = !(a & b)
        nor(a, b) = !(a | b)
        ifelse(c::Bool, a, b) = c ? a : b
        ∘(f, g) = (x...) -> f(g(x...))
        ∘(f, g, h...) = ∘(f ∘ g, h...)
        |>(x, f) = f(x)
        isnothing(x) = x === nothing
        ismissing(x) = x === missing
        something(x) = x === nothing ? throw(ArgumentError("No value arguments present")) : x isa Some ? x.value : x
        something(x, y...) = x === nothing ? something(y...) : x isa Some ? x.value : x
        coalesce(x) = x
        coalesce(x, y...) = x === missing ? coalesce(y...) : x
        skipmissing(itr) = __filtered(x -> x !== missing, itr)
        typemax(::Type{Int64}) = 9223372036854775807
        typemin(::Type{Int64}) = -9223372036854775807 - 1
        supertype(T) = __supertype(T)
        typejoin(a, b) = __typejoin(a, b)
        typejoin(a) = a
        typejoin() = Union{}
        typejoin(a, b, c...) = typejoin(typejoin(a, b), c...)
        promote_typejoin(a, b) = __promote_typejoin(a, b)
        fieldnames(T) = __fieldnames(T)
        fieldtype(T, i::Int64) = __fieldtype(T, i)
        fieldtype(T, s::Symbol) = __fieldtype(T, findfirst(==(s), collect(fieldnames(T))))
        fieldtypes(T) = ntuple(i -> __fieldtype(T, i), __fieldcount(T))
        fieldcount(T) = __fieldcount(T)
        nfields(x) = __nfields(x)
        getfield(x, f) = __getfield(x, f)
        setfield!(x, f, v) = __setfield(x, f, v)
        getproperty(x, f) = __getfield(x, f)
        getproperty(m::Module, f::Symbol) = __getfield(m, f)
        setproperty!(x, f, v) = __setfield(x, f, convert(fieldtype(typeof(x), f), v))
        propertynames(x) = fieldnames(typeof(x))
        hasproperty(x, s) = s in propertynames(x)
        hasfield(T, s) = s in fieldnames(T)
        isdefined(x, f) = __field_defined(x, f)
        isconcretetype(T) = __isconcrete(T)
        isabstracttype(T) = __isabstract(T)
        ismutable(x) = __ismutable(x)
        ismutabletype(T) = __ismutabletype(T)
        isimmutable(x) = !__ismutable(x)
        isstructtype(T) = __isstruct(T)
        isbitstype(T) = __isbitstype(T)
        isbits(x) = __isbitstype(typeof(x))
        issingletontype(T) = __isconcrete(T) && __fieldcount(T) == 0 && !__ismutabletype(T) && __isstruct(T)
        nameof(T::Type) = Symbol(__typename(T))
        nameof(f::Function) = Symbol(__function_name(f))
        nameof(m::Module) = Symbol(__modulename(m))
        sizeof(T::Type) = __sizeof_type(T)
        sizeof(s::String) = ncodeunits(s)
        sizeof(a::Array) = length(a) * __sizeof_type(eltype(a))
        sizeof(x) = __sizeof_type(typeof(x))
        objectid(x) = __objectid(x)
        applicable(f, args...) = __applicable(f, args...)
        hasmethod(f, T) = __hasmethod(f, T)
        convert(::Type{Any}, x) = x
        convert(::Type{T}, x::T) where {T} = x
        convert(::Type{T}, x::Number) where {T<:Number} = T(x)
        convert(::Type{T}, x::AbstractString) where {T<:AbstractString} = T(x)
        convert(::Type{Union{}}, x) = throw(MethodError(convert, (Union{}, x)))
        convert(T, x) = __convert_slow(T, x)
        function __convert_slow(T, x)
            x isa T && return x
            if T isa Union
                for S in __union_members(T)
                    S === Nothing && continue
                    S === Missing && continue
                    applicable(convert, S, x) && return convert(S, x)
                end
            end
            throw(MethodError(convert, (T, x)))
        end
        convert(::Type{T}, x::Tuple) where {T<:Tuple} = x isa T ? x : T === Tuple ? x : __convert_tuple(T, x)
        __convert_tuple(T, x) = ntuple(i -> convert(fieldtype(T, i), x[i]), length(x))
        convert(::Type{Pair{A,B}}, x::Pair) where {A,B} = Pair{A,B}(convert(A, x.first), convert(B, x.second))
        __convert_to(T, x) = x isa T ? x : __typed_result(T, convert(T, x))
        __typed_result(T, x) = x::T
        __set_converted(x, i, T, v) = __setfield(x, i, convert(T, v))
        function __new_convert(T, args...)
            vals = ntuple(i -> (F = __fieldtype(T, i); a = args[i]; a isa F ? a : convert(F, a)), length(args))
            __new_tuple_args(T, vals)
        end
        __new_splat(T, args...) = __new_convert(T, args...)
        __applytype(T, ps...) = foldl((a, b) -> a, (T,)) === T ? __apply_list(T, ps) : T
        __kwtyped(x, T, name) = x isa T ? x : throw(TypeError(Symbol("keyword argument"), name, T, x))
        __kwmissing(name) = throw(UndefKeywordError(name))
        __keyword_rest(nt, names) = Pairs(__nt_without(nt, names))
        __splat(x::Tuple) = x
        __splat(x::Array) = __tuple_of_array(x)
        __splat(x::NamedTuple) = __nt_values(x)
        __splat(x) = __tuple_of_array(collect(x))
        __keywords(x::NamedTuple) = x
        function __keywords(d)
            ks = Symbol[]
            vs = Any[]
            for (k, v) in d
                push!(ks, k)
                push!(vs, v)
            end
            __namedtuple(__tuple_of_array(ks), __tuple_of_array(vs))
        end
        function __destructure(x, n)
            if x isa Tuple
                length(x) < n && throw(BoundsError(x, length(x) + 1))
                return x
            end
            r = Any[]
            next = iterate(x)
            while length(r) < n
                next === nothing && throw(BoundsError(x, length(r) + 1))
                push!(r, next[1])
                length(r) < n && (next = iterate(x, next[2]))
            end
            __tuple_of_array(r)
        end
        function __destructure_rest(x, n, k)
            c = x isa Tuple ? x : __tuple_of_array(collect(x))
            m = length(c)
            m < n - 1 && throw(BoundsError(x, m + 1))
            head = ntuple(i -> c[i], k - 1)
            mid = __tuple_slice(c, k, m - (n - k))
            tail = ntuple(i -> c[m-(n-k)+i], n - k)
            rest = x isa Tuple ? mid : x isa AbstractString ? join(mid) : [mid...]
            (head..., rest, tail...)
        end
        ntuple(f, n::Int64) = __tuple_of_array(Any[f(i) for i in 1:n])
        ntuple(f, ::Val{N}) where {N} = ntuple(f, N)
        abstract type __PairsLike end
        struct Pairs <: AbstractDict{Symbol,Any}
            data
        end
        __nt_without(nt, names) = (ks = __nt_names(nt); keep = Symbol[k for k in ks if !(k in names)]; __namedtuple(__tuple_of_array(keep), __tuple_of_array(Any[__getfield(nt, k) for k in keep])))
        iterate(p::Pairs, i = 1) = i > length(p.data) ? nothing : (Pair(__nt_names(p.data)[i], p.data[i]), i + 1)
        length(p::Pairs) = length(p.data)
        keys(p::Pairs) = __nt_names(p.data)
        values(p::Pairs) = p.data
        getindex(p::Pairs, k::Symbol) = __getfield(p.data, k)
        haskey(p::Pairs, k) = k in __nt_names(p.data)
        get(p::Pairs, k, d) = haskey(p, k) ? p[k] : d
        isempty(p::Pairs) = length(p) == 0
        __keywords(p::Pairs) = p.data
        merge(a::Pairs, b::NamedTuple) = merge(a.data, b)
        copy(x::Tuple) = x
        deepcopy(x) = __deepcopy(x)
        __deepcopy(x::Array) = (r = copy(x); for i in 1:length(r); __aset(r, deepcopy(x[i]), i); end; r)
        __deepcopy(x::Dict{K,V}) where {K,V} = (r = Dict{K,V}(); for (k, v) in x; r[deepcopy(k)] = deepcopy(v); end; r)
        __deepcopy(x::Set{T}) where {T} = (r = Set{T}(); for v in x; push!(r, deepcopy(v)); end; r)
        function __deepcopy(x)
            T = typeof(x)
            (__nfields(x) == 0 || x isa Function || x isa Tuple{}) && return x
            x isa Tuple && return ntuple(i -> deepcopy(x[i]), length(x))
            __new_tuple_args(T, ntuple(i -> deepcopy(__getfield(x, i)), __nfields(x)))
        end
        first(p::Pair) = p.first
        last(p::Pair) = p.second
        iterate(p::Pair, i = 1) = i == 1 ? (p.first, 2) : i == 2 ? (p.second, 3) : nothing
        getindex(p::Pair, i::Int64) = i == 1 ? p.first : i == 2 ? p.second : throw(BoundsError(p, i))
        length(p::Pair) = 2
        ==(a::Pair, b::Pair) = a.first == b.first && a.second == b.second
        isequal(a::Pair, b::Pair) = isequal(a.first, b.first) && isequal(a.second, b.second)
        isless(a::Pair, b::Pair) = isless(a.first, b.first) || (isequal(a.first, b.first) && isless(a.second, b.second))
        <(a::Pair, b::Pair) = isless(a, b)
        hash(x) = hash(x, UInt64(0))
        function hash(x, h::UInt64)
            r = __hash_basic(x, h)
            r === nothing ? __hash_slow(x, h) : r
        end
        __hash_slow(x, h) = x isa Type ? __hash_int(__hash_basic(string(x), h)) : __nfields(x) > 0 && !ismutable(x) ? __hash_fields(x, h) : __hash_int(UInt64(3) * h - objectid(x))
        function __hash_fields(x, h)
            for i in 1:__nfields(x)
                h = hash(__getfield(x, i), h)
            end
            __hash_int(h + 0x5bca7c69b794f8ce)
        end
        hash(t::Tuple, h::UInt64) = __hash_tuple(t, h)
        function __hash_tuple(t, h)
            h += 0x77cfa1eef01bca90
            for i in length(t):-1:1
                h = hash(t[i], h)
            end
            h
        end
        hash(p::Pair, h::UInt64) = hash(p.second, hash(p.first, h + 0x1f3d5b79a1c2e4f6))
        hash(a::AbstractArray, h::UInt64) = (h += 0x7e2d6fb6448beb77; for x in a; h = hash(x, h); end; h)
        hash(x::Float32, h::UInt64) = hash(Float64(x), h)
        hash(x::WideInteger, h::UInt64) = typemin(Int64) <= x <= typemax(Int64) ? hash(Int64(x), h) : hash(string(x), h)
        hash(x::Rational, h::UInt64) = isinteger(x) ? hash(x.num, h) : hash(x.den, hash(x.num, h))
        hash(d::AbstractDict, h::UInt64) = (r = 0x6d35bb51952d5539; for p in d; r = xor(r, hash(p)); end; hash(r, h))
        hash(s::AbstractSet, h::UInt64) = (r = 0x852ada37cfe8e0ce; for p in s; r = xor(r, hash(p)); end; hash(r, h))
        hash(s::SubString, h::UInt64) = hash(String(s), h)
        """#
}
