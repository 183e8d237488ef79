"""Times pqcrypto's (PQClean's) Falcon like falcon-benchmark does: thread CPU time, minimum and median of batches."""
import json
import sys
import time

from pqcrypto.sign import falcon_padded_512, falcon_padded_1024


def measure(name, seconds, batch, body):
    times = []
    start = time.thread_time()
    while time.thread_time() - start < seconds or len(times) < 3:
        before = time.thread_time()
        for _ in range(batch):
            body()
        times.append((time.thread_time() - before) / batch * 1e6)
    times.sort()
    return {"name": name, "min_us": round(times[0], 1), "median_us": round(times[len(times) // 2], 1),
            "calls": len(times) * batch}


seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 0.5
message = b"\x42" * 64
rows = []
for name, module in (("falcon-1024", falcon_padded_1024), ("falcon-512", falcon_padded_512)):
    public, secret = module.generate_keypair()
    signature = module.sign(secret, message)
    rows.append(measure(f"pqcrypto {name} keygen", seconds * 2, 1, module.generate_keypair))
    rows.append(measure(f"pqcrypto {name} sign", seconds, 8, lambda: module.sign(secret, message)))
    rows.append(measure(f"pqcrypto {name} verify", seconds, 32, lambda: module.verify(public, message, signature)))
print(json.dumps(rows))
