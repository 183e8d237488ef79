import Falcon

#if canImport(Glibc)
    import Glibc
#endif

/// Least and median time of an operation in microseconds of thread CPU time.
struct Measurement {
    let name: String
    let least: Double
    let median: Double
    let samples: Int

    /// Runs `body` for about `seconds`, in batches of `batch` calls.
    init(_ name: String, seconds: Double, batch: Int, _ body: () throws -> Void) rethrows {
        var times: [Double] = []
        let start = Self.cpuTime()
        while Self.cpuTime() - start < seconds || times.count < 3 {
            let before = Self.cpuTime()
            for _ in 0..<batch { try body() }
            times.append((Self.cpuTime() - before) / Double(batch) * 1e6)
        }
        times.sort()
        self.name = name
        least = times[0]
        median = times[times.count / 2]
        samples = times.count * batch
    }

    private static func cpuTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    /// A line of the table.
    var row: String {
        let padded = name + String(repeating: " ", count: max(0, 32 - name.count))
        return "\(padded) min \(Self.rounded(least)) us  median \(Self.rounded(median)) us  (\(samples) calls)"
    }

    /// A JSON object.
    var json: String {
        "{\"name\":\"\(name)\",\"min_us\":\(Self.rounded(least)),\"median_us\":\(Self.rounded(median)),"
            + "\"calls\":\(samples)}"
    }
}

/// All operations of one parameter set.
func measure<Set: FalconParameterSet>(_: Set.Type, _ name: String, seconds: Double) throws -> [Measurement] {
    let message = [UInt8](repeating: 0x42, count: 64)
    let key = try FalconPrivateKey<Set>()
    let encoded = key.rawRepresentation
    let publicBytes = key.publicKey.rawRepresentation
    let publicKey = key.publicKey
    let signature = try key.signature(for: message)
    var valid = true
    let measurements = [
        try Measurement(name + " keygen", seconds: seconds * 2, batch: 1) { _ = try FalconPrivateKey<Set>() },
        try Measurement(name + " load private key", seconds: seconds, batch: 8) {
            _ = try FalconPrivateKey<Set>(rawRepresentation: encoded)
        },
        try Measurement(name + " sign", seconds: seconds, batch: 8) { _ = try key.signature(for: message) },
        Measurement(name + " verify", seconds: seconds, batch: 32) {
            valid = publicKey.isValidSignature(signature, for: message) && valid
        },
        try Measurement(name + " verify from bytes", seconds: seconds, batch: 32) {
            let decoded = try FalconPublicKey<Set>(rawRepresentation: publicBytes)
            valid = decoded.isValidSignature(signature, for: message) && valid
        },
    ]
    guard valid else { throw BenchmarkError.signatureRefused }
    return measurements
}

/// A benchmark that does not do what it times.
enum BenchmarkError: Error {
    case signatureRefused
}
