import Glibc

/// The nodes of a mesh that run on this machine: starts and stops their processes, and only those.
package struct LocalMesh: Sendable {
    package let directory: MeshDirectory
    package let description: MeshDescription

    package init(directory: MeshDirectory) throws(NodeError) {
        self.directory = directory
        description = try MeshDescription(reading: directory)
    }

    /// Directories of the nodes, in their order.
    package var nodes: [NodeDirectory] { description.nodes.indices.map { directory.node($0 + 1) } }

    /// The running process of each node; nil where none runs.
    package var processes: [NodeProcess?] { nodes.map { NodeProcess(running: $0) } }

    /// Starts what does not run. Returns the numbers of the nodes that were started.
    package func start(program: String, only: Set<Int>? = nil) throws(NodeError) -> [Int] {
        var started: [Int] = []
        for (index, node) in nodes.enumerated() where NodeProcess(running: node) == nil {
            if let only, !only.contains(index + 1) { continue }
            _ = try NodeProcess.start(node, program: program)
            started.append(index + 1)
        }
        return started
    }

    /// Ends all running nodes and waits for that; one that does not end in time is killed. Returns their numbers.
    package func stop(only: Set<Int>? = nil) async -> [Int] {
        var running: [(number: Int, process: NodeProcess)] = []
        for (index, process) in processes.enumerated() {
            guard let process, only?.contains(index + 1) ?? true else { continue }
            running.append((index + 1, process))
            process.terminate()
        }
        let deadline = ContinuousClock.now + .seconds(10)
        while running.contains(where: { $0.process.isRunning }), ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(20))
        }
        for entry in running { entry.process.killNow() }
        for entry in running { PrivateFile.removeIfPresent(directory.node(entry.number).process) }
        return running.map(\.number)
    }
}
