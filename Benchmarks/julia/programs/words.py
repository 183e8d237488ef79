import time
def main():
    counts = {}
    for i in range(1, 300_001):
        word = "w" + str(i * 7919 % 1000)
        counts[word] = counts.get(word, 0) + 1
    return len(counts), max(counts.values())
start = time.perf_counter(); answer = main()
print(round(time.perf_counter() - start, 3), "s, answer", answer)
