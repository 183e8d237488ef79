extension Connection {
    /// Client: the server wants the address proven (RFC 9000 section 17.2.5.2).
    func handleRetry(_ packet: UnsafeRawBufferPointer, _ header: PacketHeader) {
        guard role == .client, retrySource == nil, peerInitialSource == nil, !header.token.isEmpty,
            header.token.count <= Limits.tokenBytesMax, header.source != remoteIDs.current.id,
            let tag = try? RetryIntegrity.tag(
                packet: packet[..<header.packetNumberOffset], originalDestination: originalDestination, version: version
            ),
            tag.elementsEqual(packet[header.packetNumberOffset...])
        else {
            counters.packetsDropped += 1
            return
        }
        retrySource = header.source
        token = Array(header.token)
        remoteIDs.replaceFirst(header.source)
        keySource = header.source
        do throws(QUICError) {
            try installInitialKeys(for: header.source)
        } catch {
            return fail(error)
        }
        forgetFirstFlight()
        space(.initial).cryptoSend.rewind()
        // The server kept none of it; it goes out again behind the new Initial packets (RFC 9000 section 17.2.5.3).
        if earlyData == .sending { takeBackEarlyData() }
    }

    /// Initial packets in flight count as never sent.
    func forgetFirstFlight() {
        let initial = space(.initial)
        for number in initial.sent.base..<initial.sent.end where initial.sent[number].state == .inFlight {
            path.bytesInFlight -= Int(initial.sent[number].size)
        }
        initial.sent.removeAll()
        initial.ackElicitingInFlight = 0
        initial.lossTime = nil
        probeTimeoutCount = 0
    }

    /// Client: the server speaks other versions (RFC 9000 section 6.2). Once, the connection goes on in one of them.
    func handleVersionNegotiation(_ versions: [UInt32], source: ConnectionID) {
        guard role == .client, state == .handshaking, peerInitialSource == nil, retrySource == nil,
            source == remoteIDs.current.id, !versions.contains(version.rawValue)
        else {
            counters.packetsDropped += 1
            return
        }
        guard !hasRestarted, let common = configuration.versions.first(where: { versions.contains($0.rawValue) }) else {
            return abandon(.versionNegotiation(offered: versions))
        }
        do throws(QUICError) {
            try restart(in: common)
        } catch {
            fail(error)
        }
    }
}
