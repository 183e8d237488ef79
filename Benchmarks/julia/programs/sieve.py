import time
def main():
    prime = [True] * 1_000_001
    prime[0] = prime[1] = False
    for i in range(2, 1001):
        if prime[i]:
            for j in range(i * i, 1_000_001, i):
                prime[j] = False
    return sum(prime)
start = time.perf_counter(); answer = main()
print(round(time.perf_counter() - start, 3), "s, answer", answer)
