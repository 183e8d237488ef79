extension BenchmarkReport {
    /// The figures for people.
    package var table: [String] {
        func row(_ name: String, _ stoq: String, _ tls: String, _ udp: String = "") -> String {
            func column(_ text: String, _ width: Int) -> String {
                text + String(repeating: " ", count: max(1, width - text.count))
            }
            return column(name, 44) + column(stoq, 16) + column(tls, 16) + udp
        }
        func show<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "-" }
        var lines = [
            row("", "STOQ", "TCP+TLS 1.3", "bare UDP"),
            row("bulk, one connection, Gbit/s", show(bulk.stoqGbps), show(bulk.tlsGbps), show(bulk.udpGbps)),
            row(
                "  processor seconds a GB, both ends", show(bulk.perGigabyte(bulk.stoq)),
                show(bulk.perGigabyte(bulk.tls))),
            row("  allocations a MB, sender", show(bulk.allocationsPerMegabyte), "-"),
            row("  bytes copied for each byte, sender", show(bulk.copiesPerByte), "-"),
            row("  bytes sent again of a hundred", show(bulk.repeatedPercent), "-"),
            row("bulk, \(plan.connections) connections, Gbit/s", show(many.stoqGbps), show(many.tlsGbps)),
            row(
                "  processor seconds a GB, both ends", show(many.perGigabyte(many.stoq)),
                show(many.perGigabyte(many.tls))),
        ]
        let stoq = requests.stoq
        lines += [
            row("requests of 1 KiB, one at a time, p50 us", show(round(stoq.p50)), show(round(requests.tls?.p50))),
            row("  p99 us", show(round(stoq.p99)), show(round(requests.tls?.p99))),
            row("  a second", show(round(stoq.perSecondSequential)), show(round(requests.tls?.perSecondSequential))),
            row(
                "  \(BenchmarkPlan.concurrency) under way, a second", show(round(stoq.perSecondConcurrent)),
                show(round(requests.tls?.perSecondConcurrent))),
            row(
                "datagrams of \(BenchmarkPlan.datagramBytes) bytes, arrived a second", show(round(datagrams.perSecond)),
                "-",
                show(bulk.udpGbps.map { round($0 * 1e9 / 8 / Double(BenchmarkPlan.udpPayload)) } ?? nil)),
            row("  lost of a hundred", show(round(datagrams.lostPercent)), "-"),
            row(
                "handshakes, FALCON-1024 mutual / ECDSA, p50 ms", show(round(handshakes.stoq.p50)),
                show(round(handshakes.tls?.p50))),
            row("  a second", show(round(handshakes.stoq.perSecond)), show(round(handshakes.tls?.perSecond))),
            row(
                "  a processor second, both ends", show(round(handshakes.stoq.perProcessorSecond)),
                show(round(handshakes.tls?.perProcessorSecond))),
            row("handshakes, resumed, p50 ms", show(round(handshakes.resumed.p50)), "-"),
            row("  a second", show(round(handshakes.resumed.perSecond)), "-"),
            row("  a processor second, both ends", show(round(handshakes.resumed.perProcessorSecond)), "-"),
            row("memory of an idle connection, bytes, server", show(memory.stoq), show(memory.tls)),
            "medians of \(plan.runs) runs between two processes on [::1]; UDP payload \(BenchmarkPlan.udpPayload) bytes, "
                + "AES-256-GCM",
        ]
        for (name, reason) in reasons.sorted(by: { $0.key < $1.key }) { lines.append("\(name): \(reason)") }
        return lines
    }

    private func round(_ value: Double?) -> Double? { value.map(Figures.rounded) }
}
