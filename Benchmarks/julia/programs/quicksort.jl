function quicksort!(a, lo, hi)
    lo >= hi && return a
    pivot = a[(lo + hi) ÷ 2]
    i, j = lo, hi
    while i <= j
        while a[i] < pivot
            i += 1
        end
        while a[j] > pivot
            j -= 1
        end
        if i <= j
            a[i], a[j] = a[j], a[i]
            i += 1
            j -= 1
        end
    end
    quicksort!(a, lo, j)
    quicksort!(a, i, hi)
end
function main()
    x = 42
    a = Int[]
    for _ in 1:200_000
        x = (x * 1103515245 + 12345) % 2147483648
        push!(a, x)
    end
    quicksort!(a, 1, length(a))
    a[1000]
end
