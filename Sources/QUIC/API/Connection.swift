public import Canonical

/// One QUIC connection.
public final class Connection {
    public let handle: ConnectionHandle
    public let role: Role
    public var isEstablished: Bool { false }
    public var isClosed: Bool { false }
    public var isDrained: Bool { false }
    public private(set) var remoteAddress: SocketAddressKey

    init(handle: ConnectionHandle, role: Role, remoteAddress: SocketAddressKey) {
        self.handle = handle
        self.role = role
        self.remoteAddress = remoteAddress
    }

    public func nextTransmit(
        into buffer: UnsafeMutableRawBufferPointer, maximumSegments: Int, now: Timestamp
    ) -> Transmit? { nil }
    public var nextDeadline: Timestamp? { nil }
    public func handleTimeout(now: Timestamp) {}
    public func nextEvent() -> ConnectionEvent? { nil }

    public func openStream(_ direction: StreamDirection) throws(QUICError) -> StreamID? { throw .connectionClosed }
    public func write(
        _ id: StreamID, _ bytes: UnsafeRawBufferPointer, finish: Bool = false
    ) throws(QUICError) -> Int { throw .connectionClosed }
    public func write(_ id: StreamID, _ bytes: [UInt8], finish: Bool = false) throws(QUICError) -> Int {
        throw .connectionClosed
    }
    public func read(
        _ id: StreamID, into buffer: UnsafeMutableRawBufferPointer
    ) throws(QUICError) -> (count: Int, finished: Bool) { throw .connectionClosed }
    public func read(_ id: StreamID, maximum: Int) throws(QUICError) -> (bytes: [UInt8], finished: Bool) {
        throw .connectionClosed
    }
    public func reset(_ id: StreamID, code: UInt64) throws(QUICError) { throw .connectionClosed }
    public func stopSending(_ id: StreamID, code: UInt64) throws(QUICError) { throw .connectionClosed }
    public func setPriority(_ id: StreamID, _ priority: Int) throws(QUICError) { throw .connectionClosed }
    public func sendDatagram(_ bytes: [UInt8]) throws(QUICError) { throw .connectionClosed }
    public var maximumDatagramPayload: Int? { nil }
    public func ping() {}
    public func updateKeys() throws(QUICError) { throw .connectionClosed }
    public func migrate(now: Timestamp) throws(QUICError) { throw .connectionClosed }
    public func close(code: UInt64, reason: String, now: Timestamp) {}
    public var statistics: ConnectionStatistics { ConnectionStatistics() }
}
