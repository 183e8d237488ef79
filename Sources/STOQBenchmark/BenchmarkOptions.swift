package import ArgumentParser

/// How much is measured, as command line options.
package struct BenchmarkOptions: ParsableArguments {
    @Option(name: .long, help: "Runs of each measurement.") package var runs: Int = 5
    @Option(name: .long, help: "Megabytes of bulk data in a run.") package var megabytes: Int = 512
    @Option(name: .long, help: "Connections that share the bulk data.") package var connections: Int = 8
    @Option(name: .long, help: "Requests in a run.") package var requests: Int = 2000
    @Option(name: .long, help: "Datagrams in a run.") package var datagrams: Int = 50_000
    @Option(name: .long, help: "Handshakes in a run.") package var handshakes: Int = 100
    @Option(name: .long, help: "Idle connections to weigh.") package var idle: Int = 200

    package init() {}

    package func validate() throws {
        guard runs > 0, megabytes > 0, connections > 0, requests > 0, datagrams > 0, handshakes > 0, idle > 0
        else {
            throw ValidationError("all counts are at least 1")
        }
        guard megabytes <= 65_536, runs <= 1000, connections <= 1000, idle <= 30_000 else {
            throw ValidationError("at most 65536 megabytes, 1000 runs, 1000 connections and 30000 idle ones")
        }
    }

    /// The same as a plan.
    package var plan: BenchmarkPlan {
        var plan = BenchmarkPlan()
        plan.runs = runs
        plan.megabytes = megabytes
        plan.connections = connections
        plan.requests = requests
        plan.datagrams = datagrams
        plan.handshakes = handshakes
        plan.idleConnections = idle
        return plan
    }
}
