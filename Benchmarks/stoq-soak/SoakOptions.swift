import ArgumentParser

/// What the command line asks for.
struct SoakOptions: ParsableArguments {
    @Option(name: .long, help: "How long the load goes on.") var minutes = 60.0
    @Option(name: .long, help: "Datagrams of a thousand that the relay loses.") var loss: UInt64 = 20
    @Option(name: .long, help: "Seconds after which the client's port changes, again and again.") var rebind = 10.0
    @Option(name: .long, help: "Megabytes of streams a second, at most.") var rate = 4.0

    var bytesPerSecond: Int { max(1, Int(rate * 1_048_576)) }

    func validate() throws {
        guard minutes > 0, minutes <= 100_000, rebind >= 0.5, rebind <= 100_000 else {
            throw ValidationError("minutes are above 0, and half a second passes between two ports")
        }
        guard loss <= 1000, rate > 0, rate <= 100_000 else {
            throw ValidationError("at most all of 1000 datagrams are lost, and 100000 megabytes go in a second")
        }
    }
}
