import Testing

@testable import QUIC

@Suite struct SentPacketRingTests {
    private func send(_ count: Int, _ ring: inout SentPacketRing) {
        let first = ring.end
        for _ in 0..<count {
            var packet = SentPacket()
            packet.state = .inFlight
            ring.append(packet)
        }
        for number in first..<ring.end { ring[number].state = .acknowledged }
        ring.trim()
        #expect(ring.count == 0 && ring.end == first + UInt64(count))
    }

    @Test func `gives back what a window of packets took once the connection is quiet`() {
        var ring = SentPacketRing()
        send(2000, &ring)
        #expect(ring.capacity >= 2000)
        for _ in 0..<80 { send(1, &ring) }
        #expect(ring.capacity <= 16)
    }

    @Test func `keeps its memory while windows come again, and while it is small`() {
        var ring = SentPacketRing()
        send(2000, &ring)
        let capacity = ring.capacity
        for _ in 0..<200 { send(1500, &ring) }
        #expect(ring.capacity == capacity)
        var small = SentPacketRing()
        send(60, &small)
        for _ in 0..<200 { send(1, &small) }
        #expect(small.capacity >= 60)
    }
}
