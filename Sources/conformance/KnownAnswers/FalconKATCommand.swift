import ArgumentParser

struct FalconKATCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "falcon-kat",
        abstract: "Replays NIST known-answer files of Falcon-512 and Falcon-1024.",
        discussion: """
            Keys and signatures are made anew from each entry's seed through NIST's generator and compared byte for
            byte. 'sm' may hold the NIST form or a padded signature followed by the message.
            """)

    @Argument(help: "The response file (.rsp).", completion: .file(extensions: ["rsp"]))
    var file: String

    func run() async throws {
        try await Suite.run {
            let text = String(decoding: try Suite.contents(of: file), as: UTF8.self)
            let entries = try KnownAnswerFile(text).entries
            guard !entries.isEmpty else { throw ConformanceError.noCases(path: file) }
            var tally = Tally()
            for entry in entries {
                tally.note("count = \(entry.count)", complaints: try KnownAnswerReplay.complaints(about: entry))
            }
            return tally
        }
    }
}
