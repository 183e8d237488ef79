extension Prelude {
    /// Broadcasting: dotted calls become one lazy tree that is evaluated element by element.
    static let broadcast = #"""
        struct __Broadcasted
            f
            args
        end
        __broadcasted(f, args...) = __Broadcasted(f, args)
        __bsize(x::AbstractArray) = size(x)
        __bsize(x::Tuple) = (length(x),)
        __bsize(x::__Broadcasted) = __bmerge(map(__bsize, x.args))
        __bsize(x) = ()
        __bsize(x::Union{AbstractDict,AbstractSet}) = (length(x),)
        __bsize(x::Union{Generator,__Filtered,__Product}) = (length(collect(x)),)
        function __bmerge(sizes)
            r = ()
            for s in sizes
                n = max(length(r), length(s))
                a, b = r, s
                r = ntuple(n) do i
                    x = i <= length(a) ? a[i] : 1
                    y = i <= length(b) ? b[i] : 1
                    x == y ? x : x == 1 ? y : y == 1 ? x : throw(DimensionMismatch("arrays could not be broadcast to a common size; got a dimension with lengths $x and $y"))
                end
            end
            r
        end
        __bget(x::__Broadcasted, I) = x.f(map(a -> __bget(a, I), x.args)...)
        __bget(x::Tuple, I) = length(x) == 1 ? x[1] : x[I[1]]
        __bget(x::RefValue, I) = x.x
        __bget(x, I) = x
        function __bget(x::AbstractArray, I)
            s = size(x)
            length(s) == 1 && return s[1] == 1 ? x[1] : x[I[1]]
            x[ntuple(d -> s[d] == 1 ? 1 : I[d], length(s))...]
        end
        __btuple(x) = x isa __Broadcasted ? all(__btuple, x.args) : !(x isa AbstractArray)
        __bhastuple(x) = x isa __Broadcasted ? any(__bhastuple, x.args) : x isa Tuple
        __bcollect(x::__Broadcasted) = __Broadcasted(x.f, map(__bcollect, x.args))
        __bcollect(x::Union{AbstractDict,AbstractSet,Generator,__Filtered,__Product,AbstractRange}) = collect(x)
        __bcollect(x) = x
        function __materialize(b)
            b = __bcollect(b)
            s = __bsize(b)
            length(s) == 0 && return __bget(b, ())
            (__bhastuple(b) && __btuple(b)) && return ntuple(i -> __bget(b, (i,)), s[1])
            if length(s) == 1
                r = [__bget(b, (i,)) for i in 1:s[1]]
            else
                r = reshape([__bget(b, I) for I in __product(map(n -> 1:n, s)...)], s)
            end
            length(r) == 0 ? __empty_broadcast(b) : r
        end
        __empty_broadcast(b) = (a = b.args[1]; a isa AbstractArray ? __empty(eltype(a)) : Any[])
        broadcast(f, args...) = __materialize(__Broadcasted(f, args))
        function __broadcast_set(a, b)
            b = __bcollect(b)
            s = size(a)
            if length(s) == 1
                for i in 1:s[1]
                    a[i] = __bget(b, (i,))
                end
            else
                k = 1
                for I in __product(map(n -> 1:n, s)...)
                    a[k] = __bget(b, I)
                    k += 1
                end
            end
            a
        end
        function __broadcast_set_index(a, b, I...)
            if a isa AbstractDict || (length(I) == 1 && I[1] isa Integer)
                return __broadcast_set(a[I...], b)
            end
            v = __bsize(b) == () ? __bget(b, ()) : __materialize(b)
            setindex!(a, v, I...)
        end
        struct SubArray{T} <: AbstractVector{T}
            parent
            indices
        end
        size(v::SubArray) = (length(v.indices),)
        getindex(v::SubArray, i::Integer) = (1 <= i <= length(v.indices) || throw(BoundsError(v, (i,))); v.parent[v.indices[i]])
        setindex!(v::SubArray, x, i::Integer) = (1 <= i <= length(v.indices) || throw(BoundsError(v, (i,))); v.parent[v.indices[i]] = x; v)
        setindex!(v::SubArray, x, I...) = __unsupported("assignment to part of a view")
        show(io::IO, v::SubArray) = show(io, collect(v))
        show(io::IO, m::MIME, v::SubArray) = __unsupported("the long form of a view")
        __view(a, r) = SubArray{eltype(a)}(a, r)
        __inside(n, r, a, I) = isempty(r) || (1 <= first(r) <= n && 1 <= last(r) <= n) || throw(BoundsError(a, I))
        view(a::Vector, r::AbstractRange) = (__inside(length(a), r, a, (r,)); __view(a, r))
        view(a::Vector, c::Colon) = __view(a, 1:length(a))
        view(a::Matrix, i::Integer, c::Colon) = (__inside(size(a, 1), i:i, a, (i, c)); __view(a, range(i; step = size(a, 1), length = size(a, 2))))
        view(a::Matrix, c::Colon, j::Integer) = view(a, 1:size(a, 1), j)
        view(a::Matrix, r::AbstractRange, j::Integer) = (__inside(size(a, 1), r, a, (r, j)); __inside(size(a, 2), j:j, a, (r, j)); __view(a, r .+ (j - 1) * size(a, 1)))
        view(v::SubArray, r::AbstractRange) = (__inside(length(v), r, v, (r,)); __view(v.parent, v.indices[r]))
        view(a, I...) = __unsupported("a view of this shape")
        """#
}
