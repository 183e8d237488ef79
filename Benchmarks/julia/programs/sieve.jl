function main()
    prime = fill(true, 1_000_000)
    prime[1] = false
    for i in 2:1000
        if prime[i]
            for j in i*i:i:1_000_000
                prime[j] = false
            end
        end
    end
    count(prime)
end
