@testable import QUIC

/// Input: steps of an operation, and what it needs, against a handshake under way.
enum PacketFuzzing {
    static func run(_ input: FuzzInput) -> Int32 {
        var input = input
        guard let network = try? FuzzNetwork.make() else { return 0 }
        var steps = 0
        while !input.isAtEnd, steps < 64 {
            steps += 1
            step(input.byte(), &input, network)
        }
        network.run(seconds: 1)
        FuzzNetwork.check(network)
        return 0
    }

    private static func step(_ operation: UInt8, _ input: inout FuzzInput, _ network: SimulatedNetwork) {
        let host = operation & 0x80 == 0 ? network.client : network.server
        switch operation & 7 {
        case 0:
            network.hit(input.take(8 * Int(input.byte())), from: host, .initial)
        case 1:
            network.hit(input.take(8 * Int(input.byte())), from: host, .handshake)
        case 2:
            network.hit(input.take(8 * Int(input.byte())), from: host, .data)
        case 3:
            network.hit(datagram: input.take(8 * Int(input.byte())), from: host)
        case 4:
            alterFlight(&input, network)
        case 5:
            network.hit(
                datagram: addressed(input.take(8 * Int(input.byte())), operation, host, network), from: host,
                as: operation & 0x40 == 0 ? nil : .loopback(port: UInt16(input.byte())))
        default:
            let end = network.now + UInt64(input.byte()) * 1_000_000
            network.run(seconds: 1) { network.now >= end }
        }
    }

    /// Bends a datagram that is under way: a byte, its length, its place in the order, or a copy.
    private static func alterFlight(_ input: inout FuzzInput, _ network: SimulatedNetwork) {
        guard !network.flights.isEmpty else { return }
        let index = Int(input.byte()) % network.flights.count
        let place = Int(input.byte()) << 8 | Int(input.byte())
        switch input.byte() & 3 {
        case 0 where !network.flights[index].bytes.isEmpty:
            network.flights[index].bytes[place % network.flights[index].bytes.count] ^= input.byte()
        case 1:
            network.flights[index].bytes = Array(network.flights[index].bytes.prefix(place))
        case 2:
            network.flights[index].bytes += input.take(Int(input.byte()))
        default:
            network.flights.insert(network.flights[index], at: index)
        }
    }

    /// Random bytes behind a header that leads to the other end's connection, padded like an Initial.
    private static func addressed(
        _ bytes: [UInt8], _ operation: UInt8, _ host: SimulatedHost, _ network: SimulatedNetwork
    ) -> [UInt8] {
        let victim = host === network.client ? network.server : network.client
        guard let id = victim.connection?.localIDs.active.first?.id.bytes, let first = bytes.first else { return bytes }
        let rest = Array(bytes.dropFirst())
        guard operation & 8 == 0 else { return [first & 0x7F] + id + rest }
        let packet = [first | 0x80, 0, 0, 0, UInt8(operation >> 4 & 3)] + [UInt8(id.count)] + id + rest
        return packet + [UInt8](repeating: 0, count: max(0, 1200 - packet.count))
    }

    /// CRYPTO frames, coalesced garbage, bent flights.
    static let seeds: [[UInt8]] = [
        [6, 5, 6, 5, 6, 5, 6, 5, 6, 20],
        [4, 0, 0, 40, 0, 1, 6, 20, 0x84, 0, 0, 60, 0, 1, 6, 30],
        [0, 1, 0x06, 0, 4, 1, 0, 0, 0, 0, 6, 20],
        [0x80, 1, 0x06, 0, 4, 2, 0, 0, 0, 0, 6, 20, 0x81, 1, 0x02, 0, 0, 0, 0, 0, 0, 0],
        [6, 11, 0x82, 1, 0x1E, 0x01, 0, 0, 0, 0, 0, 0, 2, 1, 0x0A, 0, 1, 1, 0, 0, 0, 0],
        [3, 2, 0xC0, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 6, 9],
        [0x15, 2, 0xC3, 0, 0, 0, 0, 4, 9, 0, 0, 0, 0, 0, 0, 0, 0x95, 1, 0xF0, 0, 0, 0, 0, 0, 0, 0],
        [0x8D, 2, 0x40, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 6, 1],
    ]
}
