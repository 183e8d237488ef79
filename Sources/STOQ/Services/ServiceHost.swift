import Canonical
public import Logging

/// The named services of an endpoint and what may use them.
public struct ServiceHost: Sendable {
    /// Answers one request.
    public typealias Call = @Sendable (_ body: [UInt8], _ peer: Session) async throws(ServiceFailure) -> [UInt8]
    /// Answers with a run of values until it returns.
    public typealias Subscription =
        @Sendable (_ body: [UInt8], _ peer: Session, _ send: @Sendable ([UInt8]) async throws -> Void) async throws ->
        Void
    /// Takes the messages of a channel in their order: those that came together at a time.
    public typealias Channel = @Sendable (_ messages: [[UInt8]], _ peer: Session) async -> Void

    enum Handler: Sendable {
        case call(Call)
        case subscription(Subscription)
        case channel(Channel)
    }

    private var handlers: [String: Handler] = [:]
    private var exchanges = ExchangeTable()
    private let logger: Logger

    public init(logger: Logger) {
        self.logger = logger
    }

    public mutating func call(_ service: String, _ handler: @escaping Call) {
        handlers[service] = .call(handler)
    }

    public mutating func subscription(_ service: String, _ handler: @escaping Subscription) {
        handlers[service] = .subscription(handler)
    }

    public mutating func channel(_ service: String, _ handler: @escaping Channel) {
        handlers[service] = .channel(handler)
    }

    public mutating func exchange(_ service: String, _ handler: @escaping ExchangeTable.Handler) {
        exchanges.add(service, handler)
    }

    /// Serves the streams that peers open for an extension; frames are served by the endpoint that offers it.
    public mutating func add(_ extended: STOQExtension) {
        if let exchange = extended.exchange { exchanges.add(extended.name, exchange) }
    }

    /// Serves the peer's streams until the session ends, at most `concurrentRequestsPerPeerMax` at a time. Handlers are
    /// cancelled when the requester gives up, its deadline passes, the session ends, or the calling task is cancelled.
    public func serve(_ session: Session) async {
        await withTaskGroup(of: Void.self) { group in
            var active = 0
            for await stream in session.incomingStreams {
                if active >= STOQLimits.concurrentRequestsPerPeerMax {
                    await group.next()
                    active -= 1
                }
                active += 1
                group.addTask { await attend(stream, of: session) }
            }
            group.cancelAll()
        }
    }

    private func attend(_ stream: STOQStream, of session: Session) async {
        let work = Task(executorPreference: session.currentExecutor) { await serve(stream, of: session) }
        stream.onAbort { work.cancel() }
        await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            work.cancel()
        }
    }

    private func serve(_ stream: STOQStream, of session: Session) async {
        var reader = MessageReader(stream, limit: STOQLimits.messageBytesMax)
        do {
            guard let first = try await reader.next() else { return }
            let request = try ServiceRequest(canonicalBytes: first)
            switch (handlers[request.service], request.style) {
            case (.call(let handler), .call): try await answer(request, handler, stream, session)
            case (.subscription(let handler), .subscribe): try await publish(request, handler, stream, session)
            case (.channel(let handler), .channel):
                try await pass(&reader, to: handler, session)
            case (_, .exchange):
                let channel = StreamChannel(stream, reader: reader)
                try await exchanges.serve(request, over: channel, peer: ChannelPeer(session), session: session)
            default: try await refuseUnknown(request, stream)
            }
        } catch {
            logger.debug(
                "stream ended early", metadata: ["peer": "\(session.remoteAddress.text)", "reason": "\(error)"])
            stream.abort(code: code(for: error).rawValue)
        }
    }

    private func pass(_ reader: inout MessageReader, to handler: Channel, _ session: Session) async throws {
        while true {
            let messages = try await reader.nextBatch()
            guard !messages.isEmpty else { return }
            await handler(messages, session)
        }
    }

    private func code(for error: any Error) -> SessionCode {
        switch error {
        case STOQError.messageTooLarge: .tooLarge
        case STOQError.protocolViolation, is BCSError: .protocolViolation
        default: .cancelled
        }
    }

    private func answer(
        _ request: ServiceRequest, _ handler: @escaping Call, _ stream: STOQStream, _ session: Session
    ) async throws {
        let reply = try await reply(to: request, handler, session)
        try await stream.write(try MessageReader.frame(reply.canonicalBytes), finish: true)
    }

    /// After the deadline nobody waits for the answer; then the handler is cancelled.
    private func reply(to request: ServiceRequest, _ handler: @escaping Call, _ session: Session) async throws
        -> ServiceReply
    {
        do {
            guard request.deadlineMilliseconds > 0 else { return .value(try await handler(request.body, session)) }
            return try await Deadline.run(
                .milliseconds(Int64(request.deadlineMilliseconds)), on: session.currentExecutor
            ) {
                .value(try await handler(request.body, session))
            }
        } catch let failure as ServiceFailure {
            return .failure(failure)
        }
    }

    private func publish(
        _ request: ServiceRequest, _ handler: Subscription, _ stream: STOQStream, _ session: Session
    ) async throws {
        do {
            try await handler(request.body, session) { value in
                try await stream.write(try MessageReader.frame(ServiceReply.value(value).canonicalBytes))
            }
            try await stream.write([], finish: true)
        } catch let failure as ServiceFailure {
            try await stream.write(
                try MessageReader.frame(ServiceReply.failure(failure).canonicalBytes), finish: true)
        }
    }

    private func refuseUnknown(_ request: ServiceRequest, _ stream: STOQStream) async throws {
        guard request.style != .channel else { return stream.abort(code: SessionCode.protocolViolation.rawValue) }
        let failure = ServiceFailure(
            code: "stoq.unknown-service", message: "there is no service '\(request.service)' for this kind of request")
        try await stream.write(try MessageReader.frame(ServiceReply.failure(failure).canonicalBytes), finish: true)
    }
}
