extension Connection {
    /// Whether probes for larger datagrams make sense now.
    private var maySearchMTU: Bool {
        isHandshakeConfirmed && path.isValidated && path.roundTrip.hasSample
    }

    /// The size of a path MTU probe to send now, if one is due.
    func dueMTUProbe() -> Int? {
        guard maySearchMTU else { return nil }
        return path.mtuSearch.nextProbe(now: currentTime)
    }

    func mtuProbeAcknowledged() {
        path.mtuSearch.acknowledged()
        path.datagramSize = max(path.datagramSize, path.mtuSearch.confirmed)
        path.updatePace()
        qlog?.mtuUpdated(path.datagramSize, now: currentTime)
    }

    /// Packets larger than every path carries were lost in one go.
    func noteLargePacketsLost() {
        if path.mtuSearch.largePacketsLost() { shrinkDatagrams() }
    }

    /// Full datagrams may no longer fit the path: go back to what every path carries (RFC 8899 section 4.3).
    func shrinkDatagrams() {
        guard path.datagramSize > Limits.minimumDatagramBytes else { return }
        path.datagramSize = Limits.minimumDatagramBytes
        path.mtuSearch.blackHole(base: Limits.minimumDatagramBytes)
        path.updatePace()
        counters.blackHolesDetected += 1
        qlog?.mtuUpdated(path.datagramSize, now: currentTime)
    }
}
