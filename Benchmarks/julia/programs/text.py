import io, time
def main():
    out = io.StringIO()
    for i in range(1, 200_001):
        out.write(str(i)); out.write(",")
    return len(out.getvalue())
start = time.perf_counter(); answer = main()
print(round(time.perf_counter() - start, 3), "s, answer", answer)
