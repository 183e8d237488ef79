#if HYPERMESH_EBPF
    import CLibbpf
    import Foundation
    import Glibc

    /// The maps of `count.bpf.c`, laid out as there.
    struct CounterMaps {
        private static let counterBytes = 8 * (3 + KernelLimits.sizeBounds.count + 1)
        static let portsName = "hm_ports"
        static let connectionsName = "hm_connections"

        let ports: Int32
        let connections: Int32

        func readPorts() throws(KernelError) -> [PortCounts] {
            var rows: [PortCounts] = []
            for (key, value) in try CounterMaps.entries(of: ports, keyBytes: 4, limit: 2 * KernelLimits.portsMax) {
                rows.append(
                    PortCounts(
                        port: CounterMaps.number(key, 0), direction: CounterMaps.direction(key, at: 2),
                        counts: CounterMaps.counts(value)))
            }
            return rows.sorted { ($0.port, $0.direction.rawValue) < ($1.port, $1.direction.rawValue) }
        }

        func readConnections() throws(KernelError) -> [ConnectionCounts] {
            var rows: [ConnectionCounts] = []
            for (key, value) in try CounterMaps.entries(
                of: connections, keyBytes: 16, limit: KernelLimits.connectionsMax)
            {
                let id = key.prefix(KernelLimits.connectionIDBytes).map { byte in
                    (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }.joined()
                rows.append(
                    ConnectionCounts(
                        port: CounterMaps.number(key, 8), direction: CounterMaps.direction(key, at: 10),
                        connectionID: id,
                        counts: CounterMaps.counts(value)))
            }
            return rows.sorted {
                ($0.port, $0.direction.rawValue, $0.connectionID) < ($1.port, $1.direction.rawValue, $1.connectionID)
            }
        }

        /// All entries of a hash map; those that come or go meanwhile may be missing.
        private static func entries(
            of map: Int32, keyBytes: Int, limit: Int
        ) throws(KernelError) -> [(key: [UInt8], value: [UInt8])] {
            var found: [(key: [UInt8], value: [UInt8])] = []
            var key = [UInt8](repeating: 0, count: keyBytes)
            var isFirst = true
            while found.count < limit {
                var next = [UInt8](repeating: 0, count: keyBytes)
                let answer = isFirst ? bpf_map_get_next_key(map, nil, &next) : bpf_map_get_next_key(map, key, &next)
                guard answer == 0 else {
                    guard errno == ENOENT else { throw KernelObject.refusal("read the counters") }
                    break
                }
                isFirst = false
                key = next
                var value = [UInt8](repeating: 0, count: counterBytes)
                // Gone again: the map gives the longest unused entries up.
                if bpf_map_lookup_elem(map, key, &value) == 0 { found.append((key, value)) }
            }
            return found
        }

        private static func number<Value: FixedWidthInteger>(_ bytes: [UInt8], _ offset: Int) -> Value {
            bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Value.self) }
        }

        private static func direction(_ key: [UInt8], at offset: Int) -> PacketDirection {
            let value: UInt16 = number(key, offset)
            return value == 0 ? .received : .sent
        }

        private static func counts(_ value: [UInt8]) -> PacketCounts {
            var counts = PacketCounts()
            counts.packets = number(value, 0)
            counts.bytes = number(value, 8)
            counts.drops = number(value, 16)
            counts.sizes = (0...KernelLimits.sizeBounds.count).map { number(value, 24 + 8 * $0) }
            return counts
        }
    }
#endif
