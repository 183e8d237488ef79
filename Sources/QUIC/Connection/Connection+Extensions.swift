extension Connection {
    /// What the peer says of the extensions that both ends offer, by the parameter's number; empty before the peer's
    /// parameters are there.
    public var peerExtensions: [UInt64: [UInt8]] {
        guard let peer = peerParameters else { return [:] }
        let offered = Set(configuration.extensions.map(\.parameter))
        return peer.extensions.filter { offered.contains($0.key) }
    }

    /// The IDs that the peer sends to, in the order of their issue.
    public var localConnectionIDs: [ConnectionID] { localIDs.active.map(\.id) }

    /// Sends a frame of an extension: reliably, in any order, perhaps more than once.
    /// - Throws: `extensionNotNegotiated`; `extensionFrameRefused` when it is too long or too many are not acknowledged.
    public func sendExtensionFrame(type: UInt64, payload: [UInt8]) throws(QUICError) {
        guard !isClosed else { throw .connectionClosed }
        guard holds(type) else { throw .extensionNotNegotiated(frameType: type) }
        guard payload.count <= TransportExtension.payloadBytesMax else {
            throw .extensionFrameRefused("a payload has at most \(TransportExtension.payloadBytesMax) bytes")
        }
        guard extensions.count < Limits.extensionFramesInFlightMax else {
            throw .extensionFrameRefused("\(Limits.extensionFramesInFlightMax) frames are not acknowledged yet")
        }
        extensions.append(type: type, payload: payload)
    }

    private func holds(_ type: UInt64) -> Bool {
        configuration.extensions.contains { offered in
            offered.frameTypes.contains(type) && peerParameters?.extensions[offered.parameter] != nil
        }
    }

    func handleExtension(_ payload: UnsafeRawBufferPointer, type: UInt64) throws(QUICError) {
        guard holds(type), payload.count <= TransportExtension.payloadBytesMax else {
            throw .violation(
                .frameEncodingError, reason: "a frame of an extension that was not agreed on, or too long",
                frameType: type)
        }
        guard extensions.eventCount < Limits.extensionEventsMax else {
            throw .violation(.protocolViolation, reason: "too many frames of extensions at once", frameType: type)
        }
        extensions.eventCount += 1
        emit(.extensionFrame(type: type, payload: Array(payload)))
    }

    func writeExtensionFrames(_ writer: inout PacketWriter, _ packet: inout SentPacket) {
        while let (number, type, payload) = extensions.first, writer.writeExtensionFrame(type, payload) {
            extensions.sentFirst()
            packet.add(.extended(number: number))
        }
    }
}
