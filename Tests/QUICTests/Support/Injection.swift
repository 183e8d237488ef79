import Canonical

@testable import QUIC

extension SimulatedNetwork {
    /// A datagram with one packet of arbitrary content under a connection's keys, as a peer that breaks the rules makes.
    func forge(
        _ payload: [UInt8], from host: SimulatedHost, _ kind: PacketSpace = .data, firstByteMask: UInt8 = 0
    ) -> [UInt8] {
        guard let connection = host.connection else { return [] }
        let datagram = UnsafeMutableRawBufferPointer(rebasing: buffer[..<1200])
        guard var (draft, writer) = connection.openDraft(connection.space(kind), in: datagram, from: 0) else {
            return []
        }
        if payload.isEmpty {
            // Without frames only a packet number of four bytes leaves enough for the header protection sample.
            datagram[0] |= 3
            datagram.storeBytes(of: UInt32(draft.number).bigEndian, toByteOffset: draft.numberOffset, as: UInt32.self)
            draft.numberLength = 4
            draft.end = draft.numberOffset + 4
        } else {
            let headerEnd = writer.offset
            writer.write(payload)
            connection.close(&draft, &writer, headerEnd: headerEnd)
        }
        datagram[0] |= firstByteMask
        draft.needsFullDatagram = kind == .initial
        connection.drafts = [draft]
        let length = connection.finishDatagram(datagram, mark: .notCapable)
        return Array(datagram[..<length])
    }

    /// Sends such a datagram over the network.
    func inject(
        _ payload: [UInt8], from host: SimulatedHost, _ kind: PacketSpace = .data, firstByteMask: UInt8 = 0
    ) {
        guard let connection = host.connection else { return }
        let datagram = forge(payload, from: host, kind, firstByteMask: firstByteMask)
        send(
            datagram, toServer: host === client, from: host.address, to: connection.remoteAddress, ecn: .notCapable)
    }

    /// Hands such a datagram to the other end at once; that end gets no turn to send or to tell of events.
    func hit(
        _ payload: [UInt8], from host: SimulatedHost, _ kind: PacketSpace = .data, as source: SocketAddressKey? = nil
    ) {
        hit(datagram: forge(payload, from: host, kind), from: host, as: source)
    }

    /// Hands any datagram to the other end at once.
    func hit(datagram: [UInt8], from host: SimulatedHost, as source: SocketAddressKey? = nil) {
        var bytes = datagram
        let victim = host === client ? server : client
        bytes.withUnsafeMutableBytes {
            _ = victim.endpoint.receive(
                $0, from: source ?? host.address, ecn: .notCapable, now: Timestamp(nanoseconds: now))
        }
    }

    /// A frame repeated until a packet is full.
    func packetful(_ frame: [UInt8]) -> [UInt8] {
        Array((0..<1100 / frame.count).map { _ in frame }.joined())
    }
}
