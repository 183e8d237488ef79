import Foundation
import Simulator

/// What some runs showed together.
struct RunSummary: Encodable {
    private(set) var runs = 0
    private(set) var events = 0
    private(set) var blocks: UInt64 = 0
    private(set) var messages = 0
    private(set) var crashes = 0
    private(set) var operations = 0
    private(set) var accusations = 0
    private(set) var corruptions = 0
    private(set) var virtualSeconds = 0.0
    private(set) var processorSeconds = 0.0
    private(set) var digest = ""
    private(set) var failure: String?
    private(set) var replay: String?

    private var mixed: UInt64 = 0
    private let start = clock()

    private enum CodingKeys: String, CodingKey {
        case runs, events, blocks, messages, crashes, operations, accusations, corruptions, virtualSeconds,
            processorSeconds
        case digest, failure, replay
    }

    mutating func add(_ report: SimulationReport) {
        runs += 1
        events += report.events
        blocks += report.height
        messages += report.messages
        crashes += report.crashes
        operations += report.operations
        accusations += report.accusations
        corruptions += report.corruptions
        virtualSeconds += Double(report.virtualNanoseconds) / 1e9
        processorSeconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        mixed = runs == 1 ? report.digest : (mixed &* 0x9e37_79b9_7f4a_7c15) ^ report.digest
        digest = String(format: "%016llx", mixed)
        guard let broken = report.failure else { return }
        failure = "\(broken.property.rawValue): \(broken.detail) (event \(broken.step))"
        replay = report.options.replayCommand
    }

    func print(as format: OutputFormat) {
        switch format {
        case .text: printText()
        case .json: printJSON()
        }
    }

    private func printText() {
        let rate = Int(Double(events) / max(processorSeconds, 1e-9))
        let pace = Int(virtualSeconds / max(processorSeconds, 1e-9))
        Swift.print("runs \(runs)  events \(events)  blocks \(blocks)  messages \(messages)  crashes \(crashes)")
        Swift.print("operations \(operations)  accusations \(accusations)  damaged logs \(corruptions)")
        Swift.print("events per processor second \(rate)  virtual time / processor time \(pace)")
        Swift.print("digest \(digest)")
        if let failure, let replay {
            Swift.print("FAILED \(failure)")
            Swift.print("replay: \(replay)")
        } else {
            Swift.print("all properties held")
        }
    }

    private func printJSON() {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(self) else { return }
        Swift.print(String(decoding: data, as: UTF8.self))
    }
}
