/// What `bench stoq` found.
struct BenchSTOQReport: Encodable {
    /// Gigabits a second; nil where it could not be measured.
    struct Bulk: Encodable {
        var megabytes: Int
        var stoqGbps: Double
        var tcpTLSGbps: Double?
        var udpGbps: Double?

        private enum CodingKeys: String, CodingKey {
            case megabytes
            case stoqGbps = "stoq_gbps"
            case tcpTLSGbps = "tcp_tls_gbps"
            case udpGbps = "udp_gbps"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(megabytes, forKey: .megabytes)
            try container.encode(stoqGbps, forKey: .stoqGbps)
            // A figure that is missing is shown as null.
            try container.encode(tcpTLSGbps, forKey: .tcpTLSGbps)
            try container.encode(udpGbps, forKey: .udpGbps)
        }
    }

    struct Requests: Encodable {
        var p50Microseconds: Double
        var p99Microseconds: Double
        var perSecondSequential: Double
        var perSecondConcurrent: Double
        var concurrency: Int
        var bodyBytes: Int

        private enum CodingKeys: String, CodingKey {
            case p50Microseconds = "p50_us"
            case p99Microseconds = "p99_us"
            case perSecondSequential = "per_second_sequential"
            case perSecondConcurrent = "per_second_concurrent"
            case concurrency
            case bodyBytes = "body_bytes"
        }
    }

    struct Handshakes: Encodable {
        var p50Milliseconds: Double
        var perSecond: Double

        private enum CodingKeys: String, CodingKey {
            case p50Milliseconds = "p50_ms"
            case perSecond = "per_second"
        }
    }

    var runs: Int
    var bulk: Bulk
    var requests: Requests
    var handshakes: Handshakes
    /// Why figures are missing.
    var reasons: [String: String]

    /// The figures for people.
    var table: [String] {
        func rate(_ value: Double?, _ name: String) -> String {
            value.map { "\($0) Gbit/s" } ?? "not measured: \(reasons[name] ?? "unknown")"
        }
        return [
            "bulk, one stream, \(bulk.megabytes) MB",
            "  STOQ             \(bulk.stoqGbps) Gbit/s",
            "  TCP + TLS 1.3    \(rate(bulk.tcpTLSGbps, "tcp_tls"))",
            "  bare UDP         \(rate(bulk.udpGbps, "udp"))",
            "requests of \(requests.bodyBytes) bytes",
            "  one at a time    p50 \(requests.p50Microseconds) µs, p99 \(requests.p99Microseconds) µs, "
                + "\(requests.perSecondSequential) /s",
            "  \(requests.concurrency) at a time    \(requests.perSecondConcurrent) /s",
            "handshakes, FALCON-1024 on both ends, X25519MLKEM768",
            "  one at a time    p50 \(handshakes.p50Milliseconds) ms, \(handshakes.perSecond) /s",
            "medians of \(runs) runs between two processes on [::1]",
        ]
    }
}
