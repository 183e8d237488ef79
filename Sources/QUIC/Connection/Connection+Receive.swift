import DequeModule

extension Connection {
    /// Takes one datagram, which may hold several packets; it is decrypted in place.
    /// - Returns: whether one of its packets was authenticated.
    @discardableResult
    func receive(
        _ datagram: UnsafeMutableRawBufferPointer, from source: SocketAddressKey, ecn: ECNCodepoint, now: UInt64
    ) -> Bool {
        currentTime = max(currentTime, now)
        guard state != .drained, state != .draining else { return false }
        guard countDatagram(datagram.count, from: source) else { return false }
        var rest = datagram
        var first: ConnectionID?
        var authenticated = false
        while !rest.isEmpty {
            guard
                let header = try? PacketHeader.parse(
                    UnsafeRawBufferPointer(rest), localIDLength: registry.connectionIDLength)
            else {
                checkStatelessReset(datagram)
                break
            }
            let packet = UnsafeMutableRawBufferPointer(rebasing: rest[..<header.length])
            rest = UnsafeMutableRawBufferPointer(rebasing: rest[header.length...])
            guard first == nil || first == header.destination else { break }
            first = header.destination
            authenticated = process(packet, header, from: source, ecn: ecn, wholeDatagram: datagram) || authenticated
        }
        return authenticated
    }

    /// A client hears only its server; a server hears other addresses only once the peer may have moved.
    private func acceptsSource(_ source: SocketAddressKey) -> Bool {
        if source == path.remote { return true }
        if role == .client { return isHandshakeConfirmed && previousPath?.remote == source }
        return isHandshakeConfirmed && configuration.migrationAllowed
    }

    /// Counts a datagram.
    /// - Returns: whether it comes from where the peer may be.
    func countDatagram(_ count: Int, from source: SocketAddressKey) -> Bool {
        guard acceptsSource(source) else {
            counters.packetsDropped += 1
            return false
        }
        counters.datagramsReceived += 1
        counters.bytesReceived += UInt64(count)
        noteReceived(count, from: source)
        return true
    }

    private func noteReceived(_ count: Int, from source: SocketAddressKey) {
        if source == path.remote {
            path.bytesReceived &+= UInt64(count)
        } else if previousPath?.remote == source {
            previousPath?.bytesReceived &+= UInt64(count)
        }
    }

    /// Works on one packet of a datagram.
    /// - Returns: whether it was authenticated.
    func process(
        _ packet: UnsafeMutableRawBufferPointer, _ header: PacketHeader, from source: SocketAddressKey,
        ecn: ECNCodepoint, wholeDatagram: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard packet[0] & 0x40 != 0 || configuration.greaseFixedBit,
            header.type == .oneRoundTrip || acceptsVersion(of: header)
        else { return drop() }
        let kind: PacketSpace
        switch header.type {
        case .initial: kind = .initial
        case .handshake: kind = .handshake
        case .oneRoundTrip: kind = .data
        case .zeroRoundTrip where role == .server: kind = .data
        case .retry:
            handleRetry(UnsafeRawBufferPointer(packet), header)
            return false
        case .zeroRoundTrip: return drop()
        }
        if role == .server, kind == .initial, wholeDatagram.count < Limits.minimumDatagramBytes { return drop() }
        let isEarly = header.type == .zeroRoundTrip
        guard isEarly ? hasEarlyKeys : space(kind).receiveKeys != nil else {
            keepUndecryptable(packet, kind: kind, from: source, ecn: ecn, isEarly: isEarly)
            return false
        }
        return conclude(
            open(packet, header, kind: kind), packet, header, kind: kind, from: source, ecn: ecn, wholeDatagram)
    }

