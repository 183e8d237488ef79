import Canonical
import Foundation
import QUIC
import STOQ

/// Bare UDP datagrams with segmentation offload, unencrypted and unacknowledged: what the sockets could carry at most.
enum BareDatagrams {
    static let payloadBytes = BenchmarkPlan.udpPayload
    private static let batch = 48
    /// A datagram of this length ends a run; the receiver answers it with its count and time.
    private static let endBytes = 1

    /// Counts what arrives. Runs on a thread of its own for as long as the process lives.
    final class Counter {
        private let socket: UDPSocket
        var address: String { socket.address.text }

        init() throws {
            socket = try UDPSocket(binding: .loopback(port: 0))
        }

        func start() {
            let box = Unchecked(value: self)
            Thread.detachNewThread {
                do {
                    try box.value.run()
                } catch {
                    FileHandle.standardError.write(Data("bench peer: \(error)\n".utf8))
                }
            }
        }

        private func run() throws {
            var bytes = 0
            var first: UInt64 = 0
            var last: UInt64 = 0
            while true {
                _ = try socket.waitReadable(nanoseconds: -1)
                let now = MonotonicClock.now.nanoseconds
                var asker: SocketAddressKey?
                _ = try socket.receive { datagram, source, _ in
                    guard datagram.count != BareDatagrams.endBytes else { return asker = source }
                    if bytes == 0 { first = now }
                    bytes += datagram.count
                    last = now
                }
                guard let asker else { continue }
                if bytes > 0 { try answer(asker, "\(bytes) \(last - first)") }
                bytes = 0
            }
        }

        private func answer(_ target: SocketAddressKey, _ text: String) throws {
            try BareDatagrams.send(Array(text.utf8), from: socket, to: target)
        }
    }

    private static func send(_ bytes: [UInt8], from socket: UDPSocket, to target: SocketAddressKey) throws {
        var bytes = bytes
        try bytes.withUnsafeMutableBytes {
            try socket.send(
                Transmit(destination: target, length: $0.count, segmentSize: $0.count, ecn: .notCapable), from: $0)
        }
    }

    /// Sends `bytes` and returns the bits a second that arrived.
    static func rate(to address: SocketAddressKey, bytes: Int) throws -> Double {
        let socket = try UDPSocket(binding: .loopback(port: 0))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: batch * payloadBytes, alignment: 64)
        defer { buffer.deallocate() }
        buffer.initializeMemory(as: UInt8.self, repeating: 0x2e)
        let transmit = Transmit(
            destination: address, length: buffer.count, segmentSize: payloadBytes, ecn: .notCapable)
        for _ in 0..<max(1, bytes / buffer.count) { try socket.send(transmit, from: buffer) }
        for _ in 0..<100 {
            try send([0], from: socket, to: address)
            guard try socket.waitReadable(nanoseconds: 50_000_000) else { continue }
            var answer = ""
            _ = try socket.receive { datagram, _, _ in answer = String(decoding: datagram, as: UTF8.self) }
            let numbers = answer.split(separator: " ").compactMap { Double($0) }
            guard numbers.count == 2, numbers[1] > 0 else { continue }
            return numbers[0] * 8 / (numbers[1] / 1e9)
        }
        throw BenchmarkError.noAnswer("the receiver of datagrams")
    }

    /// A value that one thread hands over to another for good.
    private struct Unchecked<Value>: @unchecked Sendable {
        let value: Value
    }
}
