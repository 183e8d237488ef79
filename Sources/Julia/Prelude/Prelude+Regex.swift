extension Prelude {
    /// Regular expressions.
    static let regex = #"""
        struct Regex
            pattern::String
            options::String
            id::Int64
            Regex(p::AbstractString, o::AbstractString = "") = new(p, o, __regex_compile(p, o))
        end
        struct RegexMatch
            match::String
            captures::Vector{Union{Nothing,String}}
            offset::Int64
            offsets::Vector{Int64}
            regex::Regex
        end
        struct SubstitutionString
            string::String
        end
        ==(a::Regex, b::Regex) = a.pattern == b.pattern && a.options == b.options
        hash(r::Regex, h::UInt64) = hash(r.pattern, hash(r.options, h))
        show(io::IO, r::Regex) = print(io, "r", repr(r.pattern), r.options)
        function __regex_result(r, s, t)
            captures = Vector{Union{Nothing,String}}()
            offsets = Int64[]
            for k in 2:div(length(t), 2)
                a = t[2k-1]
                push!(captures, a < 0 ? nothing : __bytes_slice(s, a + 1, t[2k]))
                push!(offsets, a + 1)
            end
            RegexMatch(__bytes_slice(s, t[1] + 1, t[2]), captures, t[1] + 1, offsets, r)
        end
        function match(r::Regex, s::String, i::Integer = 1)
            t = __regex_match(r.id, s, Int64(i), false)
            t === nothing ? nothing : __regex_result(r, s, t)
        end
        function eachmatch(r::Regex, s::String; overlap = false)
            found = RegexMatch[]
            i = 1
            while i <= ncodeunits(s) + 1
                t = __regex_match(r.id, s, i, false)
                t === nothing && break
                push!(found, __regex_result(r, s, t))
                i = overlap || t[2] == t[1] ? __nextind(s, t[1] + 1) : t[2] + 1
            end
            found
        end
        occursin(r::Regex, s::String) = __regex_match(r.id, s, 1, false) !== nothing
        startswith(s::String, r::Regex) = __regex_match(r.id, s, 1, true) !== nothing
        endswith(s::String, r::Regex) = any(m -> m.offset + ncodeunits(m.match) == ncodeunits(s) + 1, eachmatch(r, s; overlap = true))
        findfirst(r::Regex, s::String) = findnext(r, s, 1)
        function findnext(r::Regex, s::String, i::Integer)
            t = __regex_match(r.id, s, Int64(i), false)
            t === nothing && return nothing
            (t[1]+1):(t[2] == t[1] ? t[1] : __thisind(s, t[2]))
        end
        findall(r::Regex, s::String; overlap = false) = [m.offset:(isempty(m.match) ? m.offset - 1 : __thisind(s, m.offset + ncodeunits(m.match) - 1)) for m in eachmatch(r, s; overlap = overlap)]
        count(r::Regex, s::String; overlap = false) = length(eachmatch(r, s; overlap = overlap))
        __group_number(m, k::Integer) = Int64(k)
        function __group_number(m, k)
            n = __regex_group(m.regex.id, string(k))
            n == 0 ? throw(ErrorException("no capture group named $k found in regex")) : n
        end
        getindex(m::RegexMatch, k::Integer) = m.captures[k]
        getindex(m::RegexMatch, k::Union{String,Symbol}) = m.captures[__group_number(m, k)]
        haskey(m::RegexMatch, k::Integer) = 1 <= k <= length(m.captures)
        haskey(m::RegexMatch, k::Union{String,Symbol}) = __regex_group(m.regex.id, string(k)) != 0
        length(m::RegexMatch) = length(m.captures)
        iterate(m::RegexMatch, i = 1) = i > length(m.captures) ? nothing : (m.captures[i], i + 1)
        keys(m::RegexMatch) = [(n = __regex_name(m.regex.id, i); n == "" ? i : n) for i in 1:length(m.captures)]
        function show(io::IO, m::RegexMatch)
            print(io, "RegexMatch(", repr(m.match))
            for (i, k) in enumerate(keys(m))
                print(io, ", ", k, "=", repr(m.captures[i]))
            end
            print(io, ")")
        end
        function __substitute(r::SubstitutionString, m)
            t = r.string
            out = String[]
            i = 1
            while i <= ncodeunits(t)
                c = t[i]
                j = __nextind(t, i)
                if c != '\\' || j > ncodeunits(t)
                    push!(out, string(c))
                elseif isdigit(t[j])
                    k = j
                    while k <= ncodeunits(t) && isdigit(t[k])
                        k += 1
                    end
                    n = parse(Int, t[j:k-1])
                    push!(out, n == 0 ? m.match : string(something(m.captures[n], "")))
                    j = k
                elseif t[j] == 'g'
                    k = __find(t, ">", j)
                    name = t[j+2:k-1]
                    n = all(isdigit, name) ? parse(Int, name) : __group_number(m, name)
                    push!(out, n == 0 ? m.match : string(something(m.captures[n], "")))
                    j = k + 1
                else
                    push!(out, string(t[j]))
                    j = __nextind(t, j)
                end
                i = j
            end
            __concat(out)
        end
        __substitute(f::Function, m) = string(f(m.match))
        __substitute(x, m) = string(x)
        function __first_match(p::Regex, s, i)
            match(p, s, i)
        end
        function __first_match(p, s, i)
            n = ncodeunits(s)
            while i <= n
                w = __match_at(s, i, p)
                w > 0 && return RegexMatch(__bytes_slice(s, i, i + w - 1), Vector{Union{Nothing,String}}(), i, Int64[], r"")
                i = __nextind(s, i)
            end
            nothing
        end
        function __replace_regex(s, ps, count)
            out = String[]
            i = 1
            copied = 1
            done = 0
            while done < count && i <= ncodeunits(s) + 1
                best = nothing
                replacement = nothing
                for p in ps
                    m = __first_match(p.first, s, i)
                    if m !== nothing && (best === nothing || m.offset < best.offset)
                        best = m
                        replacement = p.second
                    end
                end
                best === nothing && break
                push!(out, __bytes_slice(s, copied, best.offset - 1))
                push!(out, __substitute(replacement, best))
                copied = best.offset + ncodeunits(best.match)
                i = isempty(best.match) ? __nextind(s, best.offset) : copied
                done += 1
            end
            push!(out, __bytes_slice(s, copied, ncodeunits(s)))
            __concat(out)
        end
        function __split_regex(s, d, keepempty, limit)
            r = String[]
            from = 1
            for m in eachmatch(d, s)
                (limit > 0 && length(r) == limit - 1) && break
                (isempty(m.match) && (m.offset == 1 || m.offset > ncodeunits(s))) && continue
                (keepempty || m.offset > from) && push!(r, __bytes_slice(s, from, m.offset - 1))
                from = m.offset + ncodeunits(m.match)
            end
            (keepempty || from <= ncodeunits(s)) && push!(r, __bytes_slice(s, from, ncodeunits(s)))
            r
        end
        """#

    /// Random numbers: Julia's generator and seeding. Without `Random.seed!`, the seed is 0, for a program has no entropy.
    static let random = #"""
        abstract type AbstractRNG end
        mutable struct Xoshiro <: AbstractRNG
            s0::UInt64
            s1::UInt64
            s2::UInt64
            s3::UInt64
        end
        Xoshiro(seed::Integer) = Xoshiro(__seed_state(Int64(seed))...)
        MersenneTwister(seed::Integer) = __unsupported("MersenneTwister (use Xoshiro)")
        const __rng = Xoshiro(0)
        default_rng() = __rng
        function __seed(r, seed)
            seed < 0 && throw(DomainError(seed, "`n` must be non-negative."))
            (a, b, c, d) = __seed_state(Int64(seed))
            r.s0 = a
            r.s1 = b
            r.s2 = c
            r.s3 = d
            r
        end
        seed!(n::Integer) = __seed(__rng, n)
        seed!(r::AbstractRNG, n::Integer) = __seed(r, n)
        __rotate(x, n) = (x << n) | (x >>> (64 - n))
        function __random(r)
            (a, b, c, d) = (r.s0, r.s1, r.s2, r.s3)
            result = __rotate(a + d, 23) + a
            t = b << 17
            c = xor(c, a)
            d = xor(d, b)
            r.s1 = xor(b, c)
            r.s0 = xor(a, d)
            r.s2 = xor(c, t)
            r.s3 = __rotate(d, 45)
            result
        end
        function __random(r, n::Int64)
            span = UInt64(n)
            (high, low) = __random_below(__random(r), span)
            if low < span
                limit = rem(-span, span)
                while low < limit
                    (high, low) = __random_below(__random(r), span)
                end
            end
            Int64(high)
        end
        rand() = rand(__rng, Float64)
        rand(r::AbstractRNG) = rand(r, Float64)
        rand(x) = rand(__rng, x)
        rand(r::AbstractRNG, ::Type{Float64}) = Float64(__random(r) >>> 11) * 1.1102230246251565e-16
        rand(r::AbstractRNG, ::Type{Float32}) = Float32(__random(r) >>> 40) * 5.9604645f-8
        rand(r::AbstractRNG, ::Type{Bool}) = __random(r) & 0x0000000000000001 == 0x0000000000000001
        rand(r::AbstractRNG, ::Type{T}) where {T<:MachineInteger} = __int_truncate(T, __random(r))
        rand(r::AbstractRNG, v::Union{AbstractRange,AbstractArray,Tuple}) = isempty(v) ? throw(ArgumentError("collection must be non-empty")) : v[1+__random(r, length(v))]
        rand(r::AbstractRNG, s::String) = rand(r, collect(s))
        rand(r::AbstractRNG, s::Union{AbstractSet,AbstractDict}) = rand(r, collect(s))
        rand(n::Integer) = [rand(__rng, Float64) for _ in 1:n]
        rand(n::Integer, m::Integer) = [rand(__rng, Float64) for _ in 1:n, _ in 1:m]
        rand(x, n::Integer) = [rand(__rng, x) for _ in 1:n]
        rand(x, n::Integer, m::Integer) = [rand(__rng, x) for _ in 1:n, _ in 1:m]
        rand(r::AbstractRNG, n::Integer) = [rand(r, Float64) for _ in 1:n]
        rand(r::AbstractRNG, x, n::Integer) = [rand(r, x) for _ in 1:n]
        rand(r::AbstractRNG, x, n::Integer, m::Integer) = [rand(r, x) for _ in 1:n, _ in 1:m]
        randn(x...) = __unsupported("randn")
        shuffle!(v::AbstractVector) = shuffle!(__rng, v)
        function shuffle!(r::AbstractRNG, v::AbstractVector)
            mask = nextpow(2, max(1, length(v))) - 1
            for i in length(v):-1:2
                (mask >> 1) >= i && (mask >>= 1)
                j = Int64(__random(r) & UInt64(mask))
                while j >= i
                    j = Int64(__random(r) & UInt64(mask))
                end
                v[i], v[j+1] = v[j+1], v[i]
            end
            v
        end
        shuffle(v) = shuffle!(__rng, collect(v))
        shuffle(r::AbstractRNG, v) = shuffle!(r, collect(v))
        randperm(n::Integer) = shuffle!(__rng, collect(1:n))
        randperm(r::AbstractRNG, n::Integer) = shuffle!(r, collect(1:n))
        randstring(n::Integer = 8) = randstring(__rng, n)
        randstring(r::AbstractRNG, n::Integer = 8) = join([rand(r, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") for _ in 1:n])
        """#
}
