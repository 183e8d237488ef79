import TLS

extension Connection {
    /// What this end says of versions.
    static func versionInformation(_ start: Start, _ configuration: TransportConfiguration) -> VersionInformation {
        let own = configuration.versions.map(\.rawValue)
        return VersionInformation(
            chosen: start.version.rawValue,
            available: start.role == .client ? own + [QUICVersion.greased] : own)
    }

    /// Whether a long header's version is one that its kind may have now. A client takes the server's first answer in
    /// another version that it offered (RFC 9368 section 2.3), a server the rest of a first flight in the old one.
    func acceptsVersion(of header: PacketHeader) -> Bool {
        if header.type == .zeroRoundTrip { return header.version == originalVersion }
        if header.version == version { return true }
        guard header.type == .initial else { return false }
        if let other = otherInitialKeys { return other.version == header.version }
        guard role == .client, version == originalVersion, configuration.versions.contains(header.version),
            spaces[0].largestReceived == nil,
            let keys = try? PacketKeys.initial(for: keySource, version: header.version)
        else { return false }
        otherInitialKeys = (header.version, keys.server)
        return true
    }

    /// Client: an authentic answer came in another version, which is the connection's from now on.
    func followVersion(of header: PacketHeader) throws(QUICError) {
        guard role == .client, header.type == .initial, header.version != version else { return }
        otherInitialKeys = nil
        try switchVersion(to: header.version)
    }

    private func switchVersion(to new: QUICVersion) throws(QUICError) {
        version = new
        tls.ticketContext = new.bytes
        try installInitialKeys(for: keySource)
    }

    /// Server: takes the version that it likes best of those the client speaks.
    func chooseVersion(offered: VersionInformation?) throws(QUICError) {
        guard let offered else { return }
        guard offered.chosen == originalVersion.rawValue else {
            throw Self.refuseVersion("the client's chosen version is not that of its packets")
        }
        let best = Self.bestVersion(of: configuration.versions, offered, original: originalVersion)
        guard version == originalVersion, best != version, let old = spaces[0].receiveKeys else { return }
        otherInitialKeys = (version, old)
        try switchVersion(to: best)
    }

    /// The first of a server's versions that the client speaks too.
    static func bestVersion(
        of own: [QUICVersion], _ offered: VersionInformation?, original: QUICVersion
    ) -> QUICVersion {
        own.first { offered?.available.contains($0.rawValue) == true } ?? original
    }

    /// Client: the server's words have to agree with its packets, and after a Version Negotiation packet with what this end
    /// would have chosen had it known them from the start (RFC 9368 section 4).
    func checkVersion(told: VersionInformation?) throws(QUICError) {
        guard let told else {
            // A server that says nothing may still speak version 1, and then nothing else (RFC 9368 section 8).
            guard version == originalVersion, !hasRestarted || version == .one else {
                throw Self.refuseVersion("the version changed without version_information")
            }
            return
        }
        guard told.chosen == version.rawValue else {
            throw Self.refuseVersion("the server's chosen version is not that of its packets")
        }
        let best = configuration.versions.first { told.available.contains($0.rawValue) }
        guard !hasRestarted || best == version else {
            throw Self.refuseVersion("a Version Negotiation packet left out a version of the server's")
        }
    }

    /// Client: begins anew in a version that the server is said to speak (RFC 9368 section 2.1). The handshake's time goes
    /// on, so that nobody draws it out. A ticket and a token are good for another version only.
    func restart(in new: QUICVersion) throws(QUICError) {
        guard let destination = ConnectionID(registry.randomBytes(Endpoint.initialIDLength)) else {
            throw .cryptography("no connection ID")
        }
        if earlyData == .sending { try settleEarlyData(isAccepted: false) }
        hasRestarted = true
        version = new
        originalVersion = new
        originalDestination = destination
        keySource = destination
        otherInitialKeys = nil
        token = []
        remoteIDs = RemoteConnectionIDs(first: destination)
        paddingDatagrams = configuration.firstFlightPaddingDatagrams
        try installInitialKeys(for: destination)
        forgetFirstFlight()
        space(.initial).cryptoSend = SendBuffer()
        ownParameters.versionInformation?.chosen = new.rawValue
        do {
            try tls.restart(quicTransportParameters: ownParameters.encoded())
        } catch {
            throw .invalidConfiguration("TLS: \(error)")
        }
        tls.ticketContext = new.bytes
        try drainHandshake()
    }

    private static func refuseVersion(_ reason: String) -> QUICError {
        .violation(.versionNegotiationError, reason: reason, frameType: 0)
    }
}
