import CLinux
import Glibc
import QUIC
import Testing

@testable import STOQ

@Suite struct SocketTests {
    @Test(arguments: ["[::1]:4500", "[2001:db8::7]:0", "[fe80::1]:65535"])
    func addressesAreReadAndWritten(_ text: String) throws {
        #expect(try SocketAddressKey(parsing: text).text == text)
    }

    @Test(arguments: [
        "", "::1:4500", "[::1]", "[::1]:", "[::1]:65536", "[::1]:-1", "[::1", "[::g]:1", "[]:1", "[::1]4500", "]:1",
        "[",
        "[::ffff:]:1", "localhost:1", "[::1]:+1x",
    ])
    func otherTextIsNoAddress(_ text: String) {
        #expect(throws: STOQError.malformedAddress(text)) { try SocketAddressKey(parsing: text) }
    }

    @Test func aBusyAddressIsRefused() throws {
        let first = try UDPSocket(binding: .loopback(port: 0))
        #expect(throws: STOQError.system(operation: "bind \(first.address.text)", errno: EADDRINUSE)) {
            try UDPSocket(binding: first.address)
        }
    }

    /// Sends five datagrams as one batch and returns what arrived.
    private func sendBatch(_ sender: UDPSocket, to receiver: UDPSocket) throws -> [[UInt8]] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 5 * 1000 - 300, alignment: 16)
        defer { buffer.deallocate() }
        for index in buffer.indices { buffer[index] = UInt8(index / 1000) }
        try sender.send(
            Transmit(destination: receiver.address, length: buffer.count, segmentSize: 1000, ecn: .capable0),
            from: buffer)
        var arrived: [[UInt8]] = []
        while arrived.count < 5, hm_wait_readable(receiver.descriptor, receiver.descriptor, 2_000_000_000) > 0 {
            _ = try receiver.receive { datagram, source, mark in
                #expect(source == sender.address)
                #expect(mark == .capable0)
                arrived.append(Array(datagram))
            }
        }
        return arrived
    }

    private func expectBatch(_ arrived: [[UInt8]]) {
        #expect(arrived.map(\.count) == [1000, 1000, 1000, 1000, 700])
        #expect(arrived.enumerated().allSatisfy { index, bytes in bytes.allSatisfy { $0 == UInt8(index) } })
    }

    @Test func aBatchArrivesAsItsDatagrams() throws {
        let sender = try UDPSocket(binding: .loopback(port: 0))
        let receiver = try UDPSocket(binding: .loopback(port: 0))
        expectBatch(try sendBatch(sender, to: receiver))
        #expect(sender.sendsSegments)
    }

    @Test func withoutOffloadDatagramsGoOneByOne() throws {
        let sender = try UDPSocket(binding: .loopback(port: 0))
        let receiver = try UDPSocket(binding: .loopback(port: 0))
        // The kernel refuses to segment for a socket that sends without checksums (UDP_NO_CHECK6_TX, _RX).
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        #expect(setsockopt(sender.descriptor, Int32(IPPROTO_UDP), 101, &on, size) == 0)
        #expect(setsockopt(receiver.descriptor, Int32(IPPROTO_UDP), 102, &on, size) == 0)
        expectBatch(try sendBatch(sender, to: receiver))
        #expect(!sender.sendsSegments)
        expectBatch(try sendBatch(sender, to: receiver))
    }
}
