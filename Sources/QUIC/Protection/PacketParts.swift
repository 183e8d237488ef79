/// Where header, body and tag of a packet lie.
struct PacketParts {
    let header: UnsafeMutablePointer<UInt8>
    let body: UnsafeMutablePointer<UInt8>
    let bodyCount: Int
    let tag: UnsafeMutablePointer<UInt8>

    /// - Returns: nil for a packet too short for its header and a tag.
    @inline(__always)
    init?(_ packet: UnsafeMutableRawBufferPointer, headerLength: Int) {
        let bodyEnd = packet.count - Limits.tagBytes
        guard headerLength >= 0, headerLength <= bodyEnd, let base = packet.baseAddress else { return nil }
        header = base.assumingMemoryBound(to: UInt8.self)
        body = header + headerLength
        bodyCount = bodyEnd - headerLength
        tag = header + bodyEnd
    }
}
