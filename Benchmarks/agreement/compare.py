"""Runs the three subjects one after another and prints one table; see run.sh."""

import argparse
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time

RELEASE = ".build/release"
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
        probe.bind(("::1", 0))
        return probe.getsockname()[1]


def processor_seconds(processes):
    total = 0
    for process in processes:
        with open(f"/proc/{process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def percentile(values, percent):
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


class Etcd:
    """Three members; clients speak gRPC to the first through h2load."""

    def __init__(self, folder):
        self.folder = folder
        self.client = [free_port() for _ in range(3)]
        peers = [free_port() for _ in range(3)]
        cluster = ",".join(f"n{i}=http://[::1]:{peers[i]}" for i in range(3))
        self.members = [
            subprocess.Popen(
                ["etcd", "--name", f"n{i}", "--data-dir", f"{folder}/n{i}",
                 "--listen-client-urls", f"http://[::1]:{self.client[i]}",
                 "--advertise-client-urls", f"http://[::1]:{self.client[i]}",
                 "--listen-peer-urls", f"http://[::1]:{peers[i]}",
                 "--initial-advertise-peer-urls", f"http://[::1]:{peers[i]}",
                 "--initial-cluster", cluster, "--log-level", "error"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for i in range(3)]
        # etcdserverpb.PutRequest{key: 1, value: 2} behind a gRPC frame header.
        key, value = b"benchmark-key", b"." * 256
        message = b"\x0a" + bytes([len(key)]) + key + b"\x12\x80\x02" + value
        with open(f"{folder}/put", "wb") as file:
            file.write(b"\0" + len(message).to_bytes(4, "big") + message)

    def wait(self):
        for _ in range(100):
            done = subprocess.run(
                ["etcdctl", "--endpoints", f"http://[::1]:{self.client[0]}", "put", "ready", "yes"],
                env={**os.environ, "ETCDCTL_API": "3"}, capture_output=True)
            if done.returncode == 0:
                return
            time.sleep(0.1)
        raise SystemExit("etcd did not become ready")

    def load(self, count, clients):
        log = f"{self.folder}/load-{clients}.tsv"
        before, start = processor_seconds(self.members), time.perf_counter()
        done = subprocess.run(
            ["h2load", "-n", str(count), "-c", str(clients), "-m", "1", "-t", "1", "-d", f"{self.folder}/put",
             "-H", "content-type: application/grpc", "-H", "te: trailers", "--log-file", log,
             f"http://[::1]:{self.client[0]}/etcdserverpb.KV/Put"], capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - start
        processor = processor_seconds(self.members) - before
        if f"{count} succeeded" not in done.stdout:
            raise SystemExit(f"h2load: {done.stdout}")
        delays = [int(line.split("\t")[2]) / 1000 for line in open(log)]
        return {"rate": count / seconds, "p50": percentile(delays, 50), "p99": percentile(delays, 99),
                "processor": processor * 1e6 / count}

    def stop(self):
        for member in self.members:
            member.terminate()
        for member in self.members:
            member.wait()


def measure_etcd(folder, arguments):
    cluster = Etcd(folder)
    try:
        cluster.wait()
        alone = cluster.load(arguments.latency_count, 1)
        loaded = cluster.load(arguments.throughput_count, arguments.clients)
    finally:
        cluster.stop()
    return row("etcd, 3 members", alone["p50"], alone["p99"], loaded["rate"], loaded["p50"], loaded["p99"],
               loaded["processor"])


def measure_mesh(folder, arguments):
    environment = {**os.environ, "HYPERMESH_DIRECTORY": f"{folder}/mesh"}
    hypermesh = f"{RELEASE}/hypermesh"
    subprocess.run([hypermesh, "up"], env=environment, check=True, capture_output=True)
    try:
        done = subprocess.run(
            [hypermesh, "bench", "mesh", "--output", "json", "--latency-count", str(arguments.latency_count),
             "--throughput-count", str(arguments.throughput_count), "--clients", str(arguments.clients)],
            env=environment, check=True, capture_output=True, text=True)
    finally:
        subprocess.run([hypermesh, "down"], env=environment, capture_output=True)
    report = json.loads(done.stdout)
    return row("HyperMesh, 4 nodes, four proofs and FALCON-1024", report["latencyMillisecondsP50"],
               report["latencyMillisecondsP99"], report["operationsPerSecond"],
               report["loadedLatencyMillisecondsP50"], report["loadedLatencyMillisecondsP99"],
               report["processorMicrosecondsPerOperation"])


def measure_ordering(arguments):
    done = subprocess.run(
        [f"{RELEASE}/agreement-benchmark", "measure", "--latency-count", str(arguments.latency_count),
         "--throughput-count", str(arguments.throughput_count), "--clients", str(arguments.clients)],
        check=True, capture_output=True, text=True)
    report = json.loads(done.stdout)
    return row("HyperMesh, 4 nodes, ordering only", report["alone"]["millisecondsP50"],
               report["alone"]["millisecondsP99"], report["operationsPerSecond"], report["loaded"]["millisecondsP50"],
               report["loaded"]["millisecondsP99"], report["processorMicrosecondsPerOperation"])


def row(name, alone_p50, alone_p99, rate, p50, p99, processor):
    return {"subject": name, "alone_p50_ms": alone_p50, "alone_p99_ms": alone_p99, "operations_per_second": rate,
            "loaded_p50_ms": p50, "loaded_p99_ms": p99, "processor_us_per_operation": processor}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--latency-count", type=int, default=100)
    parser.add_argument("--throughput-count", type=int, default=6000)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="agreement-")
    try:
        rows = [measure_mesh(folder, arguments), measure_ordering(arguments), measure_etcd(folder, arguments)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if arguments.json:
        print(json.dumps({"clients": arguments.clients, "rows": rows}))
        return
    print(f"256-byte operations, {arguments.clients} clients; delays in ms; processor time over all members")
    print(f"{'':49}{'1 client p50':>13}{'p99':>8}{'op/s':>9}{'p50':>8}{'p99':>8}{'us/op':>9}")
    for line in rows:
        print(f"{line['subject']:49}{line['alone_p50_ms']:13.1f}{line['alone_p99_ms']:8.1f}"
              f"{line['operations_per_second']:9.0f}{line['loaded_p50_ms']:8.1f}{line['loaded_p99_ms']:8.1f}"
              f"{line['processor_us_per_operation']:9.0f}")


main()
