// Times key generation, signing and verification in thread CPU time and prints a table or JSON.
// Usage: falcon-benchmark [--output json] [--seconds S]
import Falcon

let arguments = CommandLine.arguments
let seconds =
    arguments.firstIndex(of: "--seconds").flatMap { arguments.dropFirst($0 + 1).first.flatMap(Double.init) } ?? 0.5
let wantsJSON = arguments.firstIndex(of: "--output").map { arguments.dropFirst($0 + 1).first == "json" } ?? false

let measurements =
    try measure(Falcon1024.self, "falcon-1024", seconds: seconds)
    + measure(Falcon512.self, "falcon-512", seconds: seconds)
if wantsJSON {
    print("[" + measurements.map(\.json).joined(separator: ",") + "]")
} else {
    for measurement in measurements { print(measurement.row) }
}
