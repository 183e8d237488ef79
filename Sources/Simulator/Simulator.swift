/// Runs simulations.
package enum Simulator {
    /// One run.
    package static func run(_ options: SimulationOptions) throws(SimulationError) -> SimulationReport {
        switch options.application {
        case .counter:
            var simulation = try Simulation<CounterApplication>(options)
            return simulation.run()
        case .ledger:
            var simulation = try Simulation<LedgerApplication>(options)
            return simulation.run()
        }
    }
}
