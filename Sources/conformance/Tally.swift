import ArgumentParser

/// Counts what came of the cases and says it in the last line of a run.
struct Tally {
    private(set) var passed = 0
    private(set) var failed = 0
    private(set) var skipped = 0

    /// Notes one case: it passed if there are no complaints, and every complaint is printed.
    mutating func note(_ name: String, complaints: [String]) {
        guard !complaints.isEmpty else {
            passed += 1
            return
        }
        failed += 1
        for complaint in complaints { print("\(name): \(complaint)") }
    }

    /// Notes a case that this program cannot run.
    mutating func skip(_ name: String, because reason: String) {
        skipped += 1
        print("\(name): skipped: \(reason)")
    }

    /// The last line of every run.
    var summary: String { "\(passed) passed, \(failed) failed, \(skipped) skipped" }

    var exitCode: ExitCode { failed == 0 ? .success : .failure }
}
