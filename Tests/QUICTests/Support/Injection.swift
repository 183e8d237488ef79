import Canonical

@testable import QUIC

extension SimulatedNetwork {
    /// Sends a packet with arbitrary content under a connection's keys, as a peer that breaks the rules would.
    func inject(
        _ payload: [UInt8], from host: SimulatedHost, _ kind: PacketSpace = .data, firstByteMask: UInt8 = 0
    ) {
        guard let connection = host.connection else { return }
        let datagram = UnsafeMutableRawBufferPointer(rebasing: buffer[..<1200])
        guard var (draft, writer) = connection.openDraft(connection.space(kind), in: datagram, from: 0) else { return }
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
        connection.drafts = [draft]
        let length = connection.finishDatagram(datagram, mark: .notCapable)
        send(
            Array(datagram[..<length]), toServer: host === client, from: host.address,
            to: connection.remoteAddress, ecn: .notCapable)
    }
}
