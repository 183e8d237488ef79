/// What was measured: medians of the runs. A figure that could not be had is nil and shown as null.
package struct BenchmarkReport: Sendable {
    let plan: BenchmarkPlan
    let bulk: Bulk
    let many: Bulk
    let requests: Requests
    let datagrams: DatagramRun
    let handshakes: Handshakes
    let memory: Memory
    /// Why figures are missing.
    let reasons: [String: String]

    struct Bulk: Sendable {
        let stoq: [BulkRun]
        let tls: [BulkRun]
        /// Bits a second.
        let udp: [Double]
        let megabytes: Int
    }

    struct Requests: Sendable {
        let stoq: RequestRun
        let tls: RequestRun?
    }

    struct Handshakes: Sendable {
        let stoq: HandshakeRun
        /// That go on from an earlier session.
        let resumed: HandshakeRun
        let tls: HandshakeRun?
    }

    struct Memory: Sendable {
        let connections: Int
        /// Bytes a connection.
        let stoq: Int
        let tls: Int?
    }
}

extension BenchmarkReport.Bulk {
    var stoqGbps: Double { Figures.gigabits(Figures.median(stoq.map(\.bitsPerSecond))) }
    var tlsGbps: Double? { tls.isEmpty ? nil : Figures.gigabits(Figures.median(tls.map(\.bitsPerSecond))) }
    var udpGbps: Double? { udp.isEmpty ? nil : Figures.gigabits(Figures.median(udp)) }

    func perGigabyte(_ runs: [BulkRun]) -> Double? {
        runs.isEmpty ? nil : Figures.rounded(Figures.median(runs.map(\.processorSecondsPerGigabyte)))
    }

    var allocationsPerMegabyte: Double? {
        let counted = stoq.compactMap(\.allocationsPerMegabyte)
        return counted.isEmpty ? nil : Figures.rounded(Figures.median(counted))
    }

    var repeatedPercent: Double? {
        let counted = stoq.compactMap(\.repeatedPercent)
        return counted.isEmpty ? nil : Figures.rounded(Figures.median(counted))
    }

    var copiesPerByte: Double? {
        let counted = stoq.compactMap(\.copiesPerByte)
        return counted.isEmpty ? nil : Figures.rounded(Figures.median(counted))
    }
}
