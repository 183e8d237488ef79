extension Prelude {
    /// Strings and characters.
    static let strings = #"""
        ncodeunits(s::String) = __ncodeunits(s)
        codeunit(s::String, i::Integer) = __codeunit(s, Int64(i))
        codeunits(s::String) = __string_bytes(s)
        length(s::String) = __charcount(s)
        lastindex(s::String) = __thisind(s, __ncodeunits(s))
        isempty(s::String) = __ncodeunits(s) == 0
        getindex(s::String, i::Integer) = __char_at(s, Int64(i))
        getindex(s::String, r::AbstractUnitRange) = __substring(s, Int64(first(r)), Int64(last(r)), (r,))
        getindex(s::String, v::AbstractVector) = join([s[i] for i in v])
        getindex(s::String, ::Colon) = s
        iterate(s::String, i = 1) = i > __ncodeunits(s) ? nothing : (__char_at(s, i), __nextind(s, i))
        isvalid(s::String, i::Integer) = __isvalidindex(s, Int64(i))
        isvalid(s::String) = all(c -> UInt32(c) < 0x80000000, s)
        nextind(s::String, i::Integer) = i < 0 || i > ncodeunits(s) ? throw(BoundsError(s, i)) : i == 0 ? 1 : __nextind(s, Int64(i))
        nextind(s::String, i::Integer, n::Integer) = (for _ in 1:n; i = nextind(s, i); end; i)
        prevind(s::String, i::Integer) = i <= 0 || i > ncodeunits(s) + 1 ? throw(BoundsError(s, i)) : i == 1 ? 0 : __thisind(s, i - 1)
        prevind(s::String, i::Integer, n::Integer) = (for _ in 1:n; i = prevind(s, i); end; i)
        thisind(s::String, i::Integer) = __thisind(s, Int64(i))
        keys(s::AbstractString) = eachindex(s)
        SubString(s::String, a::Integer, b::Integer = lastindex(s)) = __substring(s, Int64(a), Int64(b), (a:b,))
        SubString(s::String) = s
        String(s::String) = s
        String(s::Symbol) = __symbol_name(s)
        String(v::Vector{UInt8}) = __bytes_string(v)
        String(v::Vector{Char}) = join(v)
        String(s::AbstractString) = string(s)
        Symbol(s::String) = __symbol(s)
        Symbol(s::Symbol) = s
        Symbol(xs...) = __symbol(string(xs...))
        Char(x::Integer) = 0 <= x <= 0x1fffff ? __char_make(x) : throw(ArgumentError("invalid character code"))
        Char(c::Char) = c
        __char_make(x) = __reinterpret(Char, UInt32(x))
        convert(::Type{Char}, x::Integer) = Char(x)
        codepoint(c::Char) = UInt32(c)
        -(a::Char, b::Char) = Int64(a) - Int64(b)
        +(a::Char, b::Integer) = Char(Int64(a) + b)
        +(a::Integer, b::Char) = b + a
        -(a::Char, b::Integer) = Char(Int64(a) - b)
        isless(a::Char, b::Char) = a < b
        ==(a::Char, b::Char) = a === b
        length(c::Char) = 1
        iterate(c::Char) = (c, nothing)
        iterate(c::Char, s) = nothing
        in(c::Char, d::Char) = c == d
        ncodeunits(c::Char) = ncodeunits(string(c))
        isletter(c::Char) = __char_class(c) & 1 != 0
        isdigit(c::Char) = '0' <= c <= '9'
        isnumeric(c::Char) = __char_class(c) & 128 != 0
        isuppercase(c::Char) = __char_class(c) & 4 != 0
        islowercase(c::Char) = __char_class(c) & 8 != 0
        isspace(c::Char) = __char_class(c) & 16 != 0
        ispunct(c::Char) = __char_class(c) & 32 != 0
        isprint(c::Char) = __char_class(c) & 64 != 0
        iscntrl(c::Char) = c <= '\x1f' || '\x7f' <= c <= '\u9f'
        isascii(c::Char) = c < '\u80'
        isascii(s::String) = all(isascii, s)
        isxdigit(c::Char) = '0' <= c <= '9' || 'a' <= c <= 'f' || 'A' <= c <= 'F'
        uppercase(c::Char) = __uppercase(c)
        lowercase(c::Char) = __lowercase(c)
        uppercase(s::AbstractString) = map(uppercase, s)
        lowercase(s::AbstractString) = map(lowercase, s)
        uppercasefirst(s::String) = isempty(s) ? s : string(uppercase(s[1]), s[nextind(s, 1):end])
        lowercasefirst(s::String) = isempty(s) ? s : string(lowercase(s[1]), s[nextind(s, 1):end])
        titlecase(s::String) = (up = true; join([(u = up; up = !isletter(c); u ? uppercase(c) : lowercase(c)) for c in s]))
        ==(a::String, b::String) = a == b
        isless(a::String, b::String) = __compare_strings(a, b) < 0
        <(a::AbstractString, b::AbstractString) = isless(a, b)
        cmp(a::String, b::String) = __compare_strings(a, b)
        isless(a::Symbol, b::Symbol) = isless(String(a), String(b))
        <(a::Symbol, b::Symbol) = isless(a, b)
        *(a::String, b::String) = __concat((a, b))
        *(a::Union{String,Char}, b::Union{String,Char}) = __concat((string(a), string(b)))
        ^(s::Union{String,Char}, n::Integer) = repeat(s, n)
        repeat(s::String, n::Integer) = __repeat(s, Int64(n))
        repeat(c::Char, n::Integer) = __repeat(string(c), Int64(n))
        reverse(s::String) = (v = collect(s); join(reverse!(v)))
        first(s::String, n::Integer) = join(Iterators.take(s, n))
        last(s::String, n::Integer) = (v = collect(s); join(v[max(1, length(v) - n + 1):end]))
        chop(s::String; head = 0, tail = 1) = (v = collect(s); join(v[1+head:length(v)-tail]))
        chomp(s::String) = endswith(s, "\r\n") ? __bytes_slice(s, 1, ncodeunits(s) - 2) : endswith(s, "\n") ? __bytes_slice(s, 1, ncodeunits(s) - 1) : s
        chopprefix(s::String, p::String) = startswith(s, p) ? __bytes_slice(s, ncodeunits(p) + 1, ncodeunits(s)) : s
        chopsuffix(s::String, p::String) = endswith(s, p) ? __bytes_slice(s, 1, ncodeunits(s) - ncodeunits(p)) : s
        startswith(s::String, p::String) = ncodeunits(p) <= ncodeunits(s) && __bytes_slice(s, 1, ncodeunits(p)) == p
        endswith(s::String, p::String) = ncodeunits(p) <= ncodeunits(s) && __bytes_slice(s, ncodeunits(s) - ncodeunits(p) + 1, ncodeunits(s)) == p
        startswith(s::String, c::Char) = !isempty(s) && s[1] == c
        endswith(s::String, c::Char) = !isempty(s) && s[end] == c
        startswith(p) = s -> startswith(s, p)
        endswith(p) = s -> endswith(s, p)
        occursin(p::String, s::String) = __find(s, p, 1) > 0
        occursin(c::Char, s::String) = __find(s, string(c), 1) > 0
        occursin(p) = s -> occursin(p, s)
        contains(s::String, p) = occursin(p, s)
        in(c::Char, s::String) = __find(s, string(c), 1) > 0
        findfirst(p::String, s::String) = (i = __find(s, p, 1); i == 0 ? nothing : i:__thisind(s, i + ncodeunits(p) - 1))
        findfirst(c::Char, s::String) = (i = __find(s, string(c), 1); i == 0 ? nothing : i)
        findnext(p::String, s::String, k::Integer) = (i = __find(s, p, k); i == 0 ? nothing : i:__thisind(s, i + ncodeunits(p) - 1))
        findnext(c::Char, s::String, k::Integer) = (i = __find(s, string(c), k); i == 0 ? nothing : i)
        findlast(p::String, s::String) = (i = __find_last(s, p, ncodeunits(s)); i == 0 ? nothing : i:__thisind(s, i + ncodeunits(p) - 1))
        findlast(c::Char, s::String) = (i = __find_last(s, string(c), ncodeunits(s)); i == 0 ? nothing : i)
        findall(p::String, s::String) = (r = UnitRange{Int64}[]; i = __find(s, p, 1); while i != 0; push!(r, i:__thisind(s, i + ncodeunits(p) - 1)); i = __find(s, p, i + max(1, ncodeunits(p))); end; r)
        findall(c::Char, s::String) = [i for i in eachindex(s) if s[i] == c]
        count(p::String, s::String) = length(findall(p, s))
        count(c::Char, s::String) = count(==(c), s)
        __matcher(p) = p isa Function ? p : p isa Char ? ==(p) : c -> c in p
        lstrip(s::String) = lstrip(isspace, s)
        rstrip(s::String) = rstrip(isspace, s)
        strip(s::String) = strip(isspace, s)
        function lstrip(f, s::String)
            m = __matcher(f)
            for i in eachindex(s)
                m(s[i]) || return __bytes_slice(s, i, ncodeunits(s))
            end
            ""
        end
        function rstrip(f, s::String)
            m = __matcher(f)
            i = lastindex(s)
            while i > 0
                m(s[i]) || return __bytes_slice(s, 1, nextind(s, i) - 1)
                i = prevind(s, i)
            end
            ""
        end
        strip(f, s::String) = lstrip(f, rstrip(f, s))
        lstrip(s::String, c) = lstrip(c, s)
        rstrip(s::String, c) = rstrip(c, s)
        strip(s::String, c) = strip(c, s)
        lpad(s, n::Integer, p = ' ') = (t = string(s); k = n - length(t); q = string(p); k <= 0 ? t : first(repeat(q, cld(k, length(q))), k) * t)
        rpad(s, n::Integer, p = ' ') = (t = string(s); k = n - length(t); q = string(p); k <= 0 ? t : t * first(repeat(q, cld(k, length(q))), k))
        split(s::String; keepempty = false, limit = 0) = __split(s, isspace, keepempty, limit)
        split(s::String, d; keepempty = true, limit = 0) = __split(s, d, keepempty, limit)
        eachsplit(s::String, d = isspace; keepempty = d !== isspace, limit = 0) = __split(s, d, keepempty, limit)
        function __split(s, d, keepempty, limit)
            d isa Regex && return __split_regex(s, d, keepempty, limit)
            r = String[]
            n = ncodeunits(s)
            if d isa String && d == ""
                for c in s
                    push!(r, string(c))
                end
                return r
            end
            from = 1
            i = 1
            while i <= n
                (limit > 0 && length(r) == limit - 1) && break
                if d isa String
                    j = __find(s, d, i)
                    j == 0 && break
                    w = ncodeunits(d)
                elseif d isa Char
                    j = __find(s, string(d), i)
                    j == 0 && break
                    w = ncodeunits(d)
                else
                    m = __matcher(d)
                    j = i
                    while j <= n && !m(s[j])
                        j = __nextind(s, j)
                    end
                    j > n && break
                    w = __nextind(s, j) - j
                end
                (keepempty || j > from) && push!(r, __bytes_slice(s, from, j - 1))
                from = j + w
                i = from
            end
            (keepempty || from <= n) && push!(r, __bytes_slice(s, from, n))
            r
        end
        rsplit(s::String, d; limit = 0, keepempty = true) = limit == 0 ? split(s, d; keepempty = keepempty) : (p = split(s, d); k = length(p) - limit + 1; k <= 1 ? p : vcat([join(p[1:k], d)], p[k+1:end]))
        function join(itr, d = "", last = d)
            parts = String[string(x) for x in itr]
            n = length(parts)
            n == 0 && return ""
            n == 1 && return parts[1]
            sep = string(d)
            out = String[]
            for i in 1:n
                i > 1 && push!(out, i == n ? string(last) : sep)
                push!(out, parts[i])
            end
            __concat(out)
        end
        function replace(s::String, ps::Pair...; count = typemax(Int64))
            any(p -> p.first isa Regex, ps) && return __replace_regex(s, ps, count)
            out = String[]
            i = 1
            n = ncodeunits(s)
            done = 0
            while i <= n
                matched = false
                if done < count
                    for p in ps
                        w = __match_at(s, i, p.first)
                        if w > 0
                            part = __bytes_slice(s, i, i + w - 1)
                            push!(out, p.second isa Function ? string(p.second(p.first isa String ? part : s[i])) : string(p.second))
                            i += w
                            matched = true
                            done += 1
                            break
                        end
                    end
                end
                if !matched
                    j = __nextind(s, i)
                    push!(out, __bytes_slice(s, i, j - 1))
                    i = j
                end
            end
            __concat(out)
        end
        __match_at(s, i, p::String) = (w = ncodeunits(p); w > 0 && i + w - 1 <= ncodeunits(s) && __bytes_slice(s, i, i + w - 1) == p ? w : 0)
        __match_at(s, i, p) = __matcher(p)(s[i]) ? ncodeunits(s[i]) : 0
        __parse_fail(m, x) = throw(ArgumentError(x))
        parse(::Type{T}, s::AbstractString; base = nothing) where {T<:Integer} = (r = tryparse_text(T, s, base); r isa String ? throw(startswith(r, "overflow") ? OverflowError(r) : ArgumentError(r)) : r)
        function tryparse_text(T, s, base)
            T === Bool && return s == "true" ? true : s == "false" ? false : "invalid Bool representation: $(repr(s))"
            r = T === BigInt || T === Int128 || T === UInt128 || T === UInt64 ? __parse_big(s, base) : __parse_int(s, base)
            r isa String ? r : typemin_ok(T, r) ? T(r) : "overflow: $(repr(s))"
        end
        typemin_ok(T, r) = T === BigInt || T === Int64 || typemin(T) <= r <= typemax(T)
        parse(::Type{T}, c::Char; base = 10) where {T<:Integer} = (d = __digit_value(c); 0 <= d < base ? T(d) : throw(ArgumentError("invalid base $base digit $(repr(c))")))
        __digit_value(c) = '0' <= c <= '9' ? c - '0' : 'a' <= c <= 'z' ? c - 'a' + 10 : 'A' <= c <= 'Z' ? c - 'A' + 10 : 99
        parse(::Type{T}, s::AbstractString) where {T<:AbstractFloat} = (r = __parse_float(s); r isa String ? throw(ArgumentError(r)) : T(r))
        tryparse(::Type{T}, s::AbstractString; base = nothing) where {T<:Integer} = (r = tryparse_text(T, s, base); r isa String ? nothing : r)
        tryparse(::Type{T}, s::AbstractString) where {T<:AbstractFloat} = (r = __parse_float(s); r isa String ? nothing : T(r))
        string(n::Integer; base = 10, pad = 1) = (t = __int_string(abs(n), base); t = lpad(t, pad, '0'); n < 0 ? "-" * t : t)
        bitstring(x::MachineInteger) = lpad(__int_string(__bits(x), 2), 8 * sizeof(x), '0')
        bitstring(x::Float64) = lpad(__int_string(__float_bits(x), 2), 64, '0')
        hex2bytes(s) = [parse(UInt8, s[i:i+1]; base = 16) for i in 1:2:length(s)]
        bytes2hex(v) = join([lpad(__int_string(b, 16), 2, '0') for b in v])
        ascii(s::String) = s
        escape_string(s::String) = __escape(s)
        unescape_string(s::String) = s
        lines(s) = split(s, '\n')
        eachline(io) = __unsupported("reading input")
        readline(x...) = __unsupported("reading input")
        readlines(x...) = __unsupported("reading input")
        open(x...) = __unsupported("files")
        textwidth(s::String) = length(s)
        textwidth(c::Char) = 1
        """#
}
