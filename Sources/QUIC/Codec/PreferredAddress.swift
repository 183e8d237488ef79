/// Where a server would rather be reached once the handshake is done (RFC 9000 section 18.2). Its IPv4 half is neither
/// written nor used.
package struct PreferredAddress: Hashable, Sendable {
    /// Nil when the server named no IPv6 address.
    package var address: SocketAddressKey?
    /// The connection ID with sequence number 1.
    package var connectionID: ConnectionID
    package var resetToken: StatelessResetToken

    package init(address: SocketAddressKey?, connectionID: ConnectionID, resetToken: StatelessResetToken) {
        self.address = address
        self.connectionID = connectionID
        self.resetToken = resetToken
    }

    /// - Returns: nil for a malformed one.
    init?(_ value: UnsafeRawBufferPointer) {
        var reader = PacketReader(value)
        guard reader.readBytes(6) != nil, let high = reader.readInteger(UInt64.self),
            let low = reader.readInteger(UInt64.self), let port = reader.readInteger(UInt16.self),
            let length = reader.readByte(), (1...20).contains(length), let bytes = reader.readBytes(Int(length)),
            let id = ConnectionID(bytes), let tokenHigh = reader.readInteger(UInt64.self),
            let tokenLow = reader.readInteger(UInt64.self), reader.remaining == 0
        else { return nil }
        address =
            (high | low) != 0 && port != 0 ? SocketAddressKey(addressHigh: high, addressLow: low, port: port) : nil
        connectionID = id
        resetToken = StatelessResetToken(high: tokenHigh, low: tokenLow)
    }

    var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 6)
        bytes += address?.bytes(includingPort: true) ?? [UInt8](repeating: 0, count: 18)
        bytes.append(UInt8(connectionID.count))
        return bytes + connectionID.bytes + resetToken.bytes
    }
}
