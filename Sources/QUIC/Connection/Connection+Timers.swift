public import Canonical

extension Connection {
    /// When ``handleTimeout(now:)`` is to be called next; nil when nothing is due ever.
    public var nextDeadline: Timestamp? {
        switch state {
        case .drained: return nil
        case .closing, .draining: return closeDeadline.map { Timestamp(nanoseconds: $0) }
        case .handshaking, .established: break
        }
        var earliest = min(idleDeadline ?? .max, handshakeDeadline ?? .max, keepAliveDeadline ?? .max)
        earliest = min(earliest, path.challengeDeadline ?? .max, previousKeysDeadline ?? .max)
        earliest = min(earliest, pacedUntil ?? .max, lossDeadline()?.time ?? .max)
        for space in spaces {
            if let deadline = space.acknowledgementDeadline { earliest = min(earliest, deadline) }
        }
        return earliest == .max ? nil : Timestamp(nanoseconds: earliest)
    }

    /// Does what is due; ask for events and for what to send afterwards.
    public func handleTimeout(now: Timestamp) {
        currentTime = max(currentTime, now.nanoseconds)
        let now = currentTime
        guard !isClosed else {
            if let closeDeadline, closeDeadline <= now { drain() }
            return
        }
        if let idleDeadline, idleDeadline <= now { return abandon(.idleTimeout) }
        if let handshakeDeadline, handshakeDeadline <= now { return abandon(.handshakeTimeout) }
        for space in spaces {
            guard let deadline = space.acknowledgementDeadline, deadline <= now else { continue }
            space.acknowledgementDeadline = nil
            space.isAcknowledgementDue = true
        }
        if let deadline = previousKeysDeadline, deadline <= now {
            previousReceiveKeys = nil
            previousKeysDeadline = nil
        }
        if let deadline = path.challengeDeadline, deadline <= now { challengeTimedOut() }
        if let deadline = keepAliveDeadline, deadline <= now {
            isPingQueued = true
            keepAliveDeadline = configuration.keepAliveIntervalNanoseconds.map { self.deadline(after: $0) }
        }
        if let loss = lossDeadline(), loss.time <= now { handleLossTimeout(loss.space, isLoss: loss.isLoss) }
    }

    /// The time `span` nanoseconds from now; never, when that cannot be counted.
    func deadline(after span: UInt64) -> UInt64 {
        let (time, overflow) = currentTime.addingReportingOverflow(span)
        return overflow ? .max : time
    }

    /// Starts the idle timer anew (RFC 9000 section 10.1): on every packet received, and on the first one sent after.
    func restartIdleTimer(received: Bool = true) {
        if received {
            // Packets of one batch have one time.
            guard sentSinceReceive || idleRestart != currentTime else { return }
            idleRestart = currentTime
            sentSinceReceive = false
            keepAliveDeadline = configuration.keepAliveIntervalNanoseconds.map { deadline(after: $0) }
        }
        let own = configuration.idleTimeoutNanoseconds
        let peer = (peerParameters?.maxIdleTimeoutMilliseconds).map { $0.multipliedReportingOverflow(by: 1_000_000) }
        let theirs = peer.map { $0.overflow ? .max : $0.partialValue } ?? 0
        let timeout = own == 0 ? theirs : theirs == 0 ? own : min(own, theirs)
        guard timeout > 0 else {
            idleDeadline = nil
            return
        }
        idleDeadline = deadline(after: max(timeout, 3 &* probeTimeout))
    }
}
