/// Static limits of the eBPF programs; `BPF/*.bpf.c` has the same.
package enum KernelLimits {
    /// Sockets that one steering program chooses between.
    package static let workersMax = 256
    /// Ports that one counting program watches.
    package static let portsMax = 256
    /// Upper bounds of the size classes, bytes of UDP payload; the last class has none.
    package static let sizeBounds = [64, 128, 256, 512, 1024, 1280, 1452]
    /// Bytes of a connection ID that are counted by.
    package static let connectionIDBytes = 8
    /// Connections that the kernel keeps counts of; the longest unused give way.
    package static let connectionsMax = 16_384
}
