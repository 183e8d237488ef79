extension Prelude {
    /// Numbers: promotion, arithmetic, rounding, number theory.
    static let numbers = #"""
        (:)(a::Int64, b::Int64) = UnitRange{Int64}(a, b)
        const Colon = typeof(:)
        promote_type() = Union{}
        promote_type(T) = T
        promote_type(T, S, U...) = promote_type(promote_type(T, S), U...)
        function promote_type(T, S)
            T === S && return T
            T === Union{} && return S
            S === Union{} && return T
            a = promote_rule(T, S)
            b = promote_rule(S, T)
            a === Union{} ? (b === Union{} ? __promote_fallback(T, S) : b) : a
        end
        __promote_fallback(T, S) = __promote_typejoin(T, S)
        promote_rule(T, S) = Union{}
        promote_rule(::Type{Float64}, ::Type{<:Integer}) = Float64
        promote_rule(::Type{Float32}, ::Type{<:Integer}) = Float32
        promote_rule(::Type{Float16}, ::Type{<:Integer}) = Float16
        promote_rule(::Type{Float64}, ::Type{Float32}) = Float64
        promote_rule(::Type{Float64}, ::Type{Float16}) = Float64
        promote_rule(::Type{Float32}, ::Type{Float16}) = Float32
        promote_rule(::Type{BigInt}, ::Type{<:BitInteger}) = BigInt
        promote_rule(::Type{T}, ::Type{Bool}) where {T<:Number} = T
        promote_rule(::Type{Rational{T}}, ::Type{S}) where {T,S<:Integer} = Rational{promote_type(T, S)}
        promote_rule(::Type{Rational{T}}, ::Type{Rational{S}}) where {T,S} = Rational{promote_type(T, S)}
        promote_rule(::Type{Float64}, ::Type{Rational{T}}) where {T} = Float64
        promote_rule(::Type{Complex{T}}, ::Type{S}) where {T,S<:Real} = Complex{promote_type(T, S)}
        promote_rule(::Type{Complex{T}}, ::Type{Complex{S}}) where {T,S} = Complex{promote_type(T, S)}
        function promote_rule(::Type{T}, ::Type{S}) where {T<:BitInteger,S<:BitInteger}
            a = sizeof(T)
            b = sizeof(S)
            a > b ? T : b > a ? S : T <: Unsigned ? T : S
        end
        promote(x, y) = x isa Number && typeof(x) === typeof(y) ? (x, y) : (T = promote_type(typeof(x), typeof(y)); (convert(T, x), convert(T, y)))
        promote(xs...) = (T = promote_type(map(typeof, xs)...); map(x -> convert(T, x), xs))
        function __promoted(x, y, f)
            T = promote_type(typeof(x), typeof(y))
            (T === typeof(x) && T === typeof(y)) && throw(MethodError(f, (x, y)))
            isconcretetype(T) || throw(MethodError(f, (x, y)))
            f(convert(T, x), convert(T, y))
        end
        +(x::Number, y::Number) = __promoted(x, y, +)
        -(x::Number, y::Number) = __promoted(x, y, -)
        *(x::Number, y::Number) = __promoted(x, y, *)
        /(x::Number, y::Number) = __promoted(x, y, /)
        div(x::Real, y::Real) = __promoted(x, y, div)
        rem(x::Real, y::Real) = __promoted(x, y, rem)
        mod(x::Real, y::Real) = __promoted(x, y, mod)
        fld(x::Real, y::Real) = __promoted(x, y, fld)
        cld(x::Real, y::Real) = __promoted(x, y, cld)
        <(x::Real, y::Real) = __promoted(x, y, <)
        <=(x::Real, y::Real) = __promoted(x, y, <=)
        ==(x::Number, y::Number) = __promoted_equal(x, y)
        function __promoted_equal(x, y)
            T = promote_type(typeof(x), typeof(y))
            (T === typeof(x) && T === typeof(y)) && return x === y
            convert(T, x) == convert(T, y)
        end
        &(x::Integer, y::Integer) = __promoted(x, y, &)
        |(x::Integer, y::Integer) = __promoted(x, y, |)
        xor(x::Integer, y::Integer) = __promoted(x, y, xor)
        +(x::T, y::T) where {T<:Union{MachineInteger,Float64}} = x + y
        -(x::T, y::T) where {T<:Union{MachineInteger,Float64}} = x - y
        *(x::T, y::T) where {T<:Union{MachineInteger,Float64}} = x * y
        /(x::Float64, y::Float64) = x / y
        /(x::Integer, y::Integer) = float(x) / float(y)
        div(x::T, y::T) where {T<:MachineInteger} = div(x, y)
        rem(x::T, y::T) where {T<:MachineInteger} = rem(x, y)
        mod(x::T, y::T) where {T<:MachineInteger} = mod(x, y)
        <(x::T, y::T) where {T<:Union{MachineInteger,Float64}} = x < y
        <=(x::T, y::T) where {T<:Union{MachineInteger,Float64}} = x <= y
        ==(x::T, y::T) where {T<:Union{MachineInteger,Float64,Bool}} = x == y
        <(x::Char, y::Char) = x < y
        <=(x::Char, y::Char) = x <= y
        &(x::T, y::T) where {T<:MachineInteger} = x & y
        |(x::T, y::T) where {T<:MachineInteger} = x | y
        xor(x::T, y::T) where {T<:MachineInteger} = xor(x, y)
        +(x::Bool, y::Bool) = Int64(x) + Int64(y)
        -(x::Bool, y::Bool) = Int64(x) - Int64(y)
        *(x::Bool, y::Bool) = x & y
        /(x::Bool, y::Bool) = Float64(x) / Float64(y)
        <(x::Bool, y::Bool) = !x & y
        <=(x::Bool, y::Bool) = !x | y
        div(x::Bool, y::Bool) = y ? x : throw(DivideError())
        *(x::Bool, y::Float64) = x ? y : copysign(0.0, y)
        +(x::T, y::T) where {T<:WideInteger} = __big_op(0, x, y)
        -(x::T, y::T) where {T<:WideInteger} = __big_op(1, x, y)
        *(x::T, y::T) where {T<:WideInteger} = __big_op(2, x, y)
        div(x::T, y::T) where {T<:WideInteger} = __big_op(3, x, y)
        rem(x::T, y::T) where {T<:WideInteger} = __big_op(4, x, y)
        mod(x::T, y::T) where {T<:WideInteger} = __big_op(6, x, y)
        &(x::T, y::T) where {T<:WideInteger} = __big_op(7, x, y)
        |(x::T, y::T) where {T<:WideInteger} = __big_op(8, x, y)
        xor(x::T, y::T) where {T<:WideInteger} = __big_op(9, x, y)
        <(x::T, y::T) where {T<:WideInteger} = __big_compare(x, y) < 0
        <=(x::T, y::T) where {T<:WideInteger} = __big_compare(x, y) <= 0
        ==(x::T, y::T) where {T<:WideInteger} = __big_compare(x, y) == 0
        -(x::T) where {T<:WideInteger} = zero(x) - x
        ~(x::WideInteger) = -x - one(x)
        <<(x::WideInteger, n::Int64) = __big_shift(0, x, n)
        >>(x::WideInteger, n::Int64) = __big_shift(0, x, -n)
        +(x::Float32, y::Float32) = __single_op(0, x, y)
        -(x::Float32, y::Float32) = __single_op(1, x, y)
        *(x::Float32, y::Float32) = __single_op(2, x, y)
        /(x::Float32, y::Float32) = __single_op(3, x, y)
        <(x::Float32, y::Float32) = Float64(x) < Float64(y)
        <=(x::Float32, y::Float32) = Float64(x) <= Float64(y)
        ==(x::Float32, y::Float32) = Float64(x) == Float64(y)
        +(x::Number) = x
        -(x::MachineInteger) = __negate(x)
        -(x::Float64) = -1.0 * x
        -(x::Float32) = Float32(-1) * x
        -(x::Bool) = -Int64(x)
        ~(x::MachineInteger) = __not(x)
        ~(x::Bool) = !x
        <<(x::MachineInteger, n::Int64) = __shift_left(x, n)
        >>(x::MachineInteger, n::Int64) = __shift_right(x, n)
        <<(x::Integer, n::Integer) = x << Int64(n)
        >>(x::Integer, n::Integer) = x >> Int64(n)
        >>>(x::MachineInteger, n::Integer) = __shift_right_logical(x, Int64(n))
        +(a, b, c, xs...) = __fold_args(+, a + b, c, xs...)
        *(a, b, c, xs...) = __fold_args(*, a * b, c, xs...)
        &(a, b, c, xs...) = __fold_args(&, a & b, c, xs...)
        |(a, b, c, xs...) = __fold_args(|, a | b, c, xs...)
        xor(a, b, c, xs...) = __fold_args(xor, xor(a, b), c, xs...)
        function __fold_args(f, a, xs...)
            for x in xs
                a = f(a, x)
            end
            a
        end
        ÷(x, y) = div(x, y)
        %(x, y) = rem(x, y)
        \(x, y) = y / x
        div(x::Float64, y::Float64) = trunc(x / y)
        rem(x::Float64, y::Float64) = __float_op(0, x, y)
        mod(x::Float64, y::Float64) = __float_op(1, x, y)
        fld(x::Float64, y::Float64) = floor(x / y)
        cld(x::Float64, y::Float64) = ceil(x / y)
        fld(x::T, y::T) where {T<:Integer} = (q = div(x, y); (rem(x, y) != 0 && ((x < 0) != (y < 0))) ? q - one(q) : q)
        cld(x::T, y::T) where {T<:Integer} = (q = div(x, y); (rem(x, y) != 0 && ((x < 0) == (y < 0))) ? q + one(q) : q)
        rem(x::Integer, ::Type{T}) where {T<:Integer} = __int_truncate(T, x)
        mod(x, r::AbstractUnitRange) = mod(x - first(r), length(r)) + first(r)
        divrem(x, y) = (div(x, y), rem(x, y))
        fldmod(x, y) = (fld(x, y), mod(x, y))
        mod1(x, y) = (m = mod(x, y); m == 0 ? y : m)
        fld1(x, y) = fld(x + y - 1, y)
        fldmod1(x, y) = (fld1(x, y), mod1(x, y))
        (::Type{T})(x::Real) where {T<:BitInteger} = __int_convert(T, x)
        (::Type{T})(x::Rational) where {T<:BitInteger} = x.den == 1 ? T(x.num) : throw(InexactError(Symbol(string(T)), T, x))
        (::Type{T})(x::Char) where {T<:BitInteger} = __int_convert(T, x)
        (::Type{T})(x::Enum) where {T<:BitInteger} = __int_convert(T, __enum_int(x))
        BigInt(x::Real) = __big(x)
        BigInt(x::BigInt) = x
        BigInt(x::AbstractString) = parse(BigInt, x)
        big(x::Integer) = BigInt(x)
        Bool(x::Real) = x == 0 ? false : x == 1 ? true : throw(InexactError(:Bool, Bool, x))
        Float64(x::Real) = __float(x)
        Float64(x::Rational) = Float64(x.num) / Float64(x.den)
        Float32(x::Real) = __float32(x)
        Float16(x::Real) = __float16(x)
        Float32(x::Rational) = Float32(Float64(x))
        (::Type{AbstractFloat})(x::Real) = float(x)
        Integer(x::Real) = x isa Integer ? x : Int64(x)
        Signed(x::Integer) = Int64(x)
        Unsigned(x::Integer) = UInt64(x)
        signed(x::UInt64) = __reinterpret(Int64, x)
        unsigned(x::Int64) = __reinterpret(UInt64, x)
        unsigned(x::Int32) = __reinterpret(UInt32, x)
        signed(x::Integer) = x
        float(x::Integer) = Float64(x)
        float(x::AbstractFloat) = x
        float(x::Rational) = Float64(x)
        float(::Type{T}) where {T<:Integer} = Float64
        float(::Type{T}) where {T<:AbstractFloat} = T
        float(a::AbstractArray) = map(float, a)
        reinterpret(::Type{T}, x) where {T} = x isa Float64 ? __reinterpret(T, __float_bits(x)) : T === Float64 ? __bits_float(x) : __reinterpret(T, x)
        zero(x::Number) = zero(typeof(x))
        one(x::Number) = one(typeof(x))
        zero(::Type{T}) where {T<:Number} = convert(T, 0)
        one(::Type{T}) where {T<:Number} = convert(T, 1)
        oneunit(x) = one(x)
        iszero(x) = x == zero(x)
        isone(x) = x == one(x)
        abs(x::Real) = x < zero(x) ? -x : x
        abs(x::Float64) = copysign(x, 1.0)
        abs(x::Unsigned) = x
        abs(x::Bool) = x
        abs2(x) = x * x
        sign(x::Real) = x > zero(x) ? one(x) : x < zero(x) ? -one(x) : x
        signbit(x::Integer) = x < 0
        signbit(x::Float64) = (__float_bits(x) >> 63) == 1
        signbit(x::Float32) = signbit(Float64(x))
        copysign(x::Float64, y::Float64) = __bits_float((__float_bits(x) & 0x7fffffffffffffff) | (__float_bits(y) & 0x8000000000000000))
        copysign(x::Real, y::Real) = signbit(x) == signbit(y) ? x : -x
        flipsign(x, y) = signbit(y) ? -x : x
        isodd(x::Integer) = x & one(x) == one(x)
        iseven(x::Integer) = x & one(x) == zero(x)
        isodd(x::Real) = isinteger(x) && rem(x, 2) != 0
        iseven(x::Real) = isinteger(x) && rem(x, 2) == 0
        isinteger(x::Integer) = true
        isinteger(x::AbstractFloat) = x - trunc(x) == 0
        isinteger(x::Rational) = x.den == 1
        isreal(x::Real) = true
        isnan(x::AbstractFloat) = x != x
        isnan(x::Real) = false
        isinf(x::AbstractFloat) = x == x && x - x != x - x
        isinf(x::Real) = false
        isfinite(x::AbstractFloat) = x - x == zero(x)
        isfinite(x::Real) = true
        max(x::Real, y::Real) = isnan(x) ? x : isnan(y) ? y : x < y ? promote(x, y)[2] : promote(x, y)[1]
        min(x::Real, y::Real) = isnan(x) ? x : isnan(y) ? y : y < x ? promote(x, y)[2] : promote(x, y)[1]
        max(x::Int64, y::Int64) = x < y ? y : x
        min(x::Int64, y::Int64) = y < x ? y : x
        max(x, y) = isless(x, y) ? y : x
        min(x, y) = isless(y, x) ? y : x
        max(x) = x
        min(x) = x
        max(x, y, z...) = max(max(x, y), z...)
        min(x, y, z...) = min(min(x, y), z...)
        minmax(x, y) = isless(y, x) ? (y, x) : (x, y)
        clamp(x, lo, hi) = x > hi ? hi : x < lo ? lo : x
        isless(x::Real, y::Real) = isnan(x) ? false : isnan(y) ? true : x < y || (x == y && signbit(x) && !signbit(y))
        isless(x::Int64, y::Int64) = x < y
        isequal(x::AbstractFloat, y::AbstractFloat) = (isnan(x) && isnan(y)) || (x == y && signbit(x) == signbit(y))
        isequal(x::Real, y::Real) = x == y && signbit(x) == signbit(y) || (isnan(x) && isnan(y))
        isapprox(x::Number, y::Number; atol = 0, rtol = atol > 0 ? 0 : 1.4901161193847656e-8) = x == y || (isfinite(x) && isfinite(y) && abs(x - y) <= max(atol, rtol * max(abs(x), abs(y))))
        isapprox(x::AbstractArray, y::AbstractArray; atol = 0, rtol = atol > 0 ? 0 : 1.4901161193847656e-8) = sqrt(sum(abs2, x - y)) <= max(atol, rtol * max(sqrt(sum(abs2, x)), sqrt(sum(abs2, y))))
        ≈(x, y; kw...) = isapprox(x, y; kw...)
        ≉(x, y) = !isapprox(x, y)
        sqrt(x::Float64) = x < 0.0 ? throw(DomainError(x, "sqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x)).")) : __sqrt(x)
        sqrt(x::Float32) = Float32(sqrt(Float64(x)))
        sqrt(x::Real) = sqrt(float(x))
        isqrt(x::Integer) = x < 0 ? throw(DomainError(x)) : oftype(x, __big_op(11, BigInt(x), BigInt(0)))
        √(x) = sqrt(x)
        ∛(x) = cbrt(x)
        oftype(x, y) = convert(typeof(x), y)
        floor(x::Float64) = __round(x, 1)
        ceil(x::Float64) = __round(x, 2)
        trunc(x::Float64) = __round(x, 3)
        round(x::Float64) = __round(x, 0)
        floor(x::Float32) = Float32(floor(Float64(x)))
        ceil(x::Float32) = Float32(ceil(Float64(x)))
        trunc(x::Float32) = Float32(trunc(Float64(x)))
        round(x::Float32) = Float32(round(Float64(x)))
        floor(x::Integer) = x
        ceil(x::Integer) = x
        trunc(x::Integer) = x
        round(x::Integer) = x
        floor(x::Rational{T}) where {T} = Rational{T}(fld(x.num, x.den), one(T))
        ceil(x::Rational{T}) where {T} = Rational{T}(cld(x.num, x.den), one(T))
        trunc(x::Rational{T}) where {T} = Rational{T}(div(x.num, x.den), one(T))
        floor(::Type{T}, x::Rational) where {T<:Integer} = T(fld(x.num, x.den))
        ceil(::Type{T}, x::Rational) where {T<:Integer} = T(cld(x.num, x.den))
        floor(::Type{T}, x::Real) where {T<:Integer} = T(floor(x))
        ceil(::Type{T}, x::Real) where {T<:Integer} = T(ceil(x))
        trunc(::Type{T}, x::Real) where {T<:Integer} = T(trunc(x))
        abstract type RoundingMode end
        struct __Rounding{N} <: RoundingMode end
        const RoundNearest = __Rounding{0}()
        const RoundDown = __Rounding{1}()
        const RoundUp = __Rounding{2}()
        const RoundToZero = __Rounding{3}()
        const RoundNearestTiesAway = __Rounding{4}()
        round(x::AbstractFloat, ::__Rounding{N}) where {N} = oftype(x, __round(Float64(x), N))
        round(x::Integer, r::RoundingMode) = x
        round(::Type{T}, x::Real, r::RoundingMode) where {T<:Integer} = T(round(x, r))
        round(::Type{T}, x::Real) where {T<:Integer} = T(round(x))
        function round(x::Real; digits = nothing, sigdigits = nothing, base = 10)
            x = float(x)
            (isnan(x) || isinf(x)) && return x
            if sigdigits !== nothing
                x == 0 && return x
                digits = sigdigits - 1 - floor(Int64, log10(abs(x)))
            end
            digits === nothing && return round(x)
            digits >= 0 ? (p = Float64(base)^digits; r = round(x * p) / p; isfinite(r) ? r : x) : (p = Float64(base)^(-digits); round(x / p) * p)
        end
        floor(x::Real; digits = 0) = (p = 10.0^digits; floor(x * p) / p)
        ceil(x::Real; digits = 0) = (p = 10.0^digits; ceil(x * p) / p)
        modf(x) = (t = trunc(x); (x - t, t))
        muladd(x, y, z) = x * y + z
        fma(x::Float64, y::Float64, z::Float64) = __float_op(2, z, x, y)
        gcd(a::Integer, b::Integer) = (while b != 0; (a, b) = (b, rem(a, b)); end; abs(a))
        gcd(a::BigInt, b::BigInt) = __big_op(10, a, b)
        gcd(a, b, c...) = gcd(gcd(a, b), c...)
        gcd(v::AbstractArray) = reduce(gcd, v)
        lcm(a::Integer, b::Integer) = a == 0 || b == 0 ? zero(a) : abs(div(a, gcd(a, b)) * b)
        lcm(a, b, c...) = lcm(lcm(a, b), c...)
        lcm(v::AbstractArray) = reduce(lcm, v)
        function gcdx(a::Integer, b::Integer)
            s0, s1, t0, t1 = one(a), zero(a), zero(a), one(a)
            while b != 0
                q = div(a, b)
                a, b = b, a - q * b
                s0, s1 = s1, s0 - q * s1
                t0, t1 = t1, t0 - q * t1
            end
            a < 0 ? (-a, -s0, -t0) : (a, s0, t0)
        end
        invmod(a::Integer, m::Integer) = (g = gcdx(a, m); g[1] == 1 ? mod(g[2], m) : throw(DomainError((a, m), "Greatest common divisor is $(g[1]).")))
        function ^(x::Number, n::Integer)
            n < 0 && return x isa Integer ? (x == 1 ? x : x == -1 ? (iseven(n) ? one(x) : x) : throw(DomainError(n, "Cannot raise an integer x to a negative power $n.\nMake x a float matrix by using x^$n... or write float(x)^$n or x//1."))) : inv(x)^(-n)
            r = one(x)
            while n > 0
                isodd(n) && (r *= x)
                n >>= 1
                n > 0 && (x *= x)
            end
            r
        end
        ^(x::BigInt, n::Integer) = n < 0 ? throw(DomainError(n)) : __big_op(12, x, BigInt(n))
        ^(x::Bool, n::Integer) = n == 0 ? true : x
        ^(x::Float64, y::Float64) = isinteger(y) ? __elementary(25, x, y) : __pow(x, y)
        ^(x::Float64, n::Integer) = __elementary(25, x, Float64(n))
        ^(x::Number, y::AbstractFloat) = Float64(x)^Float64(y)
        ^(x::Real, y::Rational) = Float64(x)^Float64(y)
        __pow(x, y) = x < 0 && !isinf(y) && !isnan(y) ? throw(DomainError(x, "Exponentiation yielding a complex result requires a complex argument.\nReplace x^y with (x+0im)^y, Complex(x)^y, or similar.")) : __elementary(25, x, y)
        inv(x::Integer) = 1 / x
        inv(x::AbstractFloat) = one(x) / x
        function powermod(x::Integer, p::Integer, m::Integer)
            T = promote_type(typeof(x), typeof(m))
            p < 0 && return powermod(invmod(x, m), -p, m)
            T(mod(__int_back(T, __big_powmod(BigInt(mod(x, m)), BigInt(p), BigInt(m))), m))
        end
        __int_back(T, x) = T(x)
        count_ones(x::MachineInteger) = __count_ones(x)
        count_zeros(x::MachineInteger) = 8 * sizeof(x) - __count_ones(x)
        leading_zeros(x::MachineInteger) = __leading_zeros(x)
        trailing_zeros(x::MachineInteger) = __trailing_zeros(x)
        trailing_ones(x::MachineInteger) = __trailing_zeros(~x)
        typemin(x::Number) = typemin(typeof(x))
        typemax(x::Number) = typemax(typeof(x))
        typemax(::Type{T}) where {T<:Union{Int8,Int16,Int32}} = T((1 << (8 * sizeof(T) - 1)) - 1)
        typemin(::Type{T}) where {T<:Union{Int8,Int16,Int32}} = T(-(1 << (8 * sizeof(T) - 1)))
        typemax(::Type{T}) where {T<:Union{UInt8,UInt16,UInt32}} = T((1 << (8 * sizeof(T))) - 1)
        typemin(::Type{T}) where {T<:BitUnsigned} = T(0)
        typemax(::Type{UInt64}) = 0xffffffffffffffff
        typemax(::Type{Int128}) = 170141183460469231731687303715884105727
        typemin(::Type{Int128}) = -typemax(Int128) - Int128(1)
        typemax(::Type{UInt128}) = 0xffffffffffffffffffffffffffffffff
        typemax(::Type{Float64}) = Inf
        typemin(::Type{Float64}) = -Inf
        typemax(::Type{Bool}) = true
        typemin(::Type{Bool}) = false
        typemax(::Type{Char}) = '\U10ffff'
        typemin(::Type{Char}) = '\0'
        widen(x::Integer) = BigInt(x)
        widen(x::Int32) = Int64(x)
        eps() = 2.220446049250313e-16
        eps(::Type{Float64}) = 2.220446049250313e-16
        eps(x::Float64) = __nextfloat(abs(x), 1) - abs(x)
        nextfloat(x::Float64) = __nextfloat(x, 1)
        prevfloat(x::Float64) = __nextfloat(x, -1)
        floatmax(::Type{Float64}) = 1.7976931348623157e308
        floatmin(::Type{Float64}) = 2.2250738585072014e-308
        ldexp(x::Float64, n::Integer) = x * __scale(1.0, Int64(n))
        exponent(x::Float64) = __exponent(x)
        const Inf = 1.0 / 0.0
        const NaN = 0.0 / 0.0 > 0.0 ? 0.0 : __bits_float(0x7ff8000000000000)
        const Inf64 = Inf
        const NaN64 = NaN
        const pi = 3.141592653589793
        const π = 3.141592653589793
        const ℯ = 2.718281828459045
        deg2rad(x) = x * pi / 180
        rad2deg(x) = x * 180 / pi
        function factorial(n::Integer)
            n < 0 && throw(DomainError(n, "`n` must not be negative."))
            n > 20 && !(n isa BigInt) && throw(OverflowError("$n is too large to look up in the table; consider using `factorial(big($n))` instead"))
            r = one(n)
            i = one(n)
            while i <= n
                r *= i
                i += one(n)
            end
            r
        end
        function binomial(n::Integer, k::Integer)
            k < 0 && return zero(n)
            n < 0 && return (iseven(k) ? 1 : -1) * binomial(-n + k - 1, k)
            k > n && return zero(n)
            k > n - k && (k = n - k)
            r = BigInt(1)
            for i in 1:k
                r = div(r * (n - k + i), i)
            end
            n isa BigInt ? r : r > typemax(n) ? throw(OverflowError("binomial($n, $k) overflows")) : oftype(n, r)
        end
        function isprime_small(n)
            n > 1 && all(d -> n % d != 0, 2:isqrt(n))
        end
        checked_add(x::Int64, y::Int64) = __checked(0, x, y)
        checked_sub(x::Int64, y::Int64) = __checked(1, x, y)
        checked_mul(x::Int64, y::Int64) = __checked(2, x, y)
        ndigits(n::Integer; base = 10) = n == 0 ? 1 : ncodeunits(__int_string(abs(n), base))
        function digits(n::Integer; base = 10, pad = 1)
            r = Int64[]
            m = abs(n)
            while m != 0
                push!(r, Int64(rem(m, base)))
                m = div(m, base)
            end
            while length(r) < pad
                push!(r, 0)
            end
            n < 0 ? -r : r
        end
        ispow2(n::Integer) = n > 0 && count_ones(n) == 1
        nextpow(a, x) = (p = one(a); while p < x; p *= a; end; p)
        prevpow(a, x) = (p = one(a); while p * a <= x; p *= a; end; p)
        evalpoly(x, p) = foldr((c, r) -> c + x * r, p)
        //(a::Integer, b::Integer) = __rational(promote(a, b)...)
        function __rational(n, d)
            d == 0 && n == 0 && throw(ArgumentError("invalid rational: zero($(typeof(n)))//zero($(typeof(n)))"))
            g = gcd(n, d)
            d < 0 && (g = -g)
            Rational{typeof(n)}(div(n, g), div(d, g))
        end
        //(a::Rational, b::Rational) = a / b
        //(a::Rational, b::Integer) = a / Rational(b)
        //(a::Integer, b::Rational) = Rational(a) / b
        Rational(x::Integer) = Rational{typeof(x)}(x, one(x))
        Rational(n::Integer, d::Integer) = n // d
        Rational{T}(x::Integer) where {T} = Rational{T}(T(x), one(T))
        Rational{T}(x::Rational) where {T} = Rational{T}(T(x.num), T(x.den))
        Rational(x::Rational) = x
        numerator(x::Rational) = x.num
        denominator(x::Rational) = x.den
        numerator(x::Integer) = x
        denominator(x::Integer) = one(x)
        +(a::Rational{T}, b::Rational{T}) where {T} = __rational(a.num * b.den + b.num * a.den, a.den * b.den)
        -(a::Rational{T}, b::Rational{T}) where {T} = __rational(a.num * b.den - b.num * a.den, a.den * b.den)
        *(a::Rational{T}, b::Rational{T}) where {T} = __rational(a.num * b.num, a.den * b.den)
        /(a::Rational{T}, b::Rational{T}) where {T} = b.num == 0 ? throw(DivideError()) : __rational(a.num * b.den, a.den * b.num)
        -(a::Rational{T}) where {T} = Rational{T}(-a.num, a.den)
        <(a::Rational{T}, b::Rational{T}) where {T} = a.num * b.den < b.num * a.den
        <=(a::Rational{T}, b::Rational{T}) where {T} = a.num * b.den <= b.num * a.den
        ==(a::Rational{T}, b::Rational{T}) where {T} = a.num == b.num && a.den == b.den
        inv(a::Rational) = __rational(a.den, a.num)
        zero(::Type{Rational{T}}) where {T} = Rational{T}(zero(T), one(T))
        one(::Type{Rational{T}}) where {T} = Rational{T}(one(T), one(T))
        """#
}
