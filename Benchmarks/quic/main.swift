// Times the packet path of two connections in one thread, without sockets.
// Usage: quic-benchmark [megabytes] [payload] [streams] [aes128|aes256|chacha20]
import Canonical
import QUIC
import TLS

let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.compactMap(Int.init)
let megabytes = numbers.first ?? 1000
let payload = numbers.dropFirst().first ?? 1350
let streams = numbers.dropFirst(2).first ?? 1
let suite: CipherSuite =
    arguments.contains("aes128")
    ? .aes128GCMSHA256 : arguments.contains("chacha20") ? .chacha20Poly1305SHA256 : .aes256GCMSHA384

let path = try PacketPath(suite: suite, payload: payload)
try path.transfer(bytes: 32 << 20, streams: streams)
let start = BenchmarkClock.now.nanoseconds
try path.transfer(bytes: megabytes * 1_000_000, streams: streams)
let seconds = Double(BenchmarkClock.now.nanoseconds - start) / 1e9
let spans = path.spans

func perPacket(_ span: UInt64) -> Int { Int(span) / max(1, spans.packets) }
print("\(suite) payload \(payload) streams \(streams): \(spans.packets) packets, \(spans.acknowledgements) back")
print("ns a packet: write \(perPacket(spans.write)) send \(perPacket(spans.send)) receive \(perPacket(spans.receive))")
print("             read \(perPacket(spans.read)) acknowledge \(perPacket(spans.acknowledge))")
print("one thread for both ends: \((Double(megabytes) * 8e6 / seconds / 1e7).rounded() / 100) Gbit/s")
