import Crypto
import TLS

/// How far 0-RTT data of a connection got.
enum EarlyDataState {
    case none
    /// Client: it goes out; the server has not answered.
    case sending
    case accepted, refused
}

extension Connection {
    /// What 0-RTT data relies on: a ticket's is only taken while these limits are the same (RFC 9001 section 4.6.3).
    static func earlyDataContext(_ own: TransportParameters) -> [UInt8] {
        Array(SHA256.hash(data: own.limitsForEarlyData.encoded()))
    }

    /// Client: the limits of the ticket's connection hold until the server tells its own (RFC 9000 section 7.4.1).
    func beginEarlyData(_ ticket: SessionTicket) {
        guard let bytes = ticket.transportParameters, let known = try? TransportParameters(bytes, from: .server) else {
            return
        }
        let remembered = known.limitsForEarlyData
        earlyData = .sending
        isSendingEarlyData = true
        peerParameters = remembered
        streams.sendLimit = remembered.initialMaxData
        streams.bidirectional.limitByPeer = remembered.initialMaxStreamsBidirectional
        streams.unidirectional.limitByPeer = remembered.initialMaxStreamsUnidirectional
    }

    /// TLS knows whether the server takes 0-RTT data.
    func settleEarlyData(isAccepted: Bool) throws(QUICError) {
        if role == .server || earlyData == .sending { emit(.earlyDataAccepted(isAccepted)) }
        guard role == .client, earlyData == .sending else {
            earlyData = isAccepted ? .accepted : .refused
            return
        }
        earlyData = isAccepted ? .accepted : .refused
        isSendingEarlyData = false
        // Accepted: its packets are acknowledged like others, but new ones wait for the 1-RTT keys.
        dataSpace.sendKeys = nil
        if isAccepted {
            try raiseEarlyLimits()
        } else {
            takeBackEarlyData()
        }
    }

    /// The server must allow what it allowed before, or more.
    private func raiseEarlyLimits() throws(QUICError) {
        guard let now = peerParameters, let before = rememberedParameters else { return }
        guard !now.isStricterForEarlyData(than: before) else {
            throw .violation(
                .protocolViolation, reason: "0-RTT data accepted under lower limits than remembered", frameType: 0)
        }
        rememberedParameters = nil
        applyStreamLimits(now)
    }

    /// All that was sent counts as never sent (RFC 9000 section 4.1, RFC 9001 section 4.6.2).
    func takeBackEarlyData() {
        let space = dataSpace
        for number in space.sent.base..<space.sent.end where space.sent[number].state == .inFlight {
            let packet = space.sent[number]
            if packet.countsInFlight, packet.path == path.number { path.bytesInFlight -= Int(packet.size) }
        }
        space.sent.removeAll()
        space.ackElicitingInFlight = 0
        space.lossTime = nil
        space.probesPending = 0
        streams.sent = 0
        for stream in streams.all() {
            stream.send?.buffer.restart()
            if stream.send?.finish == .inFlight { stream.send?.finish = .queued }
            if stream.send?.reset == .inFlight {
                stream.send?.reset = .queued
                streams.enqueueControl(stream)
            }
            streams.enqueue(stream)
        }
    }

    /// Streams opened for 0-RTT data that was refused have to fit the server's present limit.
    func checkOpenedStreams(_ parameters: TransportParameters) throws(QUICError) {
        guard streams.bidirectional.openedLocally <= parameters.initialMaxStreamsBidirectional,
            streams.unidirectional.openedLocally <= parameters.initialMaxStreamsUnidirectional
        else {
            throw .violation(.protocolViolation, reason: "fewer streams than 0-RTT data was sent on", frameType: 0)
        }
    }

    /// Gives streams that were opened for 0-RTT data the server's present limits.
    func applyStreamLimits(_ parameters: TransportParameters) {
        for stream in streams.all() {
            let isBidirectional = stream.id.direction == .bidirectional
            stream.send?.limit =
                isBidirectional
                ? parameters.initialMaxStreamDataBidirectionalRemote : parameters.initialMaxStreamDataUnidirectional
            streams.enqueue(stream)
        }
    }

    /// Server: whether the keys of 0-RTT packets are still there. They go three probe timeouts after the handshake.
    var hasEarlyKeys: Bool {
        if let deadline = earlyKeysDeadline, deadline <= currentTime { earlyReceiveKeys = nil }
        return earlyReceiveKeys != nil
    }

    /// Refuses frames that 0-RTT packets may not carry (RFC 9000 section 12.4), and those of private extensions: what
    /// they ask for must not be repeated by whoever replays the packet.
    static func isAllowedInEarlyData(_ type: UInt64) -> Bool {
        switch type {
        case FrameType.acknowledgement, FrameType.acknowledgementECN, FrameType.crypto, FrameType.handshakeDone,
            FrameType.newToken, FrameType.pathResponse, FrameType.retireConnectionID:
            false
        default: !TransportExtension.block.contains(type)
        }
    }
}
