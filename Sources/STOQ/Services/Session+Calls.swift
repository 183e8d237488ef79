import Canonical
import QUIC

extension Session {
    /// Asks `service` and waits for its one answer, at most `deadline` long.
    public func call(_ service: String, _ body: [UInt8], deadline: Duration = .seconds(10)) async throws -> [UInt8] {
        try await Deadline.run(deadline, on: currentExecutor) {
            let stream = try await self.begin(service, .call, body, deadline: deadline)
            var reader = MessageReader(stream, limit: STOQLimits.messageBytesMax)
            guard let message = try await reader.next() else {
                throw STOQError.protocolViolation("the stream ended without an answer")
            }
            return try Session.value(of: message)
        }
    }

    /// Asks `service` for a run of answers. They come as fast as they are asked for: what is not asked for is held back
    /// by flow control.
    public func subscribe(_ service: String, _ body: [UInt8]) async throws -> ServiceSubscription {
        ServiceSubscription(try await begin(service, .subscribe, body, deadline: nil))
    }

    /// Opens a one-way run of messages to `service`.
    public func openChannel(_ service: String, priority: Int = 0) async throws -> ServiceChannel {
        let stream = try await openStream(.unidirectional, priority: priority)
        let request = ServiceRequest(service: service, style: .channel, deadlineMilliseconds: 0, body: [])
        try await stream.write(try MessageReader.frame(request.canonicalBytes))
        return ServiceChannel(stream)
    }

    /// Opens a run of messages both ways with `service`; returns once the peer has accepted it.
    public func exchange(_ service: String, _ body: [UInt8]) async throws -> any MessageChannel {
        let stream = try await openStream()
        let channel = StreamChannel(stream)
        try await Session.ask(service, body, over: channel)
        return channel
    }

    /// Asks for an exchange over a channel and waits for the answer that accepts it.
    static func ask(_ service: String, _ body: [UInt8], over channel: any MessageChannel) async throws {
        let request = ServiceRequest(service: service, style: .exchange, deadlineMilliseconds: 0, body: body)
        try await channel.send(request.canonicalBytes)
        guard let answer = try await channel.receive() else {
            throw STOQError.protocolViolation("the stream ended without an answer")
        }
        _ = try value(of: answer)
    }

    private func begin(
        _ service: String,
        _ style: ServiceRequest.Style,
        _ body: [UInt8],
        deadline: Duration?
    ) async throws -> STOQStream {
        let milliseconds = deadline.map { Deadline.milliseconds($0) } ?? 0
        let request = ServiceRequest(
            service: service, style: style, deadlineMilliseconds: milliseconds, body: body)
        return try await openStream(
            first: FirstBytes(bytes: try MessageReader.frame(request.canonicalBytes), finish: true))
    }

    static func value(of message: [UInt8]) throws -> [UInt8] {
        let reply: ServiceReply
        do throws(BCSError) {
            reply = try ServiceReply(canonicalBytes: message)
        } catch {
            throw STOQError.protocolViolation("malformed answer: \(error)")
        }
        switch reply {
        case .value(let bytes): return bytes
        case .failure(let failure): throw STOQError.refused(failure)
        }
    }
}
