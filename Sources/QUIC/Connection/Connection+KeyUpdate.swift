extension Connection {
    /// Opens a 1-RTT packet with the keys of its phase (RFC 9001 section 6.3).
    /// - Returns: the plaintext's length, or nil when it does not authenticate.
    func openData(_ packet: UnsafeMutableRawBufferPointer, headerLength: Int, number: UInt64) -> Int? {
        let space = dataSpace
        let phase = packet[0] & 0x04 != 0
        if phase == keyPhase {
            guard
                let count = space.receiveKeys?.protector.open(packet, headerLength: headerLength, packetNumber: number)
            else { return nil }
            phaseFirstReceived = min(phaseFirstReceived, number)
            return count
        }
        if let previous = previousReceiveKeys, number < phaseFirstReceived {
            return previous.protector.open(packet, headerLength: headerLength, packetNumber: number)
        }
        guard isHandshakeComplete, let next = nextReceiveKeys,
            let count = next.protector.open(packet, headerLength: headerLength, packetNumber: number)
        else { return nil }
        guard mayUpdateKeys() else {
            fail(.violation(.keyUpdateError, reason: "key updates faster than they can be acknowledged", frameType: 0))
            return nil
        }
        guard (try? advanceKeys()) != nil else { return nil }
        phaseFirstReceived = number
        return count
    }

    /// A peer may update keys again once a packet of ours under the last ones told it that its own was received
    /// (RFC 9001 section 6.2), and should then wait for three probe timeouts (section 6.5).
    private func mayUpdateKeys() -> Bool {
        guard dataSpace.sent.end > phaseFirstSent || counters.keyUpdates == 0 else { return false }
        let isHasty = peerKeyUpdateTime.map { currentTime &- $0 < 3 &* probeTimeout } ?? false
        hastyKeyUpdates = isHasty ? hastyKeyUpdates + 1 : 0
        peerKeyUpdateTime = currentTime
        return hastyKeyUpdates <= Limits.hastyKeyUpdatesMax
    }

    /// Moves both directions to the next key phase.
    private func advanceKeys() throws(QUICError) {
        let space = dataSpace
        guard let send = space.sendKeys, let next = nextReceiveKeys else {
            throw .notReady("there are no 1-RTT keys yet")
        }
        let following = try next.next()
        let nextSend = try send.next()
        previousReceiveKeys = space.receiveKeys
        previousKeysDeadline = currentTime &+ 3 &* probeTimeout
        space.receiveKeys = next
        space.sendKeys = nextSend
        nextReceiveKeys = following
        keyPhase.toggle()
        phaseFirstReceived = .max
        phaseFirstSent = space.sent.end
        isPhaseAcknowledged = false
        counters.keyUpdates += 1
    }

    /// Changes to new 1-RTT keys; the peer follows.
    /// - Throws: `notReady` before the handshake is confirmed, and until the peer acknowledged a packet of these keys.
    public func updateKeys() throws(QUICError) {
        guard !isClosed else { throw .connectionClosed }
        guard isHandshakeConfirmed, isPhaseAcknowledged, previousReceiveKeys == nil else {
            throw .notReady("the last key update, or the handshake, is not confirmed yet")
        }
        try advanceKeys()
        isPingQueued = true
    }

    /// Updates keys that have sealed as many packets as they should.
    func updateKeysIfWorn() {
        guard let keys = dataSpace.sendKeys, keys.packetsSealed >= configuration.packetsPerKeyPhase else { return }
        guard isHandshakeConfirmed, isPhaseAcknowledged, previousReceiveKeys == nil else {
            if keys.packetsSealed >= 1 << 23 {
                fail(.violation(.aeadLimitReached, reason: "the peer does not confirm a key update", frameType: 0))
            }
            return
        }
        if (try? advanceKeys()) == nil {
            fail(.violation(.internalError, reason: "keys could not be updated", frameType: 0))
        }
    }
}
