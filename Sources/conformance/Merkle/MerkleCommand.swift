import ArgumentParser
import FoundationEssentials

struct MerkleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merkle",
        abstract: "Runs published proofs about RFC 6962 logs, good and bad.",
        discussion: """
            The file is a JSON object from case names ('inclusion/0/happy-path.json') to cases, as collected from
            the test data of transparency-dev/merkle. Cases of an unknown kind are skipped.
            """)

    @Argument(help: "The file of cases (.json).", completion: .file(extensions: ["json"]))
    var file: String

    func run() async throws {
        try await Suite.run {
            let cases = try decode(try Suite.contents(of: file))
            guard !cases.isEmpty else { throw ConformanceError.noCases(path: file) }
            var tally = Tally()
            for (name, proofCase) in cases.sorted(by: { $0.key < $1.key }) {
                let prefix = String(name.prefix { $0 != "/" })
                if let kind = ProofCase.Kind(rawValue: prefix) {
                    tally.note(name, complaints: proofCase.complaints(kind: kind))
                } else {
                    tally.skip(name, because: "unknown kind of case")
                }
            }
            return tally
        }
    }

    private func decode(_ data: Data) throws(ConformanceError) -> [String: ProofCase] {
        do {
            return try JSONDecoder().decode([String: ProofCase].self, from: data)
        } catch {
            throw .malformedJSON("\(error)")
        }
    }
}
