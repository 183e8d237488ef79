import Foundation
import Glibc

#if HYPERMESH_EBPF
    import CLibbpf
#endif

/// Steers the packets of a SO_REUSEPORT group to the socket that owns their connection: the first byte of the
/// destination ID, XORed with a secret byte, is the socket's number. It holds as long as the sockets or this value live.
/// Not `Sendable`: it belongs to one task.
package final class ReuseportSteering {
    /// What the program did so far.
    package struct Outcomes: Sendable, Hashable {
        /// Packets that went to a worker by their connection ID.
        package var steered: UInt64 = 0
        /// Packets left to the kernel's hash of the addresses.
        package var hashed: UInt64 = 0
    }

    #if HYPERMESH_EBPF
        private let object: KernelObject
    #endif

    /// Attaches the program to the group.
    /// - Parameters:
    ///   - sockets: bound UDP sockets of one group, in the order of their workers' numbers.
    ///   - secret: what a worker's number is XORed with in connection IDs.
    package init(sockets: [Int32], secret: UInt8) throws(KernelError) {
        #if HYPERMESH_EBPF
            guard let first = sockets.first, sockets.count <= KernelLimits.workersMax else {
                throw .tooMany(what: "workers, and at least one", limit: KernelLimits.workersMax)
            }
            object = try KernelObject(base64: EmbeddedPrograms.steer)
            let workers = try object.map("hm_workers")
            for (index, socket) in sockets.enumerated() {
                var key = UInt32(index)
                var value = UInt64(UInt32(bitPattern: socket))
                guard bpf_map_update_elem(workers, &key, &value, UInt64(BPF_ANY)) == 0 else {
                    throw KernelObject.refusal("enter socket \(index) of the group")
                }
            }
            var settings = (UInt32(sockets.count), UInt32(secret))
            var zero: UInt32 = 0
            guard bpf_map_update_elem(try object.map("hm_settings"), &zero, &settings, UInt64(BPF_ANY)) == 0 else {
                throw KernelObject.refusal("set the steering's secret")
            }
            var program = bpf_program__fd(try object.program("hm_steer"))
            let size = socklen_t(MemoryLayout<Int32>.size)
            guard setsockopt(first, SOL_SOCKET, SO_ATTACH_REUSEPORT_EBPF, &program, size) == 0 else {
                throw KernelObject.refusal("attach the steering to the group")
            }
        #else
            throw .notBuilt
        #endif
    }

    /// Counts of steered and other packets.
    package func outcomes() throws(KernelError) -> Outcomes {
        #if HYPERMESH_EBPF
            let map = try object.map("hm_steered")
            var counts: [UInt64] = [0, 0]
            for index in 0..<2 {
                var key = UInt32(index)
                var value: UInt64 = 0
                guard bpf_map_lookup_elem(map, &key, &value) == 0 else {
                    throw KernelObject.refusal("read the steering")
                }
                counts[index] = value
            }
            return Outcomes(steered: counts[0], hashed: counts[1])
        #else
            throw .notBuilt
        #endif
    }
}
