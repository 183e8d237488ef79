import Canonical
import Crypto
import QUIC
import STOQ

/// The client's side: all kinds of load at once until its task is cancelled.
struct SoakLoad: Sendable {
    static let blockBytes = 64 << 10

    let endpoint: STOQEndpoint
    let address: SocketAddressKey
    let tally: SoakTally
    let bytesPerSecond: Int

    func run() async {
        while !Task.isCancelled {
            do {
                let session = try await endpoint.connect(to: address)
                tally.note { $0.sessions += 1 }
                await drive(session)
                if let reason = session.closeReason, !Task.isCancelled { tally.noteFailure("session", reason) }
                session.close()
            } catch {
                if !Task.isCancelled { tally.noteFailure("connect", error) }
            }
        }
    }

    /// Loads a session until it ends or the task is cancelled.
    private func drive(_ session: Session) async {
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<2 {
                group.addTask { await self.repeatedly("up", session) { try await self.up($0, session) } }
                group.addTask { await self.repeatedly("down", session) { try await self.down($0, session) } }
                group.addTask {
                    await self.repeatedly("request", session) { try await self.request($0 &+ UInt64(lane), session) }
                }
            }
            group.addTask { await self.repeatedly("abandon", session) { try await self.abandon($0, session) } }
            group.addTask { await self.repeatedly("datagram", session) { try await self.datagram($0, session) } }
            group.addTask { await self.repeatedly("visit", session) { _ in try await self.visit() } }
            group.addTask { await self.takeDatagrams(session) }
            group.addTask { await self.watch(session) }
            // The watcher ends first, with the session or the task.
            await group.next()
            group.cancelAll()
        }
    }

    private func repeatedly(_ what: String, _ session: Session, _ body: (UInt64) async throws -> Void) async {
        var seed: UInt64 = UInt64.random(in: 0 ... .max)
        while !Task.isCancelled, session.closeReason == nil {
            seed &+= 1
            do {
                try await body(seed)
            } catch {
                if !Task.isCancelled, session.closeReason == nil { tally.noteFailure(what, error) }
            }
        }
    }

    private func watch(_ session: Session) async {
        var last = ConnectionStatistics()
        while !Task.isCancelled, session.closeReason == nil {
            try? await Task.sleep(for: .seconds(1))
            guard let now = try? await session.statistics() else { continue }
            let before = last
            tally.note {
                $0.keyUpdates += now.keyUpdates - before.keyUpdates
                $0.packetsLost += now.packetsLost - before.packetsLost
            }
            last = now
        }
    }

    /// Waits as long as so many bytes take at the rate of one of the four bulk lanes.
    private func pace(_ count: Int) async throws {
        try await Task.sleep(for: .seconds(4 * Double(count) / Double(bytesPerSecond)))
    }

    private func up(_ seed: UInt64, _ session: Session) async throws {
        var random = SplitMix64(seed: seed)
        let total = 1 + Int(random.next() % (4 << 20))
        let stream = try await session.openStream()
        try await stream.write([SoakService.Kind.hash.rawValue])
        var hash = SHA256()
        var left = total
        while left > 0 {
            let bytes = random.bytes(min(left, Self.blockBytes))
            hash.update(data: bytes)
            try await stream.write(bytes)
            left -= bytes.count
            try await pace(bytes.count)
        }
        try await stream.write([], finish: true)
        var answer: [UInt8] = []
        for try await bytes in stream { answer += bytes }
        let isRight = answer == Array(hash.finalize())
        tally.note {
            $0.streams += 1
            $0.bytesUp += total
            if !isRight { $0.corrupted += 1 }
        }
    }

    private func down(_ seed: UInt64, _ session: Session) async throws {
        var random = SplitMix64(seed: seed)
        let total = 1 + Int(random.next() % (4 << 20))
        let stream = try await session.openStream()
        let order = [UInt64(total), seed].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
        }
        try await stream.write([SoakService.Kind.make.rawValue] + order, finish: true)
        var expected = SHA256()
        var maker = SplitMix64(seed: seed)
        var left = total
        while left > 0 {
            let bytes = maker.bytes(min(left, Self.blockBytes))
            expected.update(data: bytes)
            left -= bytes.count
        }
        var found = SHA256()
        var count = 0
        for try await bytes in stream {
            found.update(data: bytes)
            count += bytes.count
            try await pace(bytes.count)
        }
        let isRight = count == total && Array(found.finalize()) == Array(expected.finalize())
        let received = count
        tally.note {
            $0.streams += 1
            $0.bytesDown += received
            if !isRight { $0.corrupted += 1 }
        }
    }

    private func request(_ seed: UInt64, _ session: Session) async throws {
        var random = SplitMix64(seed: seed)
        let bytes = random.bytes(Int(random.next() % 4000))
        let stream = try await session.openStream()
        try await stream.write([SoakService.Kind.echo.rawValue] + bytes, finish: true)
        var answer: [UInt8] = []
        for try await more in stream { answer += more }
        let isRight = answer == bytes
        tally.note {
            $0.requests += 1
            if !isRight { $0.corrupted += 1 }
        }
        try await Task.sleep(for: .milliseconds(10))
    }

    /// Gives a stream up half way, by abort or by cancelling the task that reads.
    private func abandon(_ seed: UInt64, _ session: Session) async throws {
        let stream = try await session.openStream()
        let order = [UInt8](repeating: 0, count: 5) + [4, 0, 0] + [UInt8](repeating: 1, count: 8)
        try await stream.write([SoakService.Kind.make.rawValue] + order)
        _ = try await stream.read(maximum: 1000)
        if seed % 2 == 0 {
            stream.abort(code: 9)
        } else {
            let reading = Task { while try await stream.read() != nil {} }
            reading.cancel()
            _ = await reading.result
        }
        tally.note { $0.abandoned += 1 }
        try await Task.sleep(for: .milliseconds(50))
    }

    /// Eight bytes of a seed, and what follows from it.
    private func datagram(_ seed: UInt64, _ session: Session) async throws {
        var random = SplitMix64(seed: seed)
        let head = (0..<8).map { UInt8(truncatingIfNeeded: seed >> UInt64(56 - 8 * $0)) }
        do {
            try await session.sendDatagram(head + random.bytes(Int(random.next() % 800)))
            tally.note { $0.datagramsSent += 1 }
        } catch STOQError.quic(.datagramQueueFull) {
            try await Task.sleep(for: .milliseconds(100))
        }
        try await Task.sleep(for: .milliseconds(10))
    }

    private func takeDatagrams(_ session: Session) async {
        for await datagram in session.datagrams {
            let seed = datagram.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            var random = SplitMix64(seed: seed)
            let isRight = datagram.dropFirst(8).elementsEqual(random.bytes(Int(random.next() % 800)))
            tally.note {
                $0.datagramsReturned += 1
                if !isRight { $0.corrupted += 1 }
            }
        }
    }

    /// Another session, for one request.
    private func visit() async throws {
        let session = try await endpoint.connect(to: address)
        defer { session.close() }
        try await request(UInt64.random(in: 0 ... .max), session)
        tally.note { $0.sessions += 1 }
        try await Task.sleep(for: .seconds(5))
    }
}
