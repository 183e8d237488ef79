extension Prelude {
    /// Arrays, tuples and named tuples.
    static let arrays = #"""
        length(a::Array) = __alen(a)
        length(t::Tuple) = __nfields(t)
        length(t::NamedTuple) = __nfields(t)
        size(a::Array) = __asizes(a)
        size(a::Array, d::Int64) = __asize(a, d)
        size(a::AbstractArray, d) = d <= ndims(a) ? size(a)[d] : 1
        size(r::AbstractRange) = (length(r),)
        size(x::Number) = ()
        length(x::Number) = 1
        length(a::AbstractArray) = prod(size(a))
        ndims(a::Array) = __andims(a)
        ndims(::AbstractArray{T,N}) where {T,N} = N
        ndims(x::Number) = 0
        eltype(a::Array) = __aeltype(a)
        eltype(::Type{<:AbstractArray{T}}) where {T} = T
        eltype(::AbstractArray{T}) where {T} = T
        eltype(x) = Any
        eltype(::Type{T}) where {T} = Any
        eltype(t::Tuple) = length(t) == 0 ? Union{} : foldl(promote_typejoin, map(typeof, t))
        eltype(x::Number) = typeof(x)
        eltype(::AbstractString) = Char
        eltype(::AbstractDict{K,V}) where {K,V} = Pair{K,V}
        eltype(::AbstractSet{T}) where {T} = T
        axes(a::AbstractArray) = map(n -> OneTo(n), size(a))
        axes(a::AbstractArray, d) = OneTo(size(a, d))
        axes(a::Tuple) = (OneTo(length(a)),)
        eachindex(a::AbstractArray) = OneTo(length(a))
        eachindex(t::Tuple) = OneTo(length(t))
        eachindex(s::AbstractString) = __filtered(i -> isvalid(s, i), 1:ncodeunits(s))
        keys(a::AbstractVector) = OneTo(length(a))
        keys(a::AbstractArray) = CartesianIndices(size(a))
        keys(t::Tuple) = OneTo(length(t))
        values(a::AbstractArray) = a
        firstindex(a) = 1
        lastindex(a) = length(a)
        lastindex(a, d) = size(a, d)
        firstindex(a, d) = 1
        isempty(x) = length(x) == 0
        isempty(a::Generator) = iterate(a) === nothing
        iterate(a::AbstractArray, i = 1) = i > length(a) ? nothing : (a[i], i + 1)
        iterate(t::Tuple, i = 1) = i > length(t) ? nothing : (t[i], i + 1)
        iterate(t::NamedTuple, i = 1) = i > __nfields(t) ? nothing : (__getfield(t, i), i + 1)
        iterate(x::Number) = (x, nothing)
        iterate(x::Number, s) = nothing
        getindex(x::Number, i::Integer) = i == 1 ? x : throw(BoundsError(x, i))
        getindex(a::Array, i::Int64) = __aget(a, i)
        getindex(a::Array, i::Integer) = __aget(a, Int64(i))
        getindex(a::Array, i::Bool) = throw(ArgumentError("invalid index: $i of type Bool"))
        function getindex(a::Array, i::Int64, j::Int64)
            (1 <= i <= __asize(a, 1) && 1 <= j <= __asize(a, 2)) || throw(BoundsError(a, (i, j)))
            __aget(a, i + (j - 1) * __asize(a, 1))
        end
        getindex(a::Array, I::Integer...) = __aget(a, __linear(a, I))
        getindex(a::Array) = a[1]
        getindex(a::AbstractArray, i::Integer, j::Integer) = a[__linear(a, (i, j))]
        function __linear(a, I)
            n = 0
            stride = 1
            for d in 1:length(I)
                s = size(a, d)
                (1 <= I[d] <= s) || throw(BoundsError(a, I))
                n += (I[d] - 1) * stride
                stride *= s
            end
            n + 1
        end
        getindex(a::AbstractArray, ::Colon) = reshape(collect(a), length(a))
        getindex(a::Array, r::AbstractUnitRange{Int64}) = __aslice(a, first(r), last(r), (r,))
        getindex(a::Array, m::AbstractVector{Bool}) = (length(m) == length(a) || throw(BoundsError(a, (m,))); [a[i] for i in 1:length(a) if m[i]])
        getindex(a::Array, m::AbstractMatrix{Bool}) = [a[i] for i in 1:length(a) if m[i]]
        getindex(a::Array, v::AbstractVector{<:Integer}) = (r = __array(eltype(a), (length(v),)); for (k, i) in enumerate(v); __aset(r, a[i], k); end; r)
        getindex(a::AbstractArray, v::AbstractVector) = [a[i] for i in v]
        getindex(a::AbstractArray, c::CartesianIndex) = a[c.I...]
        getindex(a::AbstractArray, I...) = __getsub(a, I)
        __index_list(a, i::Colon, d) = 1:size(a, d)
        __index_list(a, i, d) = i isa AbstractVector{Bool} ? findall(i) : i
        function __getsub(a, I)
            lists = ntuple(d -> __index_list(a, I[d], d), length(I))
            dims = __tuple_of_array(Int64[length(l) for l in lists if !(l isa Integer)])
            out = __array(eltype(a), dims)
            k = 1
            for idx in __product(lists...)
                __aset(out, a[idx...], k)
                k += 1
            end
            out
        end
        setindex!(a::Array{T}, v, i::Int64) where {T} = __aset(a, v isa T ? v : convert(T, v), i)
        setindex!(a::Array, v, i::Integer) = setindex!(a, v, Int64(i))
        setindex!(a::Array, v, I::Integer...) = setindex!(a, v, __linear(a, I))
        setindex!(a::AbstractArray, v, c::CartesianIndex) = setindex!(a, v, c.I...)
        function setindex!(a::Array, v, I...)
            lists = ntuple(d -> __index_list(a, I[d], length(I) == 1 && I[1] isa Colon ? 0 : d), length(I))
            length(I) == 1 && I[1] isa Colon && (lists = (1:length(a),))
            n = prod(map(length, lists))
            (v isa AbstractArray && length(v) != n) && throw(DimensionMismatch("tried to assign $(length(v)) elements to $n destinations"))
            k = 1
            for idx in __product(lists...)
                setindex!(a, v isa AbstractArray ? v[k] : v, idx...)
                k += 1
            end
            a
        end
        getindex(t::Tuple, i::Integer) = __tuple_get(t, Int64(i))
        getindex(t::Tuple, r::AbstractUnitRange) = (isempty(r) || (first(r) >= 1 && last(r) <= length(t)) || throw(BoundsError(t, r)); __tuple_slice(t, first(r), last(r)))
        getindex(t::Tuple, v::AbstractVector) = __tuple_of_array(Any[t[i] for i in v])
        getindex(t::NamedTuple, i::Int64) = __getfield(t, i)
        getindex(t::NamedTuple, s::Symbol) = __getfield(t, s)
        keys(t::NamedTuple) = __nt_names(t)
        values(t::NamedTuple) = __nt_values(t)
        pairs(t::NamedTuple) = Pairs(t)
        haskey(t::NamedTuple, s) = s in __nt_names(t)
        get(t::NamedTuple, s, d) = haskey(t, s) ? t[s] : d
        merge(a::NamedTuple) = a
        function merge(a::NamedTuple, b::NamedTuple)
            ks = Symbol[k for k in keys(a)]
            vs = Any[haskey(b, k) ? b[k] : a[k] for k in keys(a)]
            for k in keys(b)
                haskey(a, k) || (push!(ks, k); push!(vs, b[k]))
            end
            __namedtuple(__tuple_of_array(ks), __tuple_of_array(vs))
        end
        merge(a::NamedTuple, b) = merge(a, __keywords(b))
        merge(a, b::NamedTuple, c...) = merge(merge(a, b), c...)
        NamedTuple(p::Pairs) = p.data
        NamedTuple(x) = __keywords(x)
        (::Type{NamedTuple{names}})(t::Tuple) where {names} = __namedtuple(names, t)
        ==(a::NamedTuple, b::NamedTuple) = keys(a) == keys(b) && values(a) == values(b)
        first(x) = (r = iterate(x); r === nothing ? throw(ArgumentError("collection must be non-empty")) : r[1])
        first(a::Array) = a[1]
        last(x) = x[end]
        first(x, n::Integer) = collect(Iterators.take(x, n))
        last(a::AbstractVector, n::Integer) = a[max(1, length(a) - n + 1):end]
        first(a::AbstractVector, n::Integer) = a[1:min(n, length(a))]
        tail(t::Tuple) = __tuple_slice(t, 2, length(t))
        front(t::Tuple) = __tuple_slice(t, 1, length(t) - 1)
        only(x) = (length(x) == 1 || throw(ArgumentError("Collection " * (length(x) == 0 ? "is empty" : "has multiple elements") * ", must contain exactly 1 element")); first(x))
        function ==(a::Tuple, b::Tuple)
            length(a) == length(b) || return false
            for i in 1:length(a)
                a[i] == b[i] || return false
            end
            true
        end
        isequal(a::Tuple, b::Tuple) = length(a) == length(b) && all(i -> isequal(a[i], b[i]), 1:length(a))
        function isless(a::Union{Tuple,AbstractVector}, b::Union{Tuple,AbstractVector})
            for i in 1:min(length(a), length(b))
                isequal(a[i], b[i]) || return isless(a[i], b[i])
            end
            length(a) < length(b)
        end
        <(a::Tuple, b::Tuple) = isless(a, b)
        function ==(a::AbstractArray, b::AbstractArray)
            size(a) == size(b) || return false
            for i in 1:length(a)
                a[i] == b[i] || return false
            end
            true
        end
        isequal(a::AbstractArray, b::AbstractArray) = size(a) == size(b) && all(i -> isequal(a[i], b[i]), 1:length(a))
        (::Type{Array{T}})(::UndefInitializer, d::Integer...) where {T} = __array(T, map(Int64, d))
        (::Type{Array{T,N}})(::UndefInitializer, d::Integer...) where {T,N} = __array(T, map(Int64, d))
        (::Type{Array{T,N}})(::UndefInitializer, d::Tuple) where {T,N} = __array(T, d)
        (::Type{Array{T}})(::UndefInitializer, d::Tuple) where {T} = __array(T, d)
        (::Type{Array{T,N}})(x::Nothing, d::Integer...) where {T,N} = __afill(__array(T, map(Int64, d)), nothing)
        (::Type{Array{T,1}})() where {T} = __empty(T)
        (::Type{Array{T,1}})(itr) where {T} = (r = __empty(T); for x in itr; push!(r, x); end; r)
        (::Type{Array{T,N}})(a::Array{S,N}) where {T,N,S} = (r = __array(T, size(a)); for i in 1:length(a); r[i] = a[i]; end; r)
        (::Type{Array{T}})(a::AbstractArray) where {T} = (r = __array(T, size(a)); for i in 1:length(a); r[i] = a[i]; end; r)
        Vector(itr) = collect(itr)
        Array(itr::AbstractArray) = collect(itr)
        Matrix(a::AbstractMatrix) = collect(a)
        convert(::Type{Array{T,N}}, a::Array{T,N}) where {T,N} = a
        convert(::Type{Array{T,N}}, a::AbstractArray{S,N}) where {T,N,S} = (r = __array(T, size(a)); for i in 1:length(a); r[i] = a[i]; end; r)
        convert(::Type{Array{T}}, a::AbstractArray) where {T} = convert(Array{T,ndims(a)}, a)
        zeros(d::Integer...) = __array(Float64, map(Int64, d))
        zeros(d::Tuple) = __array(Float64, d)
        zeros(T::Type, d::Integer...) = __fill_new(T, zero(T), map(Int64, d))
        zeros(T::Type, d::Tuple) = __fill_new(T, zero(T), d)
        ones(d::Integer...) = __fill_new(Float64, 1.0, map(Int64, d))
        ones(T::Type, d::Integer...) = __fill_new(T, one(T), map(Int64, d))
        __fill_new(T, v, d) = __afill(__array(T, d), v)
        fill(v, d::Integer...) = __fill_new(typeof(v), v, map(Int64, d))
        fill(v, d::Tuple) = __fill_new(typeof(v), v, d)
        fill!(a::Array{T}, v) where {T} = __afill(a, convert(T, v))
        trues(d::Integer...) = __fill_new(Bool, true, map(Int64, d))
        falses(d::Integer...) = __fill_new(Bool, false, map(Int64, d))
        similar(a::AbstractArray) = __array(eltype(a), size(a))
        similar(a::AbstractArray, T::Type) = __array(T, size(a))
        similar(a::AbstractArray, d::Integer...) = __array(eltype(a), d)
        similar(a::AbstractArray, T::Type, d::Integer...) = __array(T, d)
        similar(a::AbstractArray, T::Type, d::Tuple) = __array(T, d)
        copy(a::Array) = __acopy(a)
        copy(a::AbstractArray) = collect(a)
        vect(xs...) = __vect(xs)
        vect() = __empty(Any)
        function __vect(xs)
            T = promote_type(map(typeof, xs)...)
            r = __array(T, (length(xs),))
            for i in 1:length(xs)
                x = xs[i]
                __aset(r, x isa T ? x : convert(T, x), i)
            end
            r
        end
        getindex(::Type{T}, xs...) where {T} = (r = __array(T, (length(xs),)); for i in 1:length(xs); r[i] = xs[i]; end; r)
        push!(a::Array{Union{},1}, v) = __unsupported("the element type of an empty array whose elements were never seen")
        push!(a::Array{T,1}, v) where {T} = __apush(a, v isa T ? v : convert(T, v))
        push!(a, v, w, xs...) = (push!(a, v); push!(a, w); for x in xs; push!(a, x); end; a)
        pop!(a::Array) = __apop(a)
        popfirst!(a::Array) = __apopfirst(a)
        pushfirst!(a::Array{T}, v) where {T} = __ainsert(a, 1, convert(T, v))
        pushfirst!(a::Array, v, w...) = (for x in reverse((v, w...)); pushfirst!(a, x); end; a)
        insert!(a::Array{T}, i::Integer, v) where {T} = __ainsert(a, Int64(i), convert(T, v))
        deleteat!(a::Array, i::Integer) = __adelete(a, Int64(i), 1)
        deleteat!(a::Array, r::UnitRange) = __adelete(a, first(r), length(r))
        deleteat!(a::Array, v) = (for i in reverse(collect(v)); __adelete(a, i, 1); end; a)
        popat!(a::Array, i::Integer) = (v = a[i]; deleteat!(a, i); v)
        splice!(a::Array, i::Integer) = popat!(a, i)
        splice!(a::Array, r::UnitRange, new = ()) = (v = a[r]; deleteat!(a, r); k = first(r); for x in new; insert!(a, k, x); k += 1; end; v)
        resize!(a::Array, n::Integer) = __aresize(a, Int64(n))
        empty!(a::Array) = __aresize(a, 0)
        sizehint!(a, n) = a
        append!(a::Array, b) = (b isa Array && __aappend(a, b)) ? a : (for x in b; push!(a, x); end; a)
        append!(a::Array, b, c...) = append!(append!(a, b), c...)
        prepend!(a::Array, b) = (for x in reverse(collect(b)); pushfirst!(a, x); end; a)
        keepat!(a::Array, v) = (b = a[v]; resize!(a, length(b)); copyto!(a, b); a)
        function copyto!(a::Array, b)
            i = 1
            for x in b
                a[i] = x
                i += 1
            end
            a
        end
        copyto!(a::Array, i::Integer, b::Array, j::Integer, n::Integer) = __acopyto(a, i, b, j, n) ? a : (for k in 0:n-1; a[i+k] = b[j+k]; end; a)
        reshape(a::Array, d::Tuple) = __areshape(a, __colon_dims(length(a), d))
        reshape(a::AbstractArray, d...) = reshape(collect(a), d)
        reshape(a::AbstractArray, d::Tuple) = reshape(collect(a), d)
        __colon_dims(n, d) = (c = prod(Int64[x for x in d if !(x isa Colon)]); map(x -> x isa Colon ? div(n, c) : Int64(x), d))
        vec(a::AbstractArray) = reshape(a, (length(a),))
        reverse(a::AbstractVector) = [a[i] for i in length(a):-1:1]
        reverse(t::Tuple) = ntuple(i -> t[length(t)+1-i], length(t))
        reverse!(a::Array) = (n = length(a); for i in 1:div(n, 2); a[i], a[n+1-i] = a[n+1-i], a[i]; end; a)
        __element_hint(x::Union{AbstractArray,AbstractString,AbstractDict,AbstractSet}) = eltype(x)
        __element_hint(x) = nothing
        function __collected(a, shape, hint)
            (hint isa Type && length(a) == 0) && (a = __empty(hint))
            shape === nothing ? a : reshape(a, shape)
        end
        __has_shape(x) = x isa AbstractArray && ndims(x) != 1
        function __shape(xs...)
            length(xs) == 1 && return __has_shape(xs[1]) ? size(xs[1]) : nothing
            dims = Int64[]
            for x in xs
                x isa Union{AbstractArray,Tuple,AbstractString,AbstractDict,AbstractSet} || return nothing
                __has_shape(x) ? append!(dims, size(x)) : push!(dims, length(x))
            end
            __tuple_of_array(dims)
        end
        vcat() = Any[]
        function vcat(xs...)
            any(x -> x isa AbstractMatrix, xs) && return __vcat_matrix(xs)
            T = promote_type(map(x -> x isa AbstractArray ? eltype(x) : typeof(x), xs)...)
            r = __empty(T)
            for x in xs
                x isa AbstractArray ? append!(r, x) : push!(r, x)
            end
            r
        end
        __rows(x) = x isa AbstractArray ? size(x, 1) : 1
        __cols(x) = x isa AbstractArray ? size(x, 2) : 1
        function __vcat_matrix(xs)
            T = promote_type(map(x -> x isa AbstractArray ? eltype(x) : typeof(x), xs)...)
            n = sum(map(__rows, xs))
            m = __cols(xs[1])
            r = __array(T, (n, m))
            i = 0
            for x in xs
                __cols(x) == m || throw(DimensionMismatch("number of columns of each array must match (got $(map(__cols, xs)))"))
                for j in 1:m, k in 1:__rows(x)
                    r[i+k, j] = x[k, j]
                end
                i += __rows(x)
            end
            r
        end
        function hcat(xs...)
            T = promote_type(map(x -> x isa AbstractArray ? eltype(x) : typeof(x), xs)...)
            n = __rows(xs[1])
            r = __array(T, (n, sum(map(__cols, xs))))
            k = 1
            for x in xs
                __rows(x) == n || throw(DimensionMismatch("number of rows of each array must match (got $(map(__rows, xs)))"))
                for v in (x isa AbstractArray ? x : (x,))
                    r[k] = v
                    k += 1
                end
            end
            r
        end
        function hvcat(counts::Tuple, xs...)
            rows = Any[]
            k = 1
            for c in counts
                push!(rows, hcat(xs[k:k+c-1]...))
                k += c
            end
            length(rows) == 1 ? rows[1] : __vcat_matrix(__tuple_of_array(rows))
        end
        typed_hcat(T, xs...) = convert(Matrix{T}, hcat(xs...))
        typed_vcat(T, xs...) = convert(Vector{T}, vcat(xs...))
        typed_hvcat(T, c, xs...) = convert(Matrix{T}, hvcat(c, xs...))
        cat(xs...; dims) = dims == 1 ? vcat(xs...) : hcat(xs...)
        adjoint(a::AbstractArray) = __unsupported("an adjoint that is kept (use permutedims or collect)")
        adjoint(x::Real) = x
        transpose(a::AbstractArray) = adjoint(a)
        transpose(x::Number) = x
        __adjoint(a::AbstractMatrix) = [adjoint(a[i, j]) for j in 1:size(a, 2), i in 1:size(a, 1)]
        __adjoint(a::AbstractVector) = reshape([adjoint(x) for x in a], (1, length(a)))
        __adjoint(x) = adjoint(x)
        function __adjoint_product(a, l, b, r)
            if l && a isa AbstractVector
                (!r && b isa AbstractVector) || __unsupported("a product that is a row vector")
                length(a) == length(b) || throw(DimensionMismatch("first array has length $(length(a)) which does not match the length of the second, $(length(b))."))
                return dot(a, b)
            elseif r && b isa AbstractVector
                a isa AbstractVector && return [x * adjoint(y) for x in a, y in b]
                a isa AbstractMatrix || __unsupported("a product that is a row vector")
            end
            (l ? __adjoint(a) : a) * (r ? __adjoint(b) : b)
        end
        permutedims(a::AbstractMatrix) = [a[i, j] for j in 1:size(a, 2), i in 1:size(a, 1)]
        permutedims(a::AbstractVector) = reshape(collect(a), (1, length(a)))
        eachrow(a::AbstractMatrix) = SubArray{eltype(a)}[view(a, i, :) for i in 1:size(a, 1)]
        eachcol(a::AbstractMatrix) = SubArray{eltype(a)}[view(a, :, j) for j in 1:size(a, 2)]
        selectdim(a, d, i) = d == 1 ? view(a, i, :) : view(a, :, i)
        function *(a::AbstractMatrix, b::AbstractMatrix)
            size(a, 2) == size(b, 1) || throw(DimensionMismatch("matrix A has dimensions $(size(a)), matrix B has dimensions $(size(b))"))
            T = promote_type(eltype(a), eltype(b))
            r = zeros(T, size(a, 1), size(b, 2))
            for j in 1:size(b, 2), k in 1:size(a, 2)
                x = b[k, j]
                for i in 1:size(a, 1)
                    r[i, j] += a[i, k] * x
                end
            end
            r
        end
        *(a::AbstractMatrix, v::AbstractVector) = (size(a, 2) == length(v) || throw(DimensionMismatch("matrix A has dimensions $(size(a)), vector B has length $(length(v))")); [sum(k -> a[i, k] * v[k], 1:length(v)) for i in 1:size(a, 1)])
        *(a::AbstractArray, x::Number) = map(y -> y * x, a)
        *(x::Number, a::AbstractArray) = map(y -> x * y, a)
        /(a::AbstractArray, x::Number) = map(y -> y / x, a)
        +(a::AbstractArray, b::AbstractArray) = (size(a) == size(b) || throw(DimensionMismatch("dimensions must match: a has dims $(axes(a)), b has dims $(axes(b)), mismatch at 1")); map(+, a, b))
        -(a::AbstractArray, b::AbstractArray) = (size(a) == size(b) || throw(DimensionMismatch("dimensions must match: a has dims $(axes(a)), b has dims $(axes(b)), mismatch at 1")); map(-, a, b))
        -(a::AbstractArray) = map(-, a)
        ^(a::AbstractMatrix, n::Integer) = n == 0 ? __identity_matrix(eltype(a), size(a, 1)) : n == 1 ? a : iseven(n) ? (b = a^div(n, 2); b * b) : a * a^(n - 1)
        __identity_matrix(T, n) = [i == j ? one(T) : zero(T) for i in 1:n, j in 1:n]
        dot(a, b) = sum(x * y for (x, y) in zip(a, b))
        ⋅(a, b) = dot(a, b)
        norm(a) = sqrt(sum(abs2, a))
        tr(a) = sum(a[i, i] for i in 1:size(a, 1))
        diag(a) = [a[i, i] for i in 1:min(size(a, 1), size(a, 2))]
        isassigned(a::Array, i::Int64) = __adefined(a, i)
        checkbounds(::Type{Bool}, a, i...) = length(i) == 1 ? 1 <= i[1] <= length(a) : all(d -> 1 <= i[d] <= size(a, d), 1:length(i))
        checkbounds(a, i...) = checkbounds(Bool, a, i...) || throw(BoundsError(a, i))
        CartesianIndex(i::Integer...) = CartesianIndex{length(i)}(map(Int64, i))
        CartesianIndex(t::Tuple) = CartesianIndex{length(t)}(t)
        Tuple(c::CartesianIndex) = c.I
        Tuple(x) = __splat(x)
        getindex(c::CartesianIndex, i::Int64) = c.I[i]
        +(a::CartesianIndex, b::CartesianIndex) = CartesianIndex(map(+, a.I, b.I))
        -(a::CartesianIndex, b::CartesianIndex) = CartesianIndex(map(-, a.I, b.I))
        isless(a::CartesianIndex, b::CartesianIndex) = isless(reverse(a.I), reverse(b.I))
        CartesianIndices(d::Tuple) = [CartesianIndex(t...) for t in __product(map(n -> n isa Integer ? (1:n) : n, d)...)]
        CartesianIndices(a::AbstractArray) = CartesianIndices(size(a))
        getindex(d, c::CartesianIndex) = d[c.I...]
        function det(a)
            m = map(float, a)
            n = size(m, 1)
            d = 1.0
            for k in 1:n
                p = argmax([abs(m[i, k]) for i in k:n]) + k - 1
                m[p, k] == 0 && return 0.0
                if p != k
                    for j in 1:n
                        m[k, j], m[p, j] = m[p, j], m[k, j]
                    end
                    d = -d
                end
                d *= m[k, k]
                for i in k+1:n
                    f = m[i, k] / m[k, k]
                    for j in k:n
                        m[i, j] -= f * m[k, j]
                    end
                end
            end
            d
        end
        """#
}
