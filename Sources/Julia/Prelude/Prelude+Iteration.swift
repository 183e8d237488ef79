extension Prelude {
    /// Ranges, iterators, reductions, sorting, broadcast.
    static let iteration = #"""
        (:)(a::T, b::T) where {T<:Integer} = UnitRange{T}(a, b)
        (:)(a::Real, b::Real) = __colon(promote(a, b)...)
        __colon(a::T, b::T) where {T<:Integer} = UnitRange{T}(a, b)
        __colon(a, b) = __float_range(a, one(a), b)
        (:)(a::Char, b::Char) = StepRange{Char,Int64}(a, 1, b)
        (:)(a::T, s::Integer, b::T) where {T<:Integer} = s == 0 ? throw(ArgumentError("step cannot be zero")) : StepRange{T,typeof(s)}(a, s, b)
        (:)(a::Integer, s::Integer, b::Integer) = (p = promote(a, b); p[1]:s:p[2])
        (:)(a::Char, s::Integer, b::Char) = StepRange{Char,Int64}(a, Int64(s), b)
        (:)(a::Real, s::Real, b::Real) = __float_range(promote(a, s, b)...)
        __step_stop(a, s, b) = s > 0 ? (b < a ? a - 1 : b - rem(b - a, s)) : (b > a ? a + 1 : b + rem(a - b, -s))
        __step_stop(a::Char, s, b::Char) = Char(__step_stop(Int64(a), s, Int64(b)))
        function __float_range(a, s, b)
            s == 0 && throw(ArgumentError("range step cannot be zero"))
            __float_range(typeof(a), __range_step(Float64(a), Float64(s), Float64(b), !(a isa Float64)))
        end
        function __float_range(T, p)
            p === nothing && throw(ArgumentError("a range of floats needs finite ends and a length that fits"))
            StepRangeLen{T}(p[1], p[3], p[2], p[4], p[5], p[6])
        end
        UnitRange{T}(r::UnitRange) where {T} = UnitRange{T}(r.start, r.stop)
        OneTo(n::Int64) = OneTo{Int64}(n < 0 ? 0 : n)
        first(r::Union{UnitRange,StepRange}) = r.start
        last(r::Union{UnitRange,StepRange}) = r.stop
        first(r::OneTo) = 1
        last(r::OneTo) = r.stop
        first(r::StepRangeLen{T}) where {T} = r.len == 0 ? T(r.ref) : r[1]
        last(r::StepRangeLen) = r[r.len]
        step(r::UnitRange) = one(r.start)
        step(r::OneTo) = 1
        step(r::StepRange) = r.step
        step(r::StepRangeLen{T}) where {T} = T(r.step + r.steplow)
        length(r::UnitRange) = Int64(r.stop - r.start) + 1
        length(r::OneTo) = r.stop
        length(r::StepRange) = (r.step > 0 ? r.stop < r.start : r.stop > r.start) ? 0 : Int64(div(r.stop - r.start, r.step)) + 1
        length(r::StepRangeLen) = r.len
        isempty(r::AbstractRange) = length(r) == 0
        iterate(r::UnitRange) = r.start > r.stop ? nothing : (r.start, r.start)
        iterate(r::UnitRange, i) = i == r.stop ? nothing : (i + one(i), i + one(i))
        iterate(r::OneTo) = r.stop < 1 ? nothing : (1, 1)
        iterate(r::OneTo, i) = i == r.stop ? nothing : (i + 1, i + 1)
        iterate(r::StepRange) = isempty(r) ? nothing : (r.start, r.start)
        iterate(r::StepRange, i) = i == r.stop ? nothing : (i + r.step, i + r.step)
        iterate(r::StepRangeLen, i = 1) = i > r.len ? nothing : (r[i], i + 1)
        getindex(r::Union{UnitRange,OneTo,StepRange}, i::Integer) = 1 <= i <= length(r) ? first(r) + (i - 1) * step(r) : throw(BoundsError(r, i))
        function getindex(r::StepRangeLen{T}, i::Integer) where {T}
            1 <= i <= r.len || throw(BoundsError(r, i))
            u = i - r.offset
            shift = u * r.step
            high = r.ref + shift
            part = high - r.ref
            low = (r.ref - (high - part)) + (shift - part)
            T(high + (low + (u * r.steplow + r.reflow)))
        end
        getindex(r::Union{UnitRange,OneTo}, s::UnitRange) = (isempty(s) || (first(s) >= 1 && last(s) <= length(r)) || throw(BoundsError(r, s)); (first(r)+first(s)-1):(first(r)+last(s)-1))
        in(x::Integer, r::Union{UnitRange,OneTo}) = first(r) <= x <= last(r)
        in(x::Real, r::Union{UnitRange,OneTo}) = isinteger(x) && first(r) <= x <= last(r)
        in(x::Integer, r::StepRange) = !isempty(r) && min(r.start, r.stop) <= x <= max(r.start, r.stop) && rem(x - r.start, r.step) == 0
        reverse(r::Union{UnitRange,OneTo}) = last(r):-1:first(r)
        reverse(r::StepRange) = r.stop:-r.step:r.start
        ==(a::AbstractRange, b::AbstractRange) = length(a) == length(b) && (isempty(a) || (first(a) == first(b) && last(a) == last(b)))
        +(r::UnitRange, x::Integer) = (r.start+x):(r.stop+x)
        -(r::UnitRange, x::Integer) = (r.start-x):(r.stop-x)
        sum(r::Union{UnitRange{Int64},OneTo}) = div((first(r) + last(r)) * length(r), 2)
        minimum(r::UnitRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : r.start
        maximum(r::UnitRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : r.stop
        sort(r::UnitRange) = r
        range(a, b; step = nothing, length = nothing) = length !== nothing ? __float_range(Float64, __range_length(Float64(a), Float64(b), Int64(length))) : step === nothing ? (a:b) : (a:step:b)
        range(a; stop = nothing, step = 1, length = nothing) = stop === nothing ? (a:step:(a+step*(length-1))) : length === nothing ? (a:step:stop) : range(a, stop; length = length)
        LinRange(a, b, n) = range(a, b; length = n)
        __generator(f, itr) = Generator(f, itr)
        iterate(g::Generator) = (r = iterate(g.iter); r === nothing ? nothing : (g.f(r[1]), r[2]))
        iterate(g::Generator, s) = (r = iterate(g.iter, s); r === nothing ? nothing : (g.f(r[1]), r[2]))
        length(g::Generator) = length(g.iter)
        size(g::Generator) = size(g.iter)
        struct __Filtered
            f
            itr
        end
        __filtered(f, itr) = __Filtered(f, itr)
        iterate(x::__Filtered) = __next_filtered(x, iterate(x.itr))
        iterate(x::__Filtered, s) = __next_filtered(x, iterate(x.itr, s))
        function __next_filtered(x, r)
            while r !== nothing
                x.f(r[1]) && return r
                r = iterate(x.itr, r[2])
            end
            nothing
        end
        length(x::__Filtered) = count(x.f, x.itr)
        isempty(x::__Filtered) = iterate(x) === nothing
        last(x::__Filtered) = collect(x)[end]
        getindex(x::__Filtered, i::Integer) = collect(x)[i]
        struct __Product
            its
        end
        __product(its...) = __Product(its)
        length(p::__Product) = prod(map(length, p.its))
        size(p::__Product) = map(length, p.its)
        function iterate(p::__Product)
            rs = map(iterate, p.its)
            any(isnothing, rs) && return nothing
            (map(r -> r[1], rs), rs)
        end
        function iterate(p::__Product, rs)
            n = length(p.its)
            new = Any[r for r in rs]
            for i in 1:n
                r = iterate(p.its[i], new[i][2])
                if r !== nothing
                    new[i] = r
                    t = __tuple_of_array(new)
                    return (map(r -> r[1], t), t)
                end
                new[i] = iterate(p.its[i])
            end
            nothing
        end
        struct __Flatten
            itr
        end
        __flat_generator(f, itr) = __Flatten(Generator(f, itr))
        length(x::__Flatten) = sum(length, x.itr)
        function iterate(x::__Flatten, state = nothing)
            outer = state === nothing ? iterate(x.itr) : state[1]
            inner = state === nothing ? nothing : iterate(outer[1], state[2])
            while inner === nothing
                if state === nothing
                    outer === nothing && return nothing
                    state = 0
                else
                    outer = iterate(x.itr, outer[2])
                    outer === nothing && return nothing
                end
                inner = iterate(outer[1])
            end
            (inner[1], (outer, inner[2]))
        end
        struct __Enumerate
            itr
        end
        enumerate(itr) = __Enumerate(itr)
        length(e::__Enumerate) = length(e.itr)
        function iterate(e::__Enumerate)
            r = iterate(e.itr)
            r === nothing ? nothing : ((1, r[1]), (1, r[2]))
        end
        function iterate(e::__Enumerate, s)
            r = iterate(e.itr, s[2])
            r === nothing ? nothing : ((s[1] + 1, r[1]), (s[1] + 1, r[2]))
        end
        struct __Zip
            its
        end
        zip(its...) = __Zip(its)
        length(z::__Zip) = minimum(map(length, z.its))
        function iterate(z::__Zip)
            rs = map(iterate, z.its)
            any(isnothing, rs) ? nothing : (map(r -> r[1], rs), map(r -> r[2], rs))
        end
        function iterate(z::__Zip, s)
            rs = ntuple(i -> iterate(z.its[i], s[i]), length(s))
            any(isnothing, rs) ? nothing : (map(r -> r[1], rs), map(r -> r[2], rs))
        end
        struct __Take
            itr
            n
        end
        length(t::__Take) = min(t.n, length(t.itr))
        function iterate(t::__Take)
            t.n <= 0 && return nothing
            r = iterate(t.itr)
            r === nothing ? nothing : (r[1], (1, r[2]))
        end
        function iterate(t::__Take, s)
            s[1] >= t.n && return nothing
            r = iterate(t.itr, s[2])
            r === nothing ? nothing : (r[1], (s[1] + 1, r[2]))
        end
        struct __Drop
            itr
            n
        end
        length(t::__Drop) = max(0, length(t.itr) - t.n)
        function iterate(t::__Drop)
            r = iterate(t.itr)
            for _ in 1:t.n
                r === nothing && return nothing
                r = iterate(t.itr, r[2])
            end
            r
        end
        iterate(t::__Drop, s) = iterate(t.itr, s)
        struct __Cycle
            itr
        end
        iterate(c::__Cycle) = iterate(c.itr)
        iterate(c::__Cycle, s) = (r = iterate(c.itr, s); r === nothing ? iterate(c.itr) : r)
        struct __Count
            start
            step
        end
        iterate(c::__Count) = (c.start, c.start)
        iterate(c::__Count, s) = (s + c.step, s + c.step)
        struct __Repeated
            x
        end
        iterate(r::__Repeated, s = nothing) = (r.x, nothing)
        struct __TakeWhile
            f
            itr
        end
        iterate(t::__TakeWhile) = (r = iterate(t.itr); r === nothing || !t.f(r[1]) ? nothing : r)
        iterate(t::__TakeWhile, s) = (r = iterate(t.itr, s); r === nothing || !t.f(r[1]) ? nothing : r)
        struct __Partition
            itr
            n
        end
        length(p::__Partition) = cld(length(p.itr), p.n)
        function iterate(p::__Partition, i = 1)
            v = p.itr isa AbstractVector ? p.itr : collect(p.itr)
            i > length(v) ? nothing : (v[i:min(i + p.n - 1, length(v))], i + p.n)
        end
        module Iterators
        take(itr, n) = Base.__Take(itr, n)
        drop(itr, n) = Base.__Drop(itr, n)
        cycle(itr) = Base.__Cycle(itr)
        countfrom(a = 1, s = 1) = Base.__Count(a, s)
        repeated(x) = Base.__Repeated(x)
        repeated(x, n) = Base.__Take(Base.__Repeated(x), n)
        filter(f, itr) = Base.__filtered(f, itr)
        map(f, itr) = Base.__generator(f, itr)
        product(its...) = Base.__product(its...)
        flatten(itr) = Base.__Flatten(itr)
        enumerate(itr) = Base.enumerate(itr)
        zip(its...) = Base.zip(its...)
        reverse(itr) = Base.reverse(itr)
        takewhile(f, itr) = Base.__TakeWhile(f, itr)
        dropwhile(f, itr) = (v = collect(itr); k = findfirst(x -> !f(x), v); k === nothing ? v[1:0] : v[k:end])
        partition(itr, n) = Base.__Partition(itr, n)
        accumulate(f, itr) = Base.accumulate(f, collect(itr))
        peel(itr) = (r = iterate(itr); r === nothing ? nothing : (r[1], Base.__Drop(itr, 1)))
        end
        collect(a::Array) = copy(a)
        function collect(itr)
            r = [x for x in itr]
            itr isa Generator && __has_shape(itr.iter) ? reshape(r, size(itr.iter)) : (itr isa Generator && itr.iter isa __Product) ? reshape(r, size(itr.iter)) : itr isa __Product ? reshape(r, size(itr)) : (length(r) == 0 && !(itr isa Union{Generator,__Filtered,__Flatten})) ? __empty(eltype(itr)) : r
        end
        collect(r::AbstractRange{T}) where {T} = T[x for x in r]
        collect(::Type{T}, itr) where {T} = T[x for x in itr]
        map(f, a::AbstractArray) = (r = [f(x) for x in a]; r)
        map(f, t::Tuple) = __tuple_of_array(Any[f(x) for x in t])
        map(f, itr) = [f(x) for x in itr]
        map(f, s::AbstractString) = join([f(c) for c in s])
        map(f, a::AbstractArray, b::AbstractArray) = (n = min(length(a), length(b)); r = [f(a[i], b[i]) for i in 1:n]; size(a) == size(b) && ndims(a) > 1 ? reshape(r, size(a)) : r)
        map(f, a::Tuple, b::Tuple) = __tuple_of_array(Any[f(a[i], b[i]) for i in 1:min(length(a), length(b))])
        map(f, a, b, c...) = [f(x...) for x in zip(a, b, c...)]
        map!(f, d::Array, a) = (for i in 1:length(a); d[i] = f(a[i]); end; d)
        foreach(f, itr) = (for x in itr; f(x); end)
        foreach(f, a, b) = (for (x, y) in zip(a, b); f(x, y); end)
        filter(f, a::AbstractArray) = (r = __empty(eltype(a)); for x in a; f(x) && __apush(r, x); end; r)
        filter(f, t::Tuple) = __tuple_of_array(Any[x for x in t if f(x)])
        filter(f, s::AbstractString) = join([c for c in s if f(c)])
        filter!(f, a::Array) = (b = filter(f, a); resize!(a, length(b)); __acopyto(a, 1, b, 1, length(b)); a)
        filter(f) = x -> filter(f, x)
        map(f) = x -> map(f, x)
        struct __NoInit end
        function mapfoldl(f, op, itr; init = __NoInit())
            acc = init
            for x in itr
                acc = acc isa __NoInit ? f(x) : op(acc, f(x))
            end
            acc isa __NoInit ? __empty_reduce(op, itr) : acc
        end
        function __empty_reduce(op, itr)
            T = eltype(itr)
            (op === (+) && T !== Any && T !== Union{}) && return zero(T)
            (op === (*) && T !== Any && T !== Union{}) && return one(T)
            throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer"))
        end
        foldl(op, itr; init = __NoInit()) = mapfoldl(identity, op, itr; init = init)
        reduce(op, itr; init = __NoInit()) = mapfoldl(identity, op, itr; init = init)
        mapreduce(f, op, itr; init = __NoInit()) = mapfoldl(f, op, itr; init = init)
        mapreduce(f, op, a, b; init = __NoInit()) = mapfoldl(x -> f(x...), op, zip(a, b); init = init)
        function foldr(op, itr; init = __NoInit())
            acc = init
            for x in reverse(collect(itr))
                acc = acc isa __NoInit ? x : op(x, acc)
            end
            acc isa __NoInit ? __empty_reduce(op, itr) : acc
        end
        function accumulate(op, itr; init = __NoInit())
            acc = init
            r = []
            out = [(acc = acc isa __NoInit ? x : op(acc, x)) for x in itr]
            out
        end
        cumsum(a) = accumulate(+, a)
        cumprod(a) = accumulate(*, a)
        diff(a) = [a[i+1] - a[i] for i in 1:length(a)-1]
        sum(itr; init = __NoInit(), dims = nothing) = dims === nothing ? __sum(identity, itr, init) : __reduce_dims(+, itr, dims)
        sum(f, itr; init = __NoInit()) = __sum(f, itr, init)
        __add_sum(a, b) = a + b
        function __sum(f, itr, init)
            if itr isa Array && init isa __NoInit && length(itr) >= 1024
                return __pairwise(f, itr, 1, length(itr))
            end
            acc = init
            for x in itr
                acc = acc isa __NoInit ? __widen_small(f(x)) : acc + f(x)
            end
            acc isa __NoInit ? __empty_sum(itr, f) : acc
        end
        __widen_small(x) = x isa Bool || x isa Int8 || x isa Int16 || x isa Int32 ? Int64(x) : x isa UInt8 || x isa UInt16 || x isa UInt32 ? UInt64(x) : x
        __unseen(itr) = (itr isa Array && eltype(itr) === Union{}) && __unsupported("the element type of an empty array whose elements were never seen")
        __empty_sum(itr, f) = (__unseen(itr); T = eltype(itr); T === Any || T === Union{} ? throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer")) : T <: Number ? zero(T) : throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer")))
        function __pairwise(f, a, lo, hi)
            if hi - lo < 1024
                acc = __widen_small(f(a[lo]))
                for i in lo+1:hi
                    acc = acc + f(a[i])
                end
                return acc
            end
            mid = (lo + hi) >> 1
            __pairwise(f, a, lo, mid) + __pairwise(f, a, mid + 1, hi)
        end
        function __reduce_dims(op, a, dims)
            dims == 1 ? reshape([reduce(op, a[:, j]) for j in 1:size(a, 2)], (1, size(a, 2))) : reshape([reduce(op, a[i, :]) for i in 1:size(a, 1)], (size(a, 1), 1))
        end
        prod(itr; init = __NoInit()) = (r = mapfoldl(__widen_small, *, itr; init = init isa __NoInit && isempty(itr) ? 1 : init); r)
        prod(f, itr; init = __NoInit()) = mapfoldl(f, *, itr; init = init isa __NoInit && isempty(itr) ? 1 : init)
        function __extreme(f, itr, pick, init)
            acc = init
            for x in itr
                y = f(x)
                acc = acc isa __NoInit ? y : pick(acc, y)
            end
            acc isa __NoInit ? throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer")) : acc
        end
        maximum(itr; init = __NoInit(), dims = nothing) = dims === nothing ? __extreme(identity, itr, max, init) : __reduce_dims(max, itr, dims)
        minimum(itr; init = __NoInit(), dims = nothing) = dims === nothing ? __extreme(identity, itr, min, init) : __reduce_dims(min, itr, dims)
        maximum(f, itr; init = __NoInit()) = __extreme(f, itr, max, init)
        minimum(f, itr; init = __NoInit()) = __extreme(f, itr, min, init)
        extrema(itr) = (minimum(itr), maximum(itr))
        function __find_extreme(f, itr, better)
            best = nothing
            for (k, v) in pairs(itr)
                y = f(v)
                (best === nothing || better(y, best[1])) && (best = (y, k))
            end
            best === nothing ? throw(ArgumentError("collection must be non-empty")) : best
        end
        findmax(itr) = __find_extreme(identity, itr, (a, b) -> isless(b, a))
        findmin(itr) = __find_extreme(identity, itr, (a, b) -> isless(a, b))
        findmax(f, itr) = __find_extreme(f, itr, (a, b) -> isless(b, a))
        findmin(f, itr) = __find_extreme(f, itr, (a, b) -> isless(a, b))
        argmax(itr) = findmax(itr)[2]
        argmin(itr) = findmin(itr)[2]
        argmax(f, itr) = (b = nothing; for x in itr; y = f(x); (b === nothing || isless(b[1], y)) && (b = (y, x)); end; b[2])
        argmin(f, itr) = (b = nothing; for x in itr; y = f(x); (b === nothing || isless(y, b[1])) && (b = (y, x)); end; b[2])
        pairs(a::AbstractVector) = __generator(i -> Pair(i, a[i]), 1:length(a))
        pairs(a::AbstractArray) = __generator(i -> Pair(i, a[i]), CartesianIndices(size(a)))
        pairs(t::Tuple) = __generator(i -> Pair(i, t[i]), 1:length(t))
        pairs(x) = __generator(t -> Pair(t[1], t[2]), enumerate(x))
        pairs(s::AbstractString) = __generator(i -> Pair(i, s[i]), eachindex(s))
        any(itr) = any(identity, itr)
        all(itr) = all(identity, itr)
        any(f, itr) = (for x in itr; f(x) && return true; end; false)
        all(f, itr) = (for x in itr; f(x) || return false; end; true)
        count(itr) = count(identity, itr)
        count(f, itr) = (n = 0; for x in itr; f(x) && (n += 1); end; n)
        in(x, itr) = (for y in itr; y == x && return true; end; false)
        ∈(x, itr) = in(x, itr)
        ∉(x, itr) = !in(x, itr)
        ∋(itr, x) = in(x, itr)
        contains(x) = y -> contains(y, x)
        findfirst(f, a) = (for (k, v) in pairs(a); f(v) && return k; end; nothing)
        findfirst(a::AbstractArray) = findfirst(identity, a)
        findnext(f, a, i) = (for k in i:length(a); f(a[k]) && return k; end; nothing)
        findprev(f, a, i) = (for k in i:-1:1; f(a[k]) && return k; end; nothing)
        findlast(f, a) = (r = nothing; for (k, v) in pairs(a); f(v) && (r = k); end; r)
        findall(f, a) = [k for (k, v) in pairs(a) if f(v)]
        findall(a::AbstractArray) = [k for (k, v) in pairs(a) if v]
        indexin(a, b) = [findfirst(==(x), b) for x in a]
        function unique(itr)
            seen = Set{Any}()
            r = __empty(eltype(itr) === Any ? Union{} : eltype(itr))
            for x in itr
                if !(x in seen)
                    push!(seen, x)
                    r = __collect(r, x)
                end
            end
            r
        end
        unique(f, itr) = (seen = Set{Any}(); [x for x in itr if (y = f(x); y in seen ? false : (push!(seen, y); true))])
        unique!(a::Array) = (b = unique(a); resize!(a, length(b)); copyto!(a, b))
        allunique(itr) = (s = Set{Any}(); for x in itr; x in s && return false; push!(s, x); end; true)
        allequal(itr) = (isempty(itr) || (f = first(itr); all(x -> isequal(x, f), itr)))
        replace(a::AbstractArray, ps::Pair...) = map(x -> (for p in ps; isequal(p.first, x) && return p.second; end; x), a)
        replace!(a::Array, ps::Pair...) = copyto!(a, replace(a, ps...))
        circshift(a::AbstractVector, k::Integer) = [a[mod1(i - k, length(a))] for i in 1:length(a)]
        repeat(a::AbstractVector, n::Integer) = (r = __empty(eltype(a)); for _ in 1:n; append!(r, a); end; r)
        rot90(a) = a
        mean(a) = sum(a) / length(a)
        mean(f, a) = sum(f, a) / length(a)
        median(a) = (s = sort(collect(a)); n = length(s); isodd(n) ? s[div(n, 2)+1] / 1 : (s[div(n, 2)] + s[div(n, 2)+1]) / 2)
        var(a) = (m = mean(a); sum(x -> abs2(x - m), a) / (length(a) - 1))
        std(a) = sqrt(var(a))
        sort(a::AbstractVector; kw...) = sort!(collect(a); kw...)
        sort(itr; kw...) = sort!(collect(itr); kw...)
        __order(lt, by, rev) = rev ? (by === identity ? (x, y) -> lt(y, x) : (x, y) -> lt(by(y), by(x))) : (by === identity ? lt : (x, y) -> lt(by(x), by(y)))
        sort!(a::Array; lt = isless, by = identity, rev = false, alg = nothing) = (__merge_sort!(a, __order(lt, by, rev)); a)
        function __merge_sort!(a, lt)
            n = length(a)
            for lo in 1:16:n
                hi = min(lo + 15, n)
                for i in lo+1:hi
                    x = a[i]
                    j = i - 1
                    while j >= lo && lt(x, a[j])
                        a[j+1] = a[j]
                        j -= 1
                    end
                    a[j+1] = x
                end
            end
            w = 16
            b = copy(a)
            while w < n
                lo = 1
                while lo + w <= n
                    mid = lo + w - 1
                    hi = min(lo + 2w - 1, n)
                    __acopyto(b, lo, a, lo, hi - lo + 1)
                    i, j, k = lo, mid + 1, lo
                    while i <= mid && j <= hi
                        if lt(b[j], b[i])
                            a[k] = b[j]
                            j += 1
                        else
                            a[k] = b[i]
                            i += 1
                        end
                        k += 1
                    end
                    while i <= mid
                        a[k] = b[i]
                        i += 1
                        k += 1
                    end
                    while j <= hi
                        a[k] = b[j]
                        j += 1
                        k += 1
                    end
                    lo += 2w
                end
                w *= 2
            end
            a
        end
        sortperm(a; lt = isless, by = identity, rev = false) = (o = __order(lt, by, rev); p = collect(1:length(a)); __merge_sort!(p, (i, j) -> o(a[i], a[j])); p)
        issorted(a; lt = isless, by = identity, rev = false) = (o = __order(lt, by, rev); for i in 2:length(a); o(a[i], a[i-1]) && return false; end; true)
        partialsort(a, k; kw...) = sort(a; kw...)[k]
        function searchsortedfirst(a, x; lt = isless, by = identity, rev = false)
            o = __order(lt, by, rev)
            lo, hi = 1, length(a) + 1
            while lo < hi
                m = (lo + hi) >> 1
                o(a[m], x) ? (lo = m + 1) : (hi = m)
            end
            lo
        end
        function searchsortedlast(a, x; lt = isless, by = identity, rev = false)
            o = __order(lt, by, rev)
            lo, hi = 0, length(a)
            while lo < hi
                m = (lo + hi + 1) >> 1
                o(x, a[m]) ? (hi = m - 1) : (lo = m)
            end
            lo
        end
        searchsorted(a, x) = searchsortedfirst(a, x):searchsortedlast(a, x)
        insorted(x, a) = (i = searchsortedfirst(a, x); i <= length(a) && isequal(a[i], x))
        """#
}
