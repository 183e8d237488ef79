extension Prelude {
    /// Dictionaries and sets in Julia 1.10's slot order.
    static let dictionaries = #"""
        Dict() = Dict{Any,Any}()
        function Dict(ps::Pair...)
            K = foldl(promote_typejoin, map(p -> typeof(p.first), ps))
            V = foldl(promote_typejoin, map(p -> typeof(p.second), ps))
            d = Dict{K,V}()
            for p in ps
                d[p.first] = p.second
            end
            d
        end
        function Dict(itr)
            ps = [Pair(k, v) for (k, v) in itr]
            isempty(ps) && return Dict{Any,Any}()
            itr isa Dict && return copy(itr)
            Dict(ps...)
        end
        (::Type{Dict{K,V}})(ps::Pair...) where {K,V} = (d = Dict{K,V}(); for p in ps; d[p.first] = p.second; end; d)
        (::Type{Dict{K,V}})(itr) where {K,V} = (d = Dict{K,V}(); for (k, v) in itr; d[k] = v; end; d)
        convert(::Type{Dict{K,V}}, d::Dict) where {K,V} = d isa Dict{K,V} ? d : Dict{K,V}(d)
        const IdDict = Dict
        keytype(::AbstractDict{K,V}) where {K,V} = K
        valtype(::AbstractDict{K,V}) where {K,V} = V
        function __dict_rehash(h::Dict{K,V}, n) where {K,V}
            sz = 16
            while sz < n
                sz *= 2
            end
            olds, oldk, oldv = h.slots, h.keys, h.vals
            slots = __array(UInt8, (sz,))
            ks = __array(K, (sz,))
            vs = __array(V, (sz,))
            maxprobe = 0
            for i in 1:length(olds)
                if olds[i] & 0x80 != 0x00
                    k = oldk[i]
                    index = (hash(k) % Int64) & (sz - 1) + 1
                    start = index
                    while slots[index] != 0x00
                        index = index & (sz - 1) + 1
                    end
                    probe = (index - start) & (sz - 1)
                    probe > maxprobe && (maxprobe = probe)
                    slots[index] = olds[i]
                    ks[index] = k
                    vs[index] = oldv[i]
                end
            end
            h.slots = slots
            h.keys = ks
            h.vals = vs
            h.ndel = 0
            h.maxprobe = maxprobe
            h.idxfloor = 1
            h
        end
        function __dict_index(h, key)
            r = __dict_find(h.slots, h.keys, key, h.maxprobe)
            r === nothing || return r > 0 ? r : 0
            h.count == 0 && return 0
            sz = length(h.keys)
            c = hash(key)
            index = (c % Int64) & (sz - 1) + 1
            sh = UInt8(c >> 57) | 0x80
            for _ in 0:h.maxprobe
                s = h.slots[index]
                s == 0x00 && return 0
                if s == sh
                    k = h.keys[index]
                    (k === key || isequal(k, key)) && return index
                end
                index = index & (sz - 1) + 1
            end
            0
        end
        function __dict_slot(h::Dict{K,V}, key) where {K,V}
            r = __dict_find(h.slots, h.keys, key, h.maxprobe)
            (r !== nothing && r != 0) && return r
            sz = length(h.keys)
            c = hash(key)
            index = (c % Int64) & (sz - 1) + 1
            sh = UInt8(c >> 57) | 0x80
            avail = 0
            iter = 0
            while true
                s = h.slots[index]
                s == 0x00 && return avail < 0 ? avail : -index
                if s == 0x7f
                    avail == 0 && (avail = -index)
                elseif s == sh
                    k = h.keys[index]
                    (k === key || isequal(k, key)) && return index
                end
                index = index & (sz - 1) + 1
                iter += 1
                iter > h.maxprobe && break
            end
            avail < 0 && return avail
            maxallowed = max(16, sz >> 6)
            while iter < maxallowed
                if h.slots[index] & 0x80 == 0x00
                    h.maxprobe = iter
                    return -index
                end
                index = index & (sz - 1) + 1
                iter += 1
            end
            __dict_rehash(h, h.count > 64000 ? sz * 2 : sz * 4)
            __dict_slot(h, key)
        end
        function setindex!(h::Dict{K,V}, v0, key0) where {K,V}
            key = key0 isa K ? key0 : __dict_key(K, key0)
            v = v0 isa V ? v0 : convert(V, v0)
            i = __dict_slot(h, key)
            if i > 0
                h.keys[i] = key
                h.vals[i] = v
            else
                i = -i
                h.ndel -= h.slots[i] == 0x7f ? 1 : 0
                h.slots[i] = UInt8(hash(key) >> 57) | 0x80
                h.keys[i] = key
                h.vals[i] = v
                h.count += 1
                i < h.idxfloor && (h.idxfloor = i)
                sz = length(h.keys)
                (h.count + h.ndel) * 3 > sz * 2 && __dict_rehash(h, h.count > 64000 ? h.count * 2 : max(h.count * 4, 4))
            end
            h
        end
        function __dict_key(K, key)
            k = convert(K, key)
            isequal(k, key) || throw(ArgumentError("$(repr(key)) is not a valid key for type $K"))
            k
        end
        getindex(h::Dict, key) = (i = __dict_index(h, key); i == 0 ? throw(KeyError(key)) : h.vals[i])
        get(h::Dict, key, default) = (i = __dict_index(h, key); i == 0 ? default : h.vals[i])
        get(f::Function, h::Dict, key) = (i = __dict_index(h, key); i == 0 ? f() : h.vals[i])
        get!(h::Dict, key, default) = (i = __dict_index(h, key); i != 0 ? h.vals[i] : (h[key] = default; h[key]))
        get!(f::Function, h::Dict, key) = (i = __dict_index(h, key); i != 0 ? h.vals[i] : (v = f(); h[key] = v; v))
        get(a::AbstractArray, i::Integer, d) = 1 <= i <= length(a) ? a[i] : d
        haskey(h::Dict, key) = __dict_index(h, key) != 0
        function __dict_remove(h, i)
            sz = length(h.keys)
            nxt = i & (sz - 1) + 1
            if h.slots[nxt] == 0x00
                h.slots[i] = 0x00
                j = (i - 2) & (sz - 1) + 1
                h.ndel += 1
                k = i
                while true
                    h.ndel -= 1
                    h.slots[k] = 0x00
                    k = (k - 2) & (sz - 1) + 1
                    h.slots[k] == 0x7f || break
                end
            else
                h.slots[i] = 0x7f
                h.ndel += 1
            end
            h.count -= 1
            h
        end
        delete!(h::Dict, key) = (i = __dict_index(h, key); i != 0 && __dict_remove(h, i); h)
        pop!(h::Dict, key) = (i = __dict_index(h, key); i == 0 ? throw(KeyError(key)) : (v = h.vals[i]; __dict_remove(h, i); v))
        pop!(h::Dict, key, default) = (i = __dict_index(h, key); i == 0 ? default : (v = h.vals[i]; __dict_remove(h, i); v))
        pop!(h::Dict) = (r = iterate(h); r === nothing ? throw(ArgumentError("dict must be non-empty")) : (delete!(h, r[1].first); r[1]))
        empty!(h::Dict{K,V}) where {K,V} = (h.slots = __array(UInt8, (16,)); h.keys = __array(K, (16,)); h.vals = __array(V, (16,)); h.ndel = 0; h.count = 0; h.maxprobe = 0; h.idxfloor = 1; h)
        length(h::Dict) = h.count
        isempty(h::Dict) = h.count == 0
        function __dict_next(h, i)
            n = length(h.slots)
            while i <= n
                h.slots[i] & 0x80 != 0x00 && return i
                i += 1
            end
            0
        end
        function iterate(h::Dict{K,V}, i = h.idxfloor) where {K,V}
            j = __dict_next(h, i)
            j == 0 ? nothing : (Pair{K,V}(h.keys[j], h.vals[j]), j + 1)
        end
        struct KeySet{K,D} <: AbstractSet{K}
            dict::D
        end
        struct ValueIterator{D}
            dict::D
        end
        keys(h::Dict{K,V}) where {K,V} = KeySet{K,Dict{K,V}}(h)
        values(h::Dict) = ValueIterator(h)
        length(k::KeySet) = length(k.dict)
        length(k::ValueIterator) = length(k.dict)
        iterate(k::KeySet, i = k.dict.idxfloor) = (j = __dict_next(k.dict, i); j == 0 ? nothing : (k.dict.keys[j], j + 1))
        iterate(k::ValueIterator, i = k.dict.idxfloor) = (j = __dict_next(k.dict, i); j == 0 ? nothing : (k.dict.vals[j], j + 1))
        in(x, k::KeySet) = haskey(k.dict, x)
        eltype(k::ValueIterator) = valtype(k.dict)
        pairs(h::AbstractDict) = h
        in(p::Pair, h::AbstractDict) = haskey(h, p.first) && h[p.first] == p.second
        copy(h::Dict{K,V}) where {K,V} = (d = Dict{K,V}(); d.slots = copy(h.slots); d.keys = copy(h.keys); d.vals = copy(h.vals); d.ndel = h.ndel; d.count = h.count; d.idxfloor = h.idxfloor; d.maxprobe = h.maxprobe; d)
        function ==(a::AbstractDict, b::AbstractDict)
            length(a) == length(b) || return false
            for (k, v) in a
                (haskey(b, k) && b[k] == v) || return false
            end
            true
        end
        isequal(a::AbstractDict, b::AbstractDict) = a == b
        merge!(d::Dict, others...) = (for o in others; for (k, v) in o; d[k] = v; end; end; d)
        function merge(d::Dict{K,V}, others::Dict...) where {K,V}
            A = K
            B = V
            for o in others
                A = promote_type(A, keytype(o))
                B = promote_type(B, valtype(o))
            end
            merge!(Dict{A,B}(), d, others...)
        end
        mergewith(f, a::Dict, bs...) = mergewith!(f, copy(a), bs...)
        mergewith!(f, a::Dict, bs...) = (for b in bs; for (k, v) in b; a[k] = haskey(a, k) ? f(a[k], v) : v; end; end; a)
        filter(f, d::Dict{K,V}) where {K,V} = (r = Dict{K,V}(); for p in d; f(p) && (r[p.first] = p.second); end; r)
        filter!(f, d::Dict) = (for k in [p.first for p in d if !f(p)]; delete!(d, k); end; d)
        map(f, d::Dict) = error("map is not defined on dictionaries")
        push!(d::Dict, p::Pair) = (d[p.first] = p.second; d)
        findfirst(f, d::Dict) = (for (k, v) in d; f(v) && return k; end; nothing)
        sum(v::ValueIterator) = sum(collect(v))
        Set() = Set{Any}()
        function Set(itr)
            v = collect(itr)
            s = Set{eltype(v)}()
            for x in v
                push!(s, x)
            end
            s
        end
        (::Type{Set{T}})(itr) where {T} = (s = Set{T}(); for x in itr; push!(s, x); end; s)
        push!(s::Set{T}, x) where {T} = (s.dict[x isa T ? x : convert(T, x)] = nothing; s)
        delete!(s::Set, x) = (delete!(s.dict, x); s)
        pop!(s::Set) = pop!(s.dict).first
        pop!(s::Set, x) = (pop!(s.dict, x); x)
        empty!(s::Set) = (empty!(s.dict); s)
        in(x, s::Set) = haskey(s.dict, x)
        in!(x, s::Set) = x in s ? true : (push!(s, x); false)
        length(s::Set) = length(s.dict)
        isempty(s::Set) = length(s) == 0
        iterate(s::Set, i = s.dict.idxfloor) = (j = __dict_next(s.dict, i); j == 0 ? nothing : (s.dict.keys[j], j + 1))
        copy(s::Set{T}) where {T} = Set{T}(s)
        union(s::Set, others...) = (r = Set{promote_type(eltype(s), map(eltype, others)...)}(); for o in (s, others...); for x in o; push!(r, x); end; end; r)
        union(a::AbstractArray, others...) = unique(vcat(a, map(collect, others)...))
        union(a, others...) = union(collect(a), others...)
        union!(s::Set, others...) = (for o in others; for x in o; push!(s, x); end; end; s)
        intersect(s::AbstractSet, o) = (t = o isa AbstractSet ? o : Set(o); r = Set{eltype(s)}(); for x in s; x in t && push!(r, x); end; r)
        intersect(a::AbstractArray, b) = (t = Set(b); unique([x for x in a if x in t]))
        intersect(a, b) = intersect(collect(a), b)
        intersect(a, b, c...) = intersect(intersect(a, b), c...)
        setdiff(s::AbstractSet, o) = (t = o isa AbstractSet ? o : Set(o); r = Set{eltype(s)}(); for x in s; x in t || push!(r, x); end; r)
        setdiff(a::AbstractArray, b) = (t = Set(b); unique([x for x in a if !(x in t)]))
        setdiff(a, b) = setdiff(collect(a), b)
        setdiff!(s::Set, o) = (for x in o; delete!(s, x); end; s)
        symdiff(a, b) = union(setdiff(a, b), setdiff(b, a))
        issubset(a, b) = (t = b isa Union{AbstractSet,AbstractRange} ? b : Set(b); all(x -> x in t, a))
        ⊆(a, b) = issubset(a, b)
        ⊊(a, b) = issubset(a, b) && length(a) < length(b)
        ⊇(a, b) = issubset(b, a)
        ∪(a, b) = union(a, b)
        ∩(a, b) = intersect(a, b)
        isdisjoint(a, b) = !any(x -> x in b, a)
        ==(a::AbstractSet, b::AbstractSet) = length(a) == length(b) && all(x -> x in b, a)
        isequal(a::AbstractSet, b::AbstractSet) = a == b
        filter(f, s::Set{T}) where {T} = (r = Set{T}(); for x in s; f(x) && push!(r, x); end; r)
        """#
}
