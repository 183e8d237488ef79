# Fibonacci numbers from powers of a matrix: [1 1; 1 0]^n holds F(n + 1), F(n) and
# F(n - 1). Powers are made by repeated squaring, so that F(n) costs about
# log₂(n) products.
#
#     hypermesh run examples/matrix.jl --argument 90
#
# prints 2880067194370816120.

function multiply(a, b)
    rows, inner = size(a)
    columns = size(b, 2)
    c = zeros(Int, rows, columns)
    for i in 1:rows, j in 1:columns, k in 1:inner
        c[i, j] += a[i, k] * b[k, j]
    end
    return c
end

function power(a, n)
    result = [1 0; 0 1]
    while n > 0
        if isodd(n)
            result = multiply(result, a)
        end
        a = multiply(a, a)
        n >>= 1
    end
    return result
end

main(n) = power([1 1; 1 0], n)[1, 2]
