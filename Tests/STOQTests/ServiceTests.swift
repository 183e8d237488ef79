import Canonical
import QUIC
import Synchronization
import Testing

@testable import STOQ

@Suite struct ServiceTests {
    private static func serving(
        _ set: (inout ServiceHost) -> Void, _ body: (Pair) async throws -> Void
    ) async throws {
        try await Pair.run { pair in try await pair.serving(set) { try await body(pair) } }
    }

    private static func echo(_ host: inout ServiceHost) {
        host.call("echo") { (body, _) async throws(ServiceFailure) in body }
    }

    @Test func callsAreAnsweredEachWithItsOwn() async throws {
        try await Self.serving(Self.echo) { pair in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<500 {
                    let body = Array("\(number)".utf8)
                    group.addTask { try await pair.near.call("echo", body, deadline: .seconds(60)) == body }
                }
                for try await isSame in group { #expect(isSame) }
            }
        }
    }

    @Test func aFailureComesBackAsItWasMade() async throws {
        let reason = ServiceFailure(code: "test.no", message: "not today")
        try await Self.serving({ $0.call("no") { (_, _) async throws(ServiceFailure) in throw reason } }) { pair in
            let seen = await failure { _ = try await pair.near.call("no", []) }
            #expect(seen == .refused(reason))
        }
    }

    @Test func unknownServicesAreRefusedByName() async throws {
        try await Self.serving(Self.echo) { pair in
            let seen = await failure { _ = try await pair.near.call("nothing", []) }
            guard case .refused(let reason)? = seen else {
                Issue.record("\(String(describing: seen))")
                return
            }
            #expect(reason.code == "stoq.unknown-service" && reason.message.contains("'nothing'"))
            // The name is known, but not for this kind of request.
            let other = await failure { for try await _ in try await pair.near.subscribe("echo", []) {} }
            #expect(other?.description.contains("'echo'") == true)
            let channel = try await pair.near.openChannel("nothing")
            let aborted = await failure { while true { try await channel.send([1]) } }
            #expect(aborted == .streamAborted(code: SessionCode.protocolViolation.rawValue))
        }
    }

    @Test func messagesOverTheLimitAreRefused() async throws {
        try await Self.serving(Self.echo) { pair in
            let tooLong = [UInt8](repeating: 0, count: STOQLimits.messageBytesMax)
            let own = await failure { _ = try await pair.near.call("echo", tooLong) }
            guard case .messageTooLarge? = own else {
                Issue.record("\(String(describing: own))")
                return
            }
            // A peer that announces more is cut off before it sends it.
            let stream = try await pair.near.openStream()
            try await stream.write([0xFF, 0xFF, 0xFF, 0x7F])
            let seen = await failure { _ = try await stream.read() }
            #expect(seen == .streamAborted(code: SessionCode.tooLarge.rawValue))
        }
    }

    @Test func malformedRequestsAbortTheirStreamOnly() async throws {
        try await Self.serving(Self.echo) { pair in
            for bytes: [UInt8] in [[3, 0, 0, 0, 0xFF, 0xFF, 0xFF], [9, 0, 0, 0, 1]] {
                let stream = try await pair.near.openStream()
                try await stream.write(bytes, finish: true)
                let seen = await failure { _ = try await stream.read() }
                #expect(seen == .streamAborted(code: SessionCode.protocolViolation.rawValue))
            }
            #expect(try await pair.near.call("echo", [7]) == [7])
        }
    }

    @Test func aCallEndsAtItsDeadline() async throws {
        let set = { (host: inout ServiceHost) in
            host.call("never") { (_, _) async throws(ServiceFailure) in
                do { try await Task.sleep(for: .seconds(3600)) } catch { return [1] }
                return []
            }
        }
        try await Self.serving(set) { pair in
            let seen = await failure { _ = try await pair.near.call("never", [], deadline: .milliseconds(30)) }
            #expect(seen == .deadlineExceeded)
        }
    }

