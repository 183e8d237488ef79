import Foundation
import Glibc

#if HYPERMESH_EBPF
    import CLibbpf
#endif

/// What this machine and this process allow of eBPF. Everything in it was looked up, nothing assumed.
package struct KernelSupport: Sendable, Hashable, Codable {
    package let requirements: [KernelRequirement]

    /// Whether connections can be steered and packets counted.
    package var isUsable: Bool { requirements.allSatisfy(\.isMet) }

    /// The names of what is missing.
    package var missing: [String] { requirements.filter { !$0.isMet }.map(\.name) }

    /// Looks at the machine and at the rights of this process.
    package static func probe() -> KernelSupport {
        let capabilities = effectiveCapabilities()
        let group = controlGroupMount()
        return KernelSupport(requirements: [
            library(), systemCall(),
            capability("CAP_BPF", [39, 21], capabilities, "loading programs and maps"),
            capability("CAP_NET_ADMIN", [12], capabilities, "counting and steering packets"),
            capability("CAP_PERFMON", [38, 21], capabilities, "counting drops"),
            KernelRequirement(
                name: "cgroup2", isMet: group != nil, found: group ?? "no cgroup2 file system is mounted",
                neededFor: "counting packets", remedy: "mount -t cgroup2 none /sys/fs/cgroup"),
            file("/sys/kernel/btf/vmlinux", "counting drops", "a kernel with CONFIG_DEBUG_INFO_BTF"),
        ])
    }

    /// Where the version 2 hierarchy of control groups is mounted; its root sees the packets of all processes.
    package static func controlGroupMount() -> String? {
        guard let mounts = try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8) else { return nil }
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            if fields.count > 2, fields[2] == "cgroup2" { return String(fields[1]) }
        }
        return nil
    }

    private static func library() -> KernelRequirement {
        #if HYPERMESH_EBPF
            let version = "libbpf \(libbpf_major_version()).\(libbpf_minor_version())"
            let isMet = true
        #else
            let version = "this program was built without it"
            let isMet = false
        #endif
        return KernelRequirement(
            name: "libbpf", isMet: isMet, found: version, neededFor: "everything",
            remedy: "install libbpf-dev and build again")
    }

    /// A kernel without the system call says ENOSYS whatever the rights.
    private static func systemCall() -> KernelRequirement {
        #if HYPERMESH_EBPF
            var next: UInt32 = 0
            let answer = bpf_prog_get_next_id(0, &next)
            let isMet = answer == 0 || -answer != ENOSYS && errno != ENOSYS
            let found = isMet ? "the kernel has it" : "the kernel was built without CONFIG_BPF_SYSCALL"
        #else
            let isMet = FileManager.default.fileExists(atPath: "/proc/sys/kernel/unprivileged_bpf_disabled")
            let found = isMet ? "the kernel has it" : "no sign of it under /proc/sys/kernel"
        #endif
        return KernelRequirement(
            name: "bpf(2)", isMet: isMet, found: found, neededFor: "everything",
            remedy: "a kernel with CONFIG_BPF_SYSCALL and CONFIG_CGROUP_BPF")
    }

    private static func capability(
        _ name: String, _ bits: [UInt64], _ effective: UInt64?, _ use: String
    ) -> KernelRequirement {
        let isMet = effective.map { set in bits.contains { set & 1 << $0 != 0 } } ?? false
        return KernelRequirement(
            name: name, isMet: isMet, found: isMet ? "held" : "this process does not hold it", neededFor: use,
            remedy: "run as root, or: setcap cap_bpf,cap_net_admin,cap_perfmon+ep on the program")
    }

    private static func file(_ path: String, _ use: String, _ remedy: String) -> KernelRequirement {
        let exists = FileManager.default.isReadableFile(atPath: path)
        return KernelRequirement(
            name: path, isMet: exists, found: exists ? "readable" : "not readable", neededFor: use, remedy: remedy)
    }

    /// The process's effective capabilities, a bit each (capabilities(7)).
    private static func effectiveCapabilities() -> UInt64? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("CapEff:") }),
            let digits = line.split(whereSeparator: \.isWhitespace).last
        else { return nil }
        return UInt64(digits, radix: 16)
    }
}
