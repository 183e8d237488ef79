function main()
    io = IOBuffer()
    for i in 1:200_000
        print(io, i, ",")
    end
    length(String(take!(io)))
end