    /// Works on a packet whose protection is off; nil stands for one that did not authenticate.
    /// - Returns: whether it was authenticated.
    func conclude(
        _ opened: OpenedPacket?, _ packet: UnsafeMutableRawBufferPointer, _ header: PacketHeader, kind: PacketSpace,
        from source: SocketAddressKey, ecn: ECNCodepoint, _ wholeDatagram: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard let opened else {
            if header.type == .oneRoundTrip { checkStatelessReset(wholeDatagram) }
            return drop()
        }
        counters.packetsReceived += 1
        guard state != .closing else {
            noteWhileClosing()
            return true
        }
        do throws(QUICError) {
            try followVersion(of: header)
            try accept(packet, header, opened, kind: kind, from: source, ecn: ecn, size: wholeDatagram.count)
        } catch {
            fail(error)
        }
        return true
    }

    private func drop() -> Bool {
        counters.packetsDropped += 1
        return false
    }

    /// A packet whose protection is off.
    struct OpenedPacket {
        var number: UInt64
        var payload: Range<Int>
    }

    private func open(
        _ packet: UnsafeMutableRawBufferPointer, _ header: PacketHeader, kind: PacketSpace
    ) -> OpenedPacket? {
        let space = space(kind)
        if header.type != .oneRoundTrip, let keys = specialKeys(for: header) {
            return open(packet, header, expected: space.largestReceived.map { $0 + 1 } ?? 0, with: keys)
        }
        guard
            let (truncated, length) = space.receiveKeys?.unprotectHeader(
                packet, packetNumberOffset: header.packetNumberOffset)
        else { return nil }
        let number = PacketNumber.decode(
            truncated: truncated, length: length, expected: space.largestReceived.map { $0 + 1 } ?? 0)
        let headerLength = header.packetNumberOffset + length
        let count =
            kind == .data
            ? openData(packet, headerLength: headerLength, number: number)
            : space.receiveKeys?.protector.open(packet, headerLength: headerLength, packetNumber: number)
        guard let count else {
            noteForged()
            return nil
        }
        return OpenedPacket(number: number, payload: headerLength..<headerLength + count)
    }

    /// The keys of 0-RTT packets, and of Initial packets in the version not in use.
    private func specialKeys(for header: PacketHeader) -> PacketKeys? {
        switch header.type {
        case .zeroRoundTrip: earlyReceiveKeys
        case .initial where header.version != version: otherInitialKeys?.keys
        default: nil
        }
    }

    private func open(
        _ packet: UnsafeMutableRawBufferPointer, _ header: PacketHeader, expected: UInt64, with keys: PacketKeys
    ) -> OpenedPacket? {
        guard let (truncated, length) = keys.unprotectHeader(packet, packetNumberOffset: header.packetNumberOffset)
        else { return nil }
        let number = PacketNumber.decode(truncated: truncated, length: length, expected: expected)
        let headerLength = header.packetNumberOffset + length
        guard let count = keys.protector.open(packet, headerLength: headerLength, packetNumber: number) else {
            noteForged()
            return nil
        }
        return OpenedPacket(number: number, payload: headerLength..<headerLength + count)
    }

    /// Counts a packet that did not authenticate.
    func noteForged() {
        forgedPackets += 1
        if forgedPackets >= Limits.forgedPacketsMax {
            fail(.violation(.aeadLimitReached, reason: "too many forged packets", frameType: 0))
        }
    }

