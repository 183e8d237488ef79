import Canonical
import Crypto
import STOQ

/// The server's side: hashes what comes, sends what is asked for, returns datagrams.
struct SoakService: Sendable {
    /// The first byte of a stream.
    enum Kind: UInt8 {
        /// Answer with the SHA-256 of what follows.
        case hash = 1
        /// Send so many bytes as the next eight say, from the seed in the eight after.
        case make = 2
        /// Send back what follows.
        case echo = 3
    }

    func serve(_ endpoint: STOQEndpoint) async {
        await withDiscardingTaskGroup { group in
            for await session in endpoint.sessions {
                group.addTask { await self.serve(session) }
            }
        }
    }

    private func serve(_ session: Session) async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await datagram in session.datagrams { try? await session.sendDatagram(datagram) }
            }
            for await stream in session.incomingStreams {
                // A client that gives its stream up is part of the load.
                group.addTask { try? await self.serve(stream) }
            }
        }
    }

    private func serve(_ stream: STOQStream) async throws {
        var head: [UInt8] = []
        while head.count < 17, let more = try await stream.read(maximum: 17 - head.count) { head += more }
        guard let kind = head.first.flatMap(Kind.init(rawValue:)) else { return stream.abort(code: 3) }
        switch kind {
        case .hash:
            var hash = SHA256()
            hash.update(data: head.dropFirst())
            for try await bytes in stream { hash.update(data: bytes) }
            try await stream.write(Array(hash.finalize()), finish: true)
        case .make:
            try await make(Array(head.dropFirst()), stream)
        case .echo:
            try await stream.write(Array(head.dropFirst()))
            for try await bytes in stream { try await stream.write(bytes) }
            try await stream.write([], finish: true)
        }
    }

    private func make(_ order: [UInt8], _ stream: STOQStream) async throws {
        guard order.count == 16 else { return stream.abort(code: 3) }
        let count = order[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var random = SplitMix64(seed: order[8...].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        var left = Int(min(count, 1 << 30))
        while left > 0 {
            let size = min(left, SoakLoad.blockBytes)
            try await stream.write(random.bytes(size))
            left -= size
        }
        try await stream.write([], finish: true)
    }
}
