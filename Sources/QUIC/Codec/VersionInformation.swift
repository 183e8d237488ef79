/// The transport parameter by which both ends agree on a version (RFC 9368 section 3).
package struct VersionInformation: Hashable, Sendable {
    /// The version of the packets that it came in.
    package var chosen: UInt32
    /// What the sender speaks, preferred first.
    package var available: [UInt32]

    package init(chosen: UInt32, available: [UInt32]) {
        self.chosen = chosen
        self.available = available
    }

    /// - Returns: nil for a malformed one.
    init?(_ value: UnsafeRawBufferPointer) {
        var reader = PacketReader(value)
        guard value.count % 4 == 0, let chosen = reader.readInteger(UInt32.self), chosen != 0 else { return nil }
        self.chosen = chosen
        available = []
        while let version = reader.readInteger(UInt32.self) {
            guard version != 0, available.count < Limits.availableVersionsMax else { return nil }
            available.append(version)
        }
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(chosen)
        available.forEach { bytes.appendBigEndian($0) }
        return bytes
    }
}