    /// Works on an authenticated packet.
    private func accept(
        _ packet: UnsafeMutableRawBufferPointer, _ header: PacketHeader, _ opened: OpenedPacket, kind: PacketSpace,
        from source: SocketAddressKey, ecn: ECNCodepoint, size: Int
    ) throws(QUICError) {
        guard packet[0] & (header.type == .oneRoundTrip ? 0x18 : 0x0C) == 0 else {
            throw .violation(.protocolViolation, reason: "reserved header bits are set", frameType: 0)
        }
        let space = space(kind)
        guard !space.isDiscarded, kind == .data || acceptSourceID(header) else { return }
        guard !space.isDuplicate(opened.number) else {
            counters.packetsDuplicate += 1
            return
        }
        guard !opened.payload.isEmpty else {
            throw .violation(.protocolViolation, reason: "a packet without frames", frameType: 0)
        }
        if role == .server, kind == .handshake {
            path.isValidated = true
            discard(.initial)
        }
        restartIdleTimer()
        qlog?.packetReceived(kind, number: opened.number, size: packet.count, ecn: ecn, now: currentTime)
        let payload = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(packet)[opened.payload])
        let summary = try handleFrames(
            payload, kind: kind, isEarly: header.type == .zeroRoundTrip, from: source, size: size)
        guard !isClosed || state == .closing else { return }
        noteArrival(
            opened.number..<opened.number + 1, space, ecn: ecn, isAckEliciting: summary.isAckEliciting)
        if role == .server, kind == .data, source != path.remote, !summary.isProbing,
            opened.number == space.largestReceived
        {
            peerMoved(to: source, bytes: size)
        }
        retryUndecryptable()
    }

    /// The first packet fixes the peer's source connection ID; long headers with another are not the peer's.
    private func acceptSourceID(_ header: PacketHeader) -> Bool {
        guard let known = peerInitialSource else {
            peerInitialSource = header.source
            if role == .client { remoteIDs.replaceFirst(header.source) }
            return true
        }
        return known == header.source
    }

    /// Notes packets that arrived one after the other with numbers one after the other, all ack-eliciting or none.
    func noteArrival(_ numbers: Range<UInt64>, _ space: PacketNumberSpace, ecn: ECNCodepoint, isAckEliciting: Bool) {
        let isOutOfOrder = space.noteReceived(numbers, now: currentTime)
        let count = numbers.upperBound - numbers.lowerBound
        switch ecn {
        case .capable0: space.ecn.capable0 += count
        case .capable1: space.ecn.capable1 += count
        case .congestionExperienced: space.ecn.congestionExperienced += count
        case .notCapable: break
        }
        guard isAckEliciting, !space.isDiscarded else { return }
        space.unacknowledgedCount += Int(count)
        let isMarkUrgent = acknowledgementPolicy.isUrgent(ecn)
        let isUrgent =
            space.kind != .data || space.unacknowledgedCount >= acknowledgementPolicy.packets
            || isMarkUrgent
            || acknowledgementPolicy.isUrgent(
                numbers.upperBound - 1, isOutOfOrder: isOutOfOrder, received: space.received)
        if isUrgent {
            space.isAcknowledgementDue = true
            space.acknowledgementDeadline = nil
        } else if space.acknowledgementDeadline == nil {
            space.acknowledgementDeadline = currentTime &+ acknowledgementPolicy.delay
        }
    }

    private func keepUndecryptable(
        _ packet: UnsafeMutableRawBufferPointer, kind: PacketSpace, from source: SocketAddressKey, ecn: ECNCodepoint,
        isEarly: Bool
    ) {
        guard !isEarly || peerParameters == nil, kind != .initial, !space(kind).isDiscarded, !isHandshakeComplete,
            undecryptable.count < Limits.undecryptablePacketsMax,
            undecryptableBytes + packet.count <= Limits.undecryptableBytesMax
        else {
            counters.packetsDropped += 1
            return
        }
        undecryptable.append(
            UndecryptablePacket(bytes: Array(packet), source: source, ecn: ecn, kind: kind, isEarly: isEarly))
        undecryptableBytes += packet.count
    }

    private func canOpen(_ kept: UndecryptablePacket) -> Bool {
        kept.isEarly ? peerParameters != nil : space(kept.kind).receiveKeys != nil
    }

    /// Works on kept packets whose keys came meanwhile.
    private func retryUndecryptable() {
        guard !undecryptable.isEmpty, undecryptable.contains(where: canOpen) else {
            return
        }
        let waiting = undecryptable
        undecryptable = []
        undecryptableBytes = 0
        for var kept in waiting {
            kept.bytes.withUnsafeMutableBytes { bytes in
                guard
                    let header = try? PacketHeader.parse(
                        UnsafeRawBufferPointer(bytes), localIDLength: registry.connectionIDLength)
                else { return }
                _ = process(bytes, header, from: kept.source, ecn: kept.ecn, wholeDatagram: bytes)
            }
        }
    }
}
