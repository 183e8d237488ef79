# Counts how often each word occurs in a text and prints the most frequent ones,
# those of equal number in alphabetical order. `main` returns how many different
# words there are.
#
#     hypermesh run examples/wordcount.jl --argument 5

const TEXT = """
The quick brown fox jumps over the lazy dog. The dog sleeps; the fox does not.
A quick dog is a happy dog, and a lazy fox is no fox at all.
"""

function words(text)
    result = String[]
    word = ""
    for c in lowercase(text)
        if isletter(c)
            word *= string(c)
        elseif !isempty(word)
            push!(result, word)
            word = ""
        end
    end
    isempty(word) || push!(result, word)
    return result
end

function main(top)
    counts = Dict{String,Int}()
    for word in words(TEXT)
        counts[word] = get(counts, word, 0) + 1
    end
    order = sort(collect(keys(counts)), by = word -> (-counts[word], word))
    for word in order[1:min(top, length(order))]
        println(rpad(word, 8), counts[word])
    end
    return length(counts)
end
