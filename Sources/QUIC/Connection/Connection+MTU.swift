extension Connection {
    /// The size of a path MTU probe to send now, if one is due.
    var dueMTUProbe: Int? {
        guard isHandshakeConfirmed, path.isValidated, path.roundTrip.hasSample else { return nil }
        return path.mtuSearch.nextProbe
    }

    func mtuProbeAcknowledged() {
        path.mtuSearch.acknowledged()
        path.datagramSize = max(path.datagramSize, path.mtuSearch.confirmed)
    }

    /// Full datagrams may no longer fit the path: go back to what every path carries.
    func shrinkDatagrams() {
        guard path.datagramSize > Limits.minimumDatagramBytes else { return }
        path.datagramSize = Limits.minimumDatagramBytes
        path.mtuSearch.blackHole(base: Limits.minimumDatagramBytes)
    }
}
