/// Records what happens on one connection as qlog (draft-ietf-quic-qlog-main-schema, -quic-events), in JSON text
/// sequences (RFC 7464). It does no I/O: the edge takes the bytes and writes them where it likes. A connection without
/// one pays a comparison with nil.
final class QlogTrace {
    private var bytes: [UInt8] = []
    private var dropped: UInt64 = 0
    private let start: UInt64
    private var metrics = Metrics()
    private var phase: CongestionPhase?

    /// What recovery_metrics_updated was last written with.
    private struct Metrics: Equatable {
        var smoothed: UInt64 = 0
        var minimum: UInt64 = 0
        var latest: UInt64 = 0
        var variation: UInt64 = 0
        var probeTimeouts = 0
        var window = 0
        var inFlight = 0
        var pace: UInt64 = 0
    }

    init(role: Role, group: ConnectionID, now: UInt64) {
        start = now
        record { json in
            json.member("file_schema", "urn:ietf:params:qlog:file:sequential")
            json.member("serialization_format", "application/qlog+json-seq")
            json.object("trace")
            json.strings(
                "event_schemas", ["urn:ietf:params:qlog:events:quic-12", "urn:hypermesh:qlog:events:path-1"])
            json.object("vantage_point")
            json.member("type", role == .client ? "client" : "server")
            json.close()
            json.object("common_fields")
            json.member("group_id", group.description)
            json.member("time_format", "relative_to_epoch")
            json.object("reference_time")
            json.member("clock_type", "monotonic")
            json.member("epoch", "unknown")
            json.close()
            json.close()
            json.close()
        }
    }

    /// The records since the last call.
    func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    private func record(_ body: (inout JSONWriter) -> Void) {
        guard bytes.count < Limits.qlogBytesMax else {
            dropped += 1
            return
        }
        var target = bytes
        bytes = []
        target.append(0x1E)
        var json = JSONWriter(appendingTo: target)
        body(&json)
        json.close()
        target = []
        bytes = json.bytes
        bytes.append(0x0A)
    }

    private func event(_ name: String, now: UInt64, _ body: (inout JSONWriter) -> Void) {
        record { json in
            json.milliseconds("time", now &- min(start, now))
            json.member("name", name)
            json.object("data")
            body(&json)
            // Whoever reads must know that records are missing before this one.
            if dropped > 0 { json.member("records_dropped", dropped) }
            json.close()
        }
        if bytes.count < Limits.qlogBytesMax { dropped = 0 }
    }

    private static func header(_ kind: PacketSpace, _ number: UInt64, _ json: inout JSONWriter) {
        json.object("header")
        json.member("packet_type", kind == .initial ? "initial" : kind == .handshake ? "handshake" : "1RTT")
        json.member("packet_number", number)
        json.close()
    }

    func packetSent(_ packet: SentPacket, _ kind: PacketSpace, number: UInt64, now: UInt64) {
        event("quic:packet_sent", now: now) { json in
            Self.header(kind, number, &json)
            json.object("raw")
            json.member("length", packet.size)
            json.close()
            if packet.isECNCapable { json.member("ecn", "ECT(0)") }
            if packet.isMTUProbe { json.member("is_mtu_probe_packet", true) }
            json.objects("frames", each: "frame_type", packet.frameNames)
        }
    }

    func packetReceived(_ kind: PacketSpace, number: UInt64, size: Int, ecn: ECNCodepoint, now: UInt64) {
        event("quic:packet_received", now: now) { json in
            Self.header(kind, number, &json)
            json.object("raw")
            json.member("length", size)
            json.close()
            if ecn != .notCapable {
                json.member("ecn", ecn == .congestionExperienced ? "CE" : ecn == .capable0 ? "ECT(0)" : "ECT(1)")
            }
        }
    }

    func packetLost(_ packet: SentPacket, _ kind: PacketSpace, number: UInt64, isByTime: Bool, now: UInt64) {
        event("quic:packet_lost", now: now) { json in
            Self.header(kind, number, &json)
            json.member("trigger", isByTime ? "time_threshold" : "reordering_threshold")
            if packet.isMTUProbe { json.member("is_mtu_probe_packet", true) }
        }
    }

    /// Notes what recovery knows now, if it changed.
    func metricsUpdated(_ path: NetworkPath, probeTimeouts: Int, now: UInt64) {
        let current = Metrics(
            smoothed: path.roundTrip.smoothed, minimum: path.roundTrip.minimum, latest: path.roundTrip.latest,
            variation: path.roundTrip.variation, probeTimeouts: probeTimeouts, window: path.congestion.window,
            inFlight: path.bytesInFlight, pace: UInt64(min(8 * path.congestion.pacingRate, 1e18)))
        if current != metrics {
            metrics = current
            event("quic:recovery_metrics_updated", now: now) { json in
                json.milliseconds("smoothed_rtt", current.smoothed)
                json.milliseconds("min_rtt", current.minimum)
                json.milliseconds("latest_rtt", current.latest)
                json.milliseconds("rtt_variance", current.variation)
                json.member("pto_count", current.probeTimeouts)
                json.member("congestion_window", current.window)
                json.member("bytes_in_flight", current.inFlight)
                json.member("pacing_rate", current.pace)
            }
        }
        phaseUpdated(path.congestion.phase, now: now)
    }

    private func phaseUpdated(_ next: CongestionPhase, now: UInt64) {
        guard next != phase else { return }
        event("quic:congestion_state_updated", now: now) { json in
            if let phase { json.member("old", phase.rawValue) }
            json.member("new", next.rawValue)
        }
        phase = next
    }

    func ecnUpdated(_ state: NetworkPath.ECNState, now: UInt64) {
        event("quic:ecn_state_updated", now: now) { json in
            json.member("new", state == .capable ? "capable" : state == .failed ? "failed" : "testing")
        }
    }

    func mtuUpdated(_ size: Int, now: UInt64) {
        event("quic:mtu_updated", now: now) { json in json.member("new", size) }
    }

    func tierChanged(_ change: PathTierChange, now: UInt64) {
        event("path:tier_changed", now: now) { json in
            if let from = change.from { json.member("old_bits_per_second", from.bitsPerSecond) }
            if let to = change.to { json.member("new_bits_per_second", to.bitsPerSecond) }
            json.member("cause", change.cause.rawValue)
            json.member("measured_bits_per_second", change.bitsPerSecond)
        }
    }

    func closed(_ reason: CloseReason, now: UInt64) {
        event("quic:connection_closed", now: now) { json in json.member("reason", "\(reason)") }
    }
}

extension SentPacket {
    /// The types of the frames of interest, as qlog names them.
    fileprivate var frameNames: [String] { ([first] + others).compactMap(\.name) }
}

extension SentFrame {
    fileprivate var name: String? {
        switch self {
        case .none: nil
        case .acknowledgement: "ack"
        case .crypto: "crypto"
        case .stream: "stream"
        case .resetStream: "reset_stream"
        case .stopSending: "stop_sending"
        case .maximumData: "max_data"
        case .maximumStreamData: "max_stream_data"
        case .maximumStreams: "max_streams"
        case .newConnectionID: "new_connection_id"
        case .retireConnectionID: "retire_connection_id"
        case .newToken: "new_token"
        case .handshakeDone: "handshake_done"
        case .datagram: "datagram"
        case .extended: "unknown"
        case .acknowledgementFrequency: "ack_frequency"
        }
    }
}
