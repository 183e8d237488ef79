# Counts the primes up to n with the sieve of Eratosthenes.
#
#     hypermesh run examples/primes.jl --argument 100000
#
# prints 9592. Every multiple of a prime p from p² on is struck out; what is
# left is prime.

function sieve(n)
    isprime = fill(true, n)
    isprime[1] = false
    for p in 2:isqrt(n)
        isprime[p] || continue
        for multiple in p^2:p:n
            isprime[multiple] = false
        end
    end
    return isprime
end

function main(n)
    n < 2 && return 0
    return count(sieve(n))
end
