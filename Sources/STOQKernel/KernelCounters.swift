import Foundation
import Glibc

#if HYPERMESH_EBPF
    import CLibbpf
#endif

/// Counts the datagrams of some UDP ports in the kernel, for all processes, until it is let go of. Not `Sendable`: it
/// belongs to one task.
package final class KernelCounters {
    #if HYPERMESH_EBPF
        private let object: KernelObject
        private let maps: CounterMaps
    #endif

    /// Loads the programs and attaches them to the root of the control groups.
    /// - Throws: what the kernel refused and what is missing.
    package init(ports: [UInt16]) throws(KernelError) {
        #if HYPERMESH_EBPF
            guard ports.count <= KernelLimits.portsMax else {
                throw .tooMany(what: "ports", limit: KernelLimits.portsMax)
            }
            object = try KernelObject(base64: EmbeddedPrograms.count)
            maps = CounterMaps(
                ports: try object.map(CounterMaps.portsName), connections: try object.map(CounterMaps.connectionsName))
            let watched = try object.map("hm_watched")
            for port in ports {
                var key = port
                var one: UInt8 = 1
                guard bpf_map_update_elem(watched, &key, &one, UInt64(BPF_ANY)) == 0 else {
                    throw KernelObject.refusal("watch port \(port)")
                }
            }
            let group = open(KernelSupport.controlGroupMount() ?? "/sys/fs/cgroup", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard group >= 0 else { throw KernelObject.refusal("open the root of the control groups") }
            defer { close(group) }
            try object.attach("hm_count_in", toGroup: group)
            try object.attach("hm_count_out", toGroup: group)
            try object.attach("hm_count_drop")
        #else
            throw .notBuilt
        #endif
    }

    /// The counts by port and direction.
    package func ports() throws(KernelError) -> [PortCounts] {
        #if HYPERMESH_EBPF
            return try maps.readPorts()
        #else
            throw .notBuilt
        #endif
    }

    /// The counts by connection ID and direction.
    package func connections() throws(KernelError) -> [ConnectionCounts] {
        #if HYPERMESH_EBPF
            return try maps.readConnections()
        #else
            throw .notBuilt
        #endif
    }
}
