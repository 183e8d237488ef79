extension BenchmarkReport: Encodable {
    private struct Keys: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(plan.runs, forKey: Keys("runs"))
        try container.encode(reasons, forKey: Keys("reasons"))
        try container.encode(values(of: bulk, isOne: true), forKey: Keys("bulk"))
        try container.encode(values(of: many, isOne: false), forKey: Keys("bulk_many"))
        try container.encode(requestValues, forKey: Keys("requests"))
        try container.encode(
            [
                "bytes": Double(BenchmarkPlan.datagramBytes), "per_second": Figures.rounded(datagrams.perSecond),
                "lost_percent": Figures.rounded(datagrams.lostPercent),
            ], forKey: Keys("datagrams"))
        try container.encode(handshakeValues, forKey: Keys("handshakes"))
        try container.encode(
            [
                "connections": Double(memory.connections), "stoq_bytes": Double(memory.stoq),
                "tcp_tls_bytes": memory.tls.map(Double.init),
            ] as [String: Double?], forKey: Keys("memory"))
    }

    private func values(of bulk: Bulk, isOne: Bool) -> [String: Double?] {
        var values: [String: Double?] = [
            "megabytes": Double(bulk.megabytes), "stoq_gbps": bulk.stoqGbps, "tcp_tls_gbps": bulk.tlsGbps,
            "stoq_processor_seconds_per_gb": bulk.perGigabyte(bulk.stoq),
            "tcp_tls_processor_seconds_per_gb": bulk.perGigabyte(bulk.tls),
        ]
        guard isOne else {
            values["connections"] = Double(plan.connections)
            return values
        }
        values["udp_gbps"] = .some(bulk.udpGbps)
        values["allocations_per_mb"] = .some(bulk.allocationsPerMegabyte)
        values["copied_bytes_per_byte"] = .some(bulk.copiesPerByte)
        values["repeated_percent"] = .some(bulk.repeatedPercent)
        return values
    }

    private var requestValues: [String: Double?] {
        [
            "body_bytes": Double(BenchmarkPlan.requestBytes), "concurrency": Double(BenchmarkPlan.concurrency),
            "p50_us": Figures.rounded(requests.stoq.p50), "p99_us": Figures.rounded(requests.stoq.p99),
            "per_second_sequential": Figures.rounded(requests.stoq.perSecondSequential),
            "per_second_concurrent": Figures.rounded(requests.stoq.perSecondConcurrent),
            "tcp_tls_p50_us": requests.tls.map { Figures.rounded($0.p50) },
            "tcp_tls_p99_us": requests.tls.map { Figures.rounded($0.p99) },
            "tcp_tls_per_second_sequential": requests.tls.map { Figures.rounded($0.perSecondSequential) },
            "tcp_tls_per_second_concurrent": requests.tls.map { Figures.rounded($0.perSecondConcurrent) },
        ]
    }

    private var handshakeValues: [String: Double?] {
        [
            "p50_ms": Figures.rounded(handshakes.stoq.p50), "per_second": Figures.rounded(handshakes.stoq.perSecond),
            "per_processor_second": Figures.rounded(handshakes.stoq.perProcessorSecond),
            "resumed_p50_ms": Figures.rounded(handshakes.resumed.p50),
            "resumed_per_second": Figures.rounded(handshakes.resumed.perSecond),
            "resumed_per_processor_second": Figures.rounded(handshakes.resumed.perProcessorSecond),
            "tcp_tls_p50_ms": handshakes.tls.map { Figures.rounded($0.p50) },
            "tcp_tls_per_second": handshakes.tls.map { Figures.rounded($0.perSecond) },
            "tcp_tls_per_processor_second": handshakes.tls.map { Figures.rounded($0.perProcessorSecond) },
        ]
    }
}
