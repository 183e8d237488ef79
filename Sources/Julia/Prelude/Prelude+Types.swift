extension Prelude {
    /// Types of Base that the machine does not make itself.
    static let types = #"""
        abstract type Exception end
        abstract type IO end
        abstract type Enum end
        abstract type AbstractDict{K,V} end
        abstract type AbstractSet{T} end
        abstract type AbstractRange{T} <: AbstractVector{T} end
        abstract type OrdinalRange{T,S} <: AbstractRange{T} end
        abstract type AbstractUnitRange{T} <: OrdinalRange{T,Int64} end
        abstract type AbstractIrrational <: Real end
        struct Missing end
        struct UndefInitializer end
        const undef = UndefInitializer()
        const missing = Missing()
        const MachineInteger = Union{Int8,Int16,Int32,Int64,UInt8,UInt16,UInt32,UInt64}
        const WideInteger = Union{BigInt,Int128,UInt128}
        const BitInteger = Union{Int8,Int16,Int32,Int64,Int128,UInt8,UInt16,UInt32,UInt64,UInt128}
        const BitSigned = Union{Int8,Int16,Int32,Int64,Int128}
        const BitUnsigned = Union{UInt8,UInt16,UInt32,UInt64,UInt128}
        const IEEEFloat = Union{Float16,Float32,Float64}
        const NTuple = Tuple{Vararg{T,N}} where {N,T}
        const VecOrMat{T} = Union{Vector{T},Matrix{T}}
        const AbstractVecOrMat{T} = Union{AbstractVector{T},AbstractMatrix{T}}
        const DenseArray = Array
        const StridedArray = Array
        const Cvoid = Nothing
        struct ErrorException <: Exception
            msg::AbstractString
        end
        struct ArgumentError <: Exception
            msg::AbstractString
        end
        struct BoundsError <: Exception
            a
            i
            BoundsError() = new(nothing, nothing)
            BoundsError(a) = new(a, nothing)
            BoundsError(a, i) = new(a, i)
        end
        struct KeyError <: Exception
            key
        end
        struct DivideError <: Exception end
        struct DomainError <: Exception
            val
            msg
            DomainError(v) = new(v, "")
            DomainError(v, m) = new(v, m)
        end
        struct InexactError <: Exception
            func::Symbol
            T
            val
        end
        struct TypeError <: Exception
            func::Symbol
            context
            expected
            got
        end
        struct MethodError <: Exception
            f
            args
            world
            MethodError(f, args) = new(f, args, nothing)
            MethodError(f, args, w) = new(f, args, w)
        end
        struct UndefVarError <: Exception
            var::Symbol
        end
        struct UndefKeywordError <: Exception
            var::Symbol
        end
        struct UndefRefError <: Exception end
        struct OverflowError <: Exception
            msg
        end
        struct StackOverflowError <: Exception end
        struct OutOfMemoryError <: Exception end
        struct InterruptException <: Exception end
        struct EOFError <: Exception end
        struct AssertionError <: Exception
            msg::AbstractString
            AssertionError() = new("")
            AssertionError(m) = new(m)
        end
        struct StringIndexError <: Exception
            string
            index
        end
        struct DimensionMismatch <: Exception
            msg::AbstractString
            DimensionMismatch() = new("")
            DimensionMismatch(m) = new(m)
        end
        struct LoadError <: Exception
            file
            line
            error
        end
        struct Pair{A,B}
            first::A
            second::B
        end
        =>(a, b) = Pair{typeof(a),typeof(b)}(a, b)
        struct Val{x} end
        Val(x) = Val{x}()
        mutable struct RefValue{T}
            x::T
        end
        abstract type Ref{T} end
        Ref(x) = RefValue(x)
        (::Type{Ref{T}})(x) where {T} = RefValue{T}(x)
        getindex(r::RefValue) = r.x
        setindex!(r::RefValue{T}, v) where {T} = (r.x = convert(T, v); r)
        struct UnitRange{T} <: AbstractUnitRange{T}
            start::T
            stop::T
            UnitRange{T}(a, b) where {T} = new{T}(convert(T, a), __unit_stop(convert(T, a), convert(T, b)))
        end
        UnitRange(a::T, b::T) where {T} = UnitRange{T}(a, b)
        __unit_stop(a, b) = b >= a ? b : a - one(a)
        struct StepRange{T,S} <: OrdinalRange{T,S}
            start::T
            step::S
            stop::T
            StepRange{T,S}(a, s, b) where {T,S} = new{T,S}(a, s, __step_stop(a, s, b))
        end
        struct StepRangeLen{T} <: AbstractRange{T}
            ref::Float64
            step::Float64
            reflow::Float64
            steplow::Float64
            len::Int64
            offset::Int64
        end
        struct OneTo{T} <: AbstractUnitRange{T}
            stop::T
        end
        mutable struct Dict{K,V} <: AbstractDict{K,V}
            slots::Vector{UInt8}
            keys::Vector{K}
            vals::Vector{V}
            ndel::Int64
            count::Int64
            age::UInt64
            idxfloor::Int64
            maxprobe::Int64
            Dict{K,V}() where {K,V} = new{K,V}(__array(UInt8, (16,)), __array(K, (16,)), __array(V, (16,)), 0, 0, UInt64(0), 1, 0)
        end
        struct Set{T} <: AbstractSet{T}
            dict::Dict{T,Nothing}
            Set{T}() where {T} = new{T}(Dict{T,Nothing}())
        end
        struct Generator{F,I}
            f::F
            iter::I
        end
        struct Rational{T} <: Real
            num::T
            den::T
            Rational{T}(n, d) where {T} = new{T}(n, d)
        end
        struct Complex{T} <: Number
            re::T
            im::T
        end
        struct CartesianIndex{N}
            I::NTuple{N,Int64}
        end
        struct SubString <: AbstractString
            string::String
            offset::Int64
            ncodeunits::Int64
        end
        struct Some{T}
            value::T
        end
        """#
}
