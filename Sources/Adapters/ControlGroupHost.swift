import Glibc

/// Where this process may make control groups, and what its own groups allow it.
///
/// Version 2 is used where it has the processor and memory controllers, otherwise version 1. New groups stand below the
/// group of this process, so that they never escape the limits on it; where that is impossible, beside it, and at last
/// at the top.
package struct ControlGroupHost: Sendable, Hashable {
    package enum Version: String, Sendable {
        case v1
        case v2
    }

    package enum Controller: Sendable, Hashable, CaseIterable {
        case processor
        case memory

        fileprivate var name: String { self == .processor ? "cpu" : "memory" }
    }

    package let version: Version
    private let parents: [Controller: String]
    /// Version 1 may count processor time in a hierarchy of its own.
    let accounting: String?

    /// Nil where no group can be made.
    /// - Parameters:
    ///   - root: where the hierarchies are mounted.
    ///   - membership: the file that names this process's groups.
    package init?(root: String = "/sys/fs/cgroup", membership: String = "/proc/self/cgroup") {
        let own = ControlGroupMembership(root: root, membership: membership)
        if let parent = ControlGroupHost.parentOfV2(own) {
            version = .v2
            parents = [.processor: parent, .memory: parent]
            accounting = nil
        } else if let processor = ControlGroupHost.writable(own.directories(of: "cpu")),
            let memory = ControlGroupHost.writable(own.directories(of: "memory"))
        {
            version = .v1
            parents = [.processor: processor, .memory: memory]
            accounting = ControlGroupHost.writable(own.directories(of: "cpuacct"))
        } else {
            return nil
        }
    }

    func parent(of controller: Controller) -> String { parents[controller, default: ""] }

    /// A group of version 2 gives its children only the controllers that it lists.
    private static func parentOfV2(_ own: ControlGroupMembership) -> String? {
        own.unifiedDirectories.first { directory in
            let text = HostFile.text("\(directory)/cgroup.subtree_control") ?? ""
            let listed = text.split(whereSeparator: \.isWhitespace)
            return Controller.allCases.allSatisfy { listed.contains($0.name[...]) } && access(directory, W_OK) == 0
        }
    }

    private static func writable(_ directories: [String]) -> String? {
        directories.first { access("\($0)/cgroup.procs", F_OK) == 0 && access($0, W_OK) == 0 }
    }
}
