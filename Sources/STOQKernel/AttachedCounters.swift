import Foundation
import Glibc

#if HYPERMESH_EBPF
    import CLibbpf
#endif

/// The counters that other processes have attached, found by the names of their maps.
package enum AttachedCounters {
    /// Reads the counters of every process that counts.
    /// - Throws: ``KernelError/notAttached`` when none does.
    package static func read() throws(KernelError) -> (ports: [PortCounts], connections: [ConnectionCounts]) {
        #if HYPERMESH_EBPF
            let (ports, connections) = try maps()
            defer { for descriptor in ports + connections { close(descriptor) } }
            guard !ports.isEmpty else { throw .notAttached }
            var result: (ports: [PortCounts], connections: [ConnectionCounts]) = ([], [])
            for (port, connection) in zip(ports, connections) {
                let maps = CounterMaps(ports: port, connections: connection)
                result.ports += try maps.readPorts()
                result.connections += try maps.readConnections()
            }
            return result
        #else
            throw .notBuilt
        #endif
    }

    #if HYPERMESH_EBPF
        /// Descriptors of the counting maps on this machine, in the order of their numbers, which is that of their making.
        private static func maps() throws(KernelError) -> (ports: [Int32], connections: [Int32]) {
            var ports: [Int32] = []
            var connections: [Int32] = []
            var id: UInt32 = 0
            while bpf_map_get_next_id(id, &id) == 0 {
                let descriptor = bpf_map_get_fd_by_id(id)
                guard descriptor >= 0 else {
                    // The map may have gone meanwhile; anything else is a refusal.
                    if errno == ENOENT { continue }
                    throw KernelObject.refusal("open another process's maps")
                }
                switch name(of: descriptor) {
                case CounterMaps.portsName: ports.append(descriptor)
                case CounterMaps.connectionsName: connections.append(descriptor)
                default: close(descriptor)
                }
            }
            guard errno == ENOENT || !ports.isEmpty else { throw KernelObject.refusal("list the maps") }
            return (ports, connections)
        }

        private static func name(of map: Int32) -> String? {
            var info = bpf_map_info()
            var size = UInt32(MemoryLayout<bpf_map_info>.size)
            guard bpf_obj_get_info_by_fd(map, &info, &size) == 0 else { return nil }
            return withUnsafeBytes(of: info.name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
    #endif
}
