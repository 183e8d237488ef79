import time
def quicksort(a, lo, hi):
    if lo >= hi:
        return
    pivot = a[(lo + hi) // 2]
    i, j = lo, hi
    while i <= j:
        while a[i] < pivot:
            i += 1
        while a[j] > pivot:
            j -= 1
        if i <= j:
            a[i], a[j] = a[j], a[i]
            i += 1
            j -= 1
    quicksort(a, lo, j)
    quicksort(a, i, hi)
def main():
    x, a = 42, []
    for _ in range(200_000):
        x = (x * 1103515245 + 12345) % 2147483648
        a.append(x)
    quicksort(a, 0, len(a) - 1)
    return a[999]
start = time.perf_counter(); answer = main()
print(round(time.perf_counter() - start, 3), "s, answer", answer)
