import Canonical

@testable import QUIC

/// Input: steps of an operation, and what it needs, against an established connection.
enum FrameFuzzing {
    static func run(_ input: FuzzInput) -> Int32 {
        var input = input
        parse(input)
        guard let network = try? FuzzNetwork.make(), (try? network.establish()) == true else { return 0 }
        var steps = 0
        while !input.isAtEnd, steps < 64 {
            steps += 1
            step(input.byte(), &input, network)
            FuzzNetwork.check(network)
        }
        network.run(seconds: 1)
        FuzzNetwork.check(network)
        return 0
    }

    /// The bare parser over all bytes.
    private static func parse(_ input: FuzzInput) {
        var input = input
        input.rest().withUnsafeBytes { bytes in
            var reader = PacketReader(bytes)
            while reader.remaining > 0, let (frame, _) = try? Frame.read(from: &reader, in: bytes) {
                guard case .acknowledgement(let acknowledgement) = frame else { continue }
                acknowledgement.forEachRange { precondition($0.upperBound <= acknowledgement.largest) }
            }
        }
    }

    private static func step(_ operation: UInt8, _ input: inout FuzzInput, _ network: SimulatedNetwork) {
        let host = operation & 0x80 == 0 ? network.client : network.server
        switch operation & 7 {
        case 0, 1:
            network.hit(input.take(Int(input.byte())), from: host)
        case 2:
            network.inject(input.take(Int(input.byte())), from: host)
        case 3:
            network.hit(
                input.take(Int(input.byte())), from: host, as: .loopback(port: 50_000 + UInt16(input.byte() & 3)))
        case 4:
            apply(input.byte(), &input, host)
        case 5:
            network.conditions.loss = UInt64(input.byte()) * 2
        default:
            let end = network.now + UInt64(input.byte()) * 4_000_000
            network.run(seconds: 1) { network.now >= end }
        }
    }

    /// A call of the application's; refusals are part of the interface.
    private static func apply(_ call: UInt8, _ input: inout FuzzInput, _ host: SimulatedHost) {
        guard let connection = host.connection else { return }
        let id = StreamID(rawValue: UInt64(input.byte() & 31))
        switch call & 15 {
        case 0, 1: _ = try? connection.openStream(call & 1 == 0 ? .bidirectional : .unidirectional)
        case 2, 3:
            _ = try? connection.write(
                id, [UInt8](repeating: 9, count: 100 * Int(input.byte())), finish: call & 1 == 1)
        case 4: _ = try? connection.read(id, maximum: 64 * Int(input.byte()))
        case 5: try? connection.reset(id, code: UInt64(input.byte()))
        case 6: try? connection.stopSending(id, code: UInt64(input.byte()))
        case 7: try? connection.setPriority(id, Int(input.byte()))
        case 8: try? connection.sendDatagram([UInt8](repeating: 8, count: 8 * Int(input.byte())))
        case 9: try? connection.updateKeys()
        case 10: try? connection.migrate(now: .init(nanoseconds: connection.currentTime))
        case 11: connection.ping()
        case 12: connection.close(code: 1, reason: "bye", now: .init(nanoseconds: connection.currentTime))
        default: _ = connection.statistics
        }
    }

    /// One step of each frame type, and calls of the application's between them.
    static let seeds: [[UInt8]] = [
        [0, 6, 0x0A, 0, 3, 1, 2, 3, 6, 20, 0x80, 3, 0x10, 0x60, 0, 6, 30],
        [4, 0, 0, 4, 2, 0, 40, 6, 10, 0x80, 5, 0x05, 0, 7, 0x01, 0x01, 6, 30],
        [0, 5, 0x02, 1, 0, 0, 1, 0x80, 8, 0x03, 2, 0, 0, 0, 1, 1, 1, 6, 5],
        [0, 28, 0x18, 9, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2],
        [0, 2, 0x19, 1, 6, 9, 0, 9, 0x1A, 1, 2, 3, 4, 5, 6, 7, 8, 6, 9, 3, 9, 0x1A, 8, 7, 6, 5, 4, 3, 2, 1, 1],
        [0, 4, 0x31, 2, 5, 5, 0, 3, 0x30, 1, 2, 4, 8, 0, 20, 6, 9],
        [0, 9, 0x04, 0, 1, 3, 0x05, 0, 9, 0x12, 9, 0x80, 4, 0x14, 1, 0x16, 2],
        [0x80, 4, 0x07, 2, 1, 2, 0x80, 1, 0x1E, 0, 4, 0x06, 0, 1, 1],
        [4, 9, 0, 6, 9, 4, 10, 0, 6, 40, 3, 1, 0x01, 2, 6, 60],
        [0, 5, 0x1C, 0, 0, 1, 65, 6, 1, 0, 4, 0x1D, 1, 0, 0, 6, 200],
        [4, 1, 0, 4, 3, 2, 200, 5, 40, 6, 100, 6, 100, 4, 5, 2, 1, 6, 50],
    ]
}
