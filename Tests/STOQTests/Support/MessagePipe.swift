import Synchronization

@testable import STOQ

/// Two ends of a channel in memory, and what an onlooker sees of it.
final class MessagePipe: Sendable {
    let left: any MessageChannel
    let right: any MessageChannel
    private let trace: Trace

    init() {
        let trace = Trace()
        let there = AsyncStream.makeStream(of: [UInt8].self)
        let back = AsyncStream.makeStream(of: [UInt8].self)
        left = End(back.stream, there.continuation, trace)
        right = End(there.stream, back.continuation, trace)
        self.trace = trace
    }

    /// All bytes that went either way.
    var seen: [UInt8] { trace.bytes.withLock { $0 } }

    private final class Trace: Sendable {
        let bytes = Mutex<[UInt8]>([])
    }

    private final class End: MessageChannel {
        private let incoming: AsyncStream<[UInt8]>
        private let outgoing: AsyncStream<[UInt8]>.Continuation
        private let trace: Trace

        init(_ incoming: AsyncStream<[UInt8]>, _ outgoing: AsyncStream<[UInt8]>.Continuation, _ trace: Trace) {
            self.incoming = incoming
            self.outgoing = outgoing
            self.trace = trace
        }

        func receive() async throws -> [UInt8]? {
            for await message in incoming { return message }
            return nil
        }

        func send(_ message: [UInt8]) async throws {
            trace.bytes.withLock { $0 += message }
            outgoing.yield(message)
        }

        func finish() async throws { outgoing.finish() }
        func abort(code: UInt64) { outgoing.finish() }
    }
}

/// Bytes to send, with something that happens once so many of them were read.
final class DyingSource: ObjectSource {
    private let source: MemorySource
    private let limit: UInt64
    private let action: @Sendable () async throws -> Void
    private let isDue = Mutex(false)

    init(_ source: MemorySource, after limit: UInt64, _ action: @escaping @Sendable () async throws -> Void) {
        self.source = source
        self.limit = limit
        self.action = action
    }

    var size: UInt64 { source.size }

    func read(offset: UInt64, length: Int) throws(STOQError) -> [UInt8] {
        if offset >= limit { isDue.withLock { $0 = true } }
        return try source.read(offset: offset, length: length)
    }

    /// Does it, the first time that it is due.
    func act() async throws {
        let isNow = isDue.withLock { isDue in
            defer { isDue = false }
            return isDue
        }
        if isNow { try await action() }
    }
}

/// Lets a `DyingSource` act before a message is sent.
struct SlowChannel: MessageChannel {
    private let channel: any MessageChannel
    private let source: DyingSource

    init(_ channel: any MessageChannel, _ source: DyingSource) {
        self.channel = channel
        self.source = source
    }

    func receive() async throws -> [UInt8]? { try await channel.receive() }

    func send(_ message: [UInt8]) async throws {
        try await source.act()
        try await channel.send(message)
    }

    func finish() async throws { try await channel.finish() }
    func abort(code: UInt64) { channel.abort(code: code) }
}
