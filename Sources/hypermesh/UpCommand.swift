import ArgumentParser
import Canonical
import Node

struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Found a mesh on this machine, or start the one that is there.",
        discussion: """
            The first time, keys, certificates, plots and a genesis are made: a root authority, four nodes on [::1], and \
            you as the founder with CAES to spend. Later it starts the nodes that do not run. Running it again is \
            harmless.
            """)

    @OptionGroup var options: MeshOptions

    @Option(name: .long, help: "Nodes of a new mesh; four bear one liar.")
    var nodes: Int = 4

    @Option(name: .long, help: "First UDP port of a new mesh; 0 takes free ones.")
    var port: UInt16 = 0

    func validate() throws {
        guard (1...64).contains(nodes) else { throw ValidationError("--nodes takes 1 to 64") }
    }

    func run() async throws {
        do {
            let started = ContinuousClock.now
            try await found()
            let mesh = try LocalMesh(directory: options.mesh)
            let clock = ContinuousClock.now
            let wallStart = WallClock().now
            let numbers = try mesh.start(program: ThisProgram.path)
            if !numbers.isEmpty { Terminal.note("started node \(numbers.map(String.init).joined(separator: ", "))") }
            let survey = try await waitForBlocks(mesh, since: wallStart)
            let seconds = Seconds(ContinuousClock.now - clock)
            if options.output == .json { return try Terminal.printJSON(survey.json) }
            Terminal.say(survey.text)
            guard survey.isProgressing(since: wallStart) else {
                throw NodeError.unreachable(
                    tried: survey.members.map { "\($0.description.name): \($0.problem ?? "no block")" })
            }
            if !numbers.isEmpty {
                Terminal.say(
                    "first block final \(seconds) s after the start of the nodes; \(Seconds(ContinuousClock.now - started)) s in all"
                )
            }
        } catch {
            throw Terminal.failure(error)
        }
    }

    private func found() async throws {
        guard !options.mesh.hasMesh else { return }
        var plan = MeshFounder.Plan()
        plan.nodeCount = nodes
        plan.basePort = port
        Terminal.note("founding a mesh in \(options.mesh.path)")
        _ = try await MeshFounder(directory: options.mesh, plan: plan).found { Terminal.note("  \($0)") }
    }

    /// Waits until every node has a block that became final after `start`, at most half a minute.
    private func waitForBlocks(_ mesh: LocalMesh, since start: Timestamp) async throws -> MeshSurvey {
        try await options.withClient { client in
            let deadline = ContinuousClock.now + .seconds(30)
            while true {
                let survey = await MeshSurvey(of: mesh, client: client, deadline: .seconds(3))
                guard !survey.isProgressing(since: start), ContinuousClock.now < deadline else { return survey }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }
}
