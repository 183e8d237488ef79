public import Canonical
import DequeModule

extension Connection {
    /// Client: goes on from another local address. Call it after the endpoint's socket was replaced; the server's
    /// address stays. A fresh connection ID keeps the two paths apart for onlookers.
    /// - Throws: `notReady` before the handshake is confirmed, when the server forbids it, or left no connection ID.
    public func migrate(now: Timestamp) throws(QUICError) {
        currentTime = max(currentTime, now.nanoseconds)
        guard !isClosed else { throw .connectionClosed }
        guard role == .client, isHandshakeConfirmed else {
            throw .notReady("only a client with a confirmed handshake moves")
        }
        guard peerParameters?.disableActiveMigration != true else { throw .notReady("the server forbids migration") }
        guard changeRemoteID() else { throw .notReady("the server has left no connection ID to move with") }
        startPath(to: path.remote, isValidated: true)
        beginChallenge()
    }

    /// Client: moves to the address that the server prefers; back, when no answer comes from there. Until one comes only
    /// as much goes there as to any address not proven, since the server may have named a stranger's.
    func followPreferredAddress() {
        guard role == .client, configuration.followsPreferredAddress, previousPath == nil,
            let preferred = peerParameters?.preferredAddress?.address, preferred != path.remote, changeRemoteID()
        else { return }
        let old = path
        startPath(to: preferred, isValidated: false)
        path.bytesReceived = UInt64(Limits.minimumDatagramBytes)
        previousPath = old
        beginChallenge()
    }

    /// Server: the peer's newest packet came from elsewhere (RFC 9000 section 9.3).
    func peerMoved(to source: SocketAddressKey, bytes: Int) {
        // Not followed is a peer that moves all the time; it stays where it was until it rests.
        guard idleFrameBudget.spend(Limits.idleFramesPerMove, now: currentTime) else { return }
        if let previous = previousPath, previous.remote == source, previous.isValidated {
            // Back at an address that was proven before, likely after an attacker or a flapping NAT.
            let abandoned = path
            path = previous
            previousPath = abandoned.isValidated ? abandoned : nil
            return
        }
        let isRebinding = path.remote.sharesHost(with: source)
        let roundTrip = path.roundTrip
        let old = path
        startPath(to: source, isValidated: false)
        if isRebinding { path.roundTrip = roundTrip }
        path.bytesReceived = UInt64(bytes)
        if old.isValidated { previousPath = old }
        changeRemoteID()
        beginChallenge()
    }

    private func startPath(to remote: SocketAddressKey, isValidated: Bool) {
        let old = path
        path = NetworkPath(
            number: nextPathNumber, remote: remote, isValidated: isValidated, configuration: configuration,
            now: currentTime, seed: registry.randomNumber())
        if let peer = peerParameters {
            let payload = Int(min(peer.maxUDPPayloadSize, UInt64(Limits.maximumDatagramBytes)))
            path.datagramSize = min(path.datagramSize, payload)
            path.mtuSearch.limit(to: payload)
        }
        nextPathNumber &+= 1
        probeTimeoutCount = 0
        notePathTierLost(old)
    }

    private func beginChallenge() {
        path.challenge = registry.randomNumber()
        path.isChallengeQueued = true
        path.challengeDeadline = currentTime &+ challengePatience
    }

    /// How long to wait for an answer. A client that tries a preferred address has a path that works: it goes back after
    /// three or four probe timeouts (RFC 9000 section 8.2.4), with a challenge in each while it may send.
    private var challengePatience: UInt64 {
        let probe = max(probeTimeout, configuration.initialRoundTripNanoseconds)
        return role == .client && previousPath != nil ? probe : 3 &* probe
    }

    /// A PATH_CHALLENGE is answered on the path that it came by. Another address gets one answer for all challenges of a
    /// datagram, since it may be a victim's (RFC 9000 section 8.1).
    func respond(to data: UInt64, from source: SocketAddressKey, size: Int) {
        noteIdleFrame()
        if source != path.remote { pathResponses.removeAll { $0.destination == source } }
        if pathResponses.count >= Limits.pathResponsesMax { pathResponses.removeFirst() }
        pathResponses.append(PathResponse(data: data, destination: source, budget: 3 * size))
    }

    /// An answer with the data of our challenge proves the path; any other is nothing to us.
    func handlePathResponse(_ data: UInt64) {
        guard let challenge = path.challenge, challenge == data else { return }
        path.challenge = nil
        path.isChallengeQueued = false
        path.challengeDeadline = nil
        path.isValidated = true
        previousPath = nil
        counters.pathChanges += 1
        emit(.pathChanged(path.remote))
    }

    /// No answer in time: ask again, or go back to the path that worked.
    func challengeTimedOut() {
        path.challengeDeadline = nil
        guard path.challenge != nil else { return }
        // Not sent for all that time: a client has used up what may go to an address not proven.
        let isStuck = role == .client && path.isChallengeQueued
        guard isStuck || path.challengesSent >= Limits.pathChallengesMax else {
            path.isChallengeQueued = true
            path.challengeDeadline = currentTime &+ challengePatience
            return
        }
        path.challenge = nil
        path.isChallengeQueued = false
        guard let previous = previousPath else {
            return abandon(.noViablePath)
        }
        path = previous
        previousPath = nil
        probeTimeoutCount = 0
    }

    /// A response to a probe that came from an address other than the one in use.
    func offPathTransmit(into buffer: UnsafeMutableRawBufferPointer) -> Transmit? {
        guard let index = pathResponses.firstIndex(where: { $0.destination != path.remote }),
            dataSpace.sendKeys != nil
        else { return nil }
        let response = pathResponses.remove(at: index)
        let room = min(Limits.minimumDatagramBytes, response.budget)
        guard room >= 64 else { return nil }
        let datagram = UnsafeMutableRawBufferPointer(rebasing: buffer[..<room])
        guard var (draft, writer) = openDraft(dataSpace, in: datagram, from: 0) else { return nil }
        let headerEnd = writer.offset
        guard writer.writePathFrame(FrameType.pathResponse, data: response.data) else { return nil }
        draft.packet.isAckEliciting = true
        draft.needsFullDatagram = true
        close(&draft, &writer, headerEnd: headerEnd)
        drafts = [draft]
        let length = finishDatagram(datagram, mark: .notCapable)
        guard length > 0 else { return nil }
        return Transmit(destination: response.destination, length: length, segmentSize: length, ecn: .notCapable)
    }

    /// A probe for a larger datagram, alone in its transmission.
    func mtuProbeTransmit(into buffer: UnsafeMutableRawBufferPointer) -> Transmit? {
        guard let size = dueMTUProbe(), buffer.count >= size, path.bytesInFlight + size <= path.congestion.window,
            let (opened, header) = openDraft(
                dataSpace, in: UnsafeMutableRawBufferPointer(rebasing: buffer[..<size]), from: 0)
        else { return nil }
        var draft = opened
        var writer = header
        writeProbe(&writer, in: .data)
        writer.writeZeros(writer.remaining)
        draft.packet.isAckEliciting = true
        draft.packet.isMTUProbe = true
        draft.end = writer.offset
        drafts = [draft]
        let length = finishDatagram(UnsafeMutableRawBufferPointer(rebasing: buffer[..<size]), mark: .notCapable)
        guard length > 0 else { return nil }
        path.mtuSearch.sent(size)
        return Transmit(destination: path.remote, length: length, segmentSize: length, ecn: .notCapable)
    }
}
