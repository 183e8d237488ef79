import Foundation
import Testing

@testable import Julia

@Suite struct ScratchTests {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["JULIA_FILE"] != nil)) func scratch() throws {
        let environment = ProcessInfo.processInfo.environment
        let folder = environment["JULIA_PRELUDE"] ?? ""
        var prelude: [Expression] = []
        for name in ["Types", "Core", "Numbers", "Arrays", "Iteration", "Dictionaries", "Strings", "Show", "Math"] {
            guard let text = try? String(contentsOfFile: "\(folder)/Prelude+\(name).swift", encoding: .utf8),
                let start = text.range(of: "#\"\"\"\n"), let end = text.range(of: "\n        \"\"\"#", options: .backwards)
            else { continue }
            do { prelude.append(try Parser.parseAll(String(text[start.upperBound..<end.lowerBound]))) } catch { print("PRELUDE \(name): \(error)") }
        }
        for file in (environment["JULIA_FILE"] ?? "").split(separator: ":") {
            let text = try Data(contentsOf: URL(fileURLWithPath: String(file)))
            do {
                let clock = ContinuousClock.now
                let program = try JuliaProgram(source: [(String(file), Array(text))], prelude: prelude)
                let outcome = program.run(limits: JuliaLimits())
                print(String(decoding: outcome.output, as: UTF8.self))
                print("==", file, outcome.result, outcome.fuel, ContinuousClock.now - clock)
            } catch { print("==", file, error) }
        }
    }
}
