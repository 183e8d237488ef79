extension Connection {
    /// Classifies the path by a sample of delivery, and applies what follows from a change.
    func classifyPath(_ sample: AcknowledgementSample) {
        let isGrowing = path.congestion.phase == .slowStart || path.congestion.phase == .startup
        guard
            let change = path.tiers.note(
                sample, isGrowing: isGrowing, isHidden: path.congestion.hidesBandwidth)
        else { return }
        note(change)
    }

    /// A new path is not classified; what the old one was does not hold for it.
    func notePathTierLost(_ old: NetworkPath) {
        guard let tier = old.tiers.tier else { return }
        note(
            PathTierChange(
                from: tier, to: path.tiers.tier, cause: .pathChanged, bitsPerSecond: 0,
                roundTripNanoseconds: path.roundTrip.smoothed))
    }

    private func note(_ change: PathTierChange) {
        path.settings = TierSettings(change.to)
        path.updatePace()
        counters.tierChanges += 1
        emit(.pathTierChanged(change))
        qlog?.tierChanged(change, now: currentTime)
    }

    /// The bytes of one stream that are kept until they are acknowledged.
    var sendBufferLimit: Int {
        path.settings.sendBuffer(
            window: path.congestion.window, least: configuration.streamSendBuffer,
            most: configuration.streamSendBufferMaximum)
    }

    /// How much to say the peer may send is at least, on a path of this class, bytes.
    var receiveWindowFloor: UInt64 { UInt64(path.settings.windowFloor) }
}
