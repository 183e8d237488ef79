package import ProofOfState

/// Runs simulations with the counter application.
package enum Simulator {
    /// One run.
    package static func run(_ options: SimulationOptions) throws(ConsensusError) -> SimulationReport {
        var simulation = try Simulation<CounterApplication>(options)
        return simulation.run()
    }
}
