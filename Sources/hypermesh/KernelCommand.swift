import ArgumentParser
import Foundation
import Node
import QUIC
import STOQ
import STOQKernel

/// eBPF programs of the transport.
struct KernelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ebpf",
        abstract: "Count the transport's packets in the kernel.",
        discussion: """
            Programs are attached for as long as 'attach' runs, pinned nowhere, and gone with its process. Nothing else \
            of HyperMesh needs them.
            """,
        subcommands: [Status.self, Attach.self, Counters.self])

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Say what this machine and this user allow, and what is missing.")

        @Option(name: .long, help: "How to print results: text or json.") var output: OutputForm = .text

        private struct Report: Encodable {
            let isUsable: Bool
            let missing: [String]
            let requirements: [KernelRequirement]
        }

        func run() async throws {
            let support = KernelSupport.probe()
            if output == .json {
                return try Terminal.printJSON(
                    Report(
                        isUsable: support.isUsable, missing: support.missing, requirements: support.requirements))
            }
            for need in support.requirements {
                Terminal.say("\(need.isMet ? "yes" : "NO ")  \(need.name): \(need.found) (for \(need.neededFor))")
                if !need.isMet { Terminal.say("     \(need.remedy)") }
            }
            let verdict =
                support.isUsable
                ? "eBPF can be used"
                : "eBPF cannot be used, missing: \(support.missing.joined(separator: ", ")); the transport works without"
            Terminal.say(verdict)
        }
    }

    struct Attach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "attach", abstract: "Count packets until stopped (SIGTERM, SIGINT), then print the counts.")

        @OptionGroup var options: MeshOptions
        @Option(name: .long, help: "A UDP port; repeat for more. Without it: those of the mesh's nodes.")
        var port: [UInt16] = []
        @Option(name: .long, help: "Stop by itself after this many seconds.") var seconds: Double?

        func validate() throws {
            guard seconds.map({ $0 > 0 && $0 <= 1e9 }) ?? true else { throw ValidationError("--seconds is above 0") }
        }

        func run() async throws {
            do {
                let ports = try port.isEmpty ? meshPorts() : port
                let counters = try KernelCounters(ports: ports)
                let list = ports.map(String.init).joined(separator: ", ")
                Terminal.note("counting on ports \(list)" + (seconds == nil ? "; stop with Ctrl-C" : ""))
                await wait()
                try KernelReport(ports: counters.ports(), connections: counters.connections()).print(options.output)
            } catch {
                throw Terminal.failure(error)
            }
        }

        private func wait() async {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await StopSignal.wait() }
                // Ends early, without a word, when the signal comes first.
                if let seconds { group.addTask { try? await Task.sleep(for: .seconds(seconds)) } }
                await group.next()
                group.cancelAll()
            }
        }

        private func meshPorts() throws -> [UInt16] {
            try MeshDescription(reading: options.mesh).nodes.map { try SocketAddressKey(parsing: $0.address).port }
        }
    }

    struct Counters: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "counters", abstract: "Print the counts of every 'attach' that runs on this machine.")

        @Option(name: .long, help: "How to print results: text or json.") var output: OutputForm = .text

        func run() async throws {
            do {
                let (ports, connections) = try AttachedCounters.read()
                try KernelReport(ports: ports, connections: connections).print(output)
            } catch {
                throw Terminal.failure(error)
            }
        }
    }
}

/// Counts of the kernel, as they are printed.
struct KernelReport: Encodable {
    /// Upper bounds of the size classes, bytes; the last class has none.
    let sizeBounds: [Int]
    let ports: [PortCounts]
    let connections: [ConnectionCounts]

    init(ports: [PortCounts], connections: [ConnectionCounts]) {
        sizeBounds = KernelLimits.sizeBounds
        self.ports = ports
        self.connections = connections
    }

    func print(_ form: OutputForm) throws {
        if form == .json { return try Terminal.printJSON(self) }
        if ports.isEmpty { Terminal.say("no packets were seen") }
        for row in ports { Terminal.say("port \(row.port) \(row.direction.rawValue): \(text(row.counts))") }
        for row in connections {
            Terminal.say(
                "port \(row.port) \(row.direction.rawValue), connection \(row.connectionID): \(text(row.counts))")
        }
    }

    private func text(_ counts: PacketCounts) -> String {
        let sizes = counts.sizes.enumerated().filter { $0.element > 0 }.map { index, count in
            index < sizeBounds.count ? "≤\(sizeBounds[index]): \(count)" : "larger: \(count)"
        }
        return "\(counts.packets) packets, \(counts.bytes) bytes, \(counts.drops) dropped; sizes "
            + sizes.joined(separator: ", ")
    }
}
