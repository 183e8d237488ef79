import ArgumentParser
import Julia

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Say what this program is and which algorithms it speaks.")

    @Option(name: .long, help: "How to print: text or json.")
    var output: OutputForm = .text

    private struct Report: Encodable {
        let version: String
        let signatures: String
        let keyExchange: String
        let transport: String
        let juliaMachine: String
    }

    func run() throws {
        let report = Report(
            version: Version.number, signatures: "Falcon-1024, round 3, padded encoding (not FIPS 206)",
            keyExchange: "X25519MLKEM768", transport: "QUIC v1 over IPv6", juliaMachine: JuliaProgram.vmVersion)
        if output == .json { return try Terminal.printJSON(report) }
        Terminal.say(Version.text)
        Terminal.say("julia machine \(report.juliaMachine)")
    }
}
