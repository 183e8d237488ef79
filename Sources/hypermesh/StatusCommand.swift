import ArgumentParser
import Node

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the nodes, the height and state that they agree on, and what they use.",
        discussion: "Every figure comes from the nodes themselves at this moment.")

    @OptionGroup var options: MeshOptions

    func run() async throws {
        let survey = try await options.withClient { client in
            await MeshSurvey(of: try LocalMesh(directory: options.mesh), client: client)
        }
        if options.output == .json { try Terminal.printJSON(survey.json) } else { Terminal.say(survey.text) }
        if survey.members.allSatisfy({ $0.status == nil }) { throw ExitCode(3) }
    }
}