    @Test func aHandlerIsCancelledAtTheRequestersDeadline() async throws {
        let (signals, signal) = AsyncStream.makeStream(of: String.self)
        let set = { (host: inout ServiceHost) in
            host.call("never") { (_, _) async throws(ServiceFailure) in
                do { try await Task.sleep(for: .seconds(3600)) } catch { signal.yield("cancelled") }
                return []
            }
        }
        try await Self.serving(set) { pair in
            // The requester itself does not give up, so that it is the deadline that ends the handler.
            let stream = try await pair.near.openStream()
            let request = ServiceRequest(service: "never", style: .call, deadlineMilliseconds: 30, body: [])
            try await stream.write(try MessageReader.frame(request.canonicalBytes), finish: true)
            #expect(await signals.first { _ in true } == "cancelled")
            let seen = await failure { _ = try await stream.read() }
            #expect(seen == .streamAborted(code: SessionCode.cancelled.rawValue))
        }
    }

    @Test func cancellingACallCancelsItsHandler() async throws {
        let (signals, signal) = AsyncStream.makeStream(of: String.self)
        let set = { (host: inout ServiceHost) in
            host.call("never") { (_, _) async throws(ServiceFailure) in
                signal.yield("begun")
                do { try await Task.sleep(for: .seconds(3600)) } catch { signal.yield("cancelled") }
                return []
            }
        }
        try await Self.serving(set) { pair in
            let call = Task { try await pair.near.call("never", [], deadline: .seconds(3600)) }
            #expect(await signals.first { _ in true } == "begun")
            call.cancel()
            #expect(await signals.first { _ in true } == "cancelled")
            let seen = await failure { _ = try await call.value }
            #expect(seen == .cancelled)
        }
    }

    @Test func aSubscriptionGivesAllAndEnds() async throws {
        let set = { (host: inout ServiceHost) in
            host.subscription("count") { body, _, send in
                for number in 0..<body[0] { try await send([number]) }
            }
        }
        try await Self.serving(set) { pair in
            var seen: [[UInt8]] = []
            for try await value in try await pair.near.subscribe("count", [100]) { seen.append(value) }
            #expect(seen == (0..<100).map { [$0] })
        }
    }

    @Test func aSubscriptionIsHeldBackByItsReaderAndEndsWithIt() async throws {
        let sent = Mutex(0)
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        let chunk = [UInt8](repeating: 1, count: 1 << 18)
        let set = { (host: inout ServiceHost) in
            Self.echo(&host)
            host.subscription("flood") { _, _, send in
                defer { signal.yield() }
                while true {
                    try await send(chunk)
                    sent.withLock { $0 += chunk.count }
                }
            }
        }
        try await Self.serving(set) { pair in
            var subscription: ServiceSubscription? = try await pair.near.subscribe("flood", [])
            do {
                var iterator = subscription?.makeAsyncIterator()
                #expect(try await iterator?.next() == chunk)
            }
            for _ in 0..<100 { _ = try await pair.near.call("echo", [1]) }
            let transport = TransportConfiguration()
            let bound = transport.streamSendBuffer + 2 * Int(transport.streamReceiveWindow) + 2 * chunk.count
            #expect(sent.withLock { $0 } <= bound)
            subscription = nil
            _ = await signals.first { _ in true }
        }
    }

    @Test func aChannelKeepsOrder() async throws {
        let (messages, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        let set = { (host: inout ServiceHost) in
            host.channel("log") { messages, _ in for message in messages { continuation.yield(message) } }
        }
        try await Self.serving(set) { pair in
            let channel = try await pair.near.openChannel("log", priority: 5)
            for number in 0..<UInt8(200) { try await channel.send([number]) }
            try await channel.finish()
            var expected: UInt8 = 0
            for await message in messages {
                #expect(message == [expected])
                expected += 1
                if expected == 200 { break }
            }
        }
    }
}
