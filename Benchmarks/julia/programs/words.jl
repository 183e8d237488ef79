function main()
    counts = Dict{String,Int}()
    for i in 1:300_000
        word = string("w", i * 7919 % 1000)
        counts[word] = get(counts, word, 0) + 1
    end
    (length(counts), maximum(values(counts)))
end
