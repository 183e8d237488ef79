import Canonical
import ProofOfState

extension Simulation {
    /// Clients send operations to every node; some copies are late.
    mutating func makeWork() {
        let burst = Application.Clients.burstMax > 1 ? 1 + workloadRandom.next() % Application.Clients.burstMax : 1
        for _ in 0..<burst { sendOperation() }
        let pause = workloadRandom.next() % 10 == 0 ? workloadRandom.next() % 5_000_000_000 : 0
        queue.push(.workload, at: time + 20_000_000 + workloadRandom.next() % 200_000_000 + pause)
    }

    private mutating func sendOperation() {
        // The node that a client looks at may be down, behind, or a liar's.
        let seen = Int(operationNumber % UInt64(nodes.count))
        let operation = clients.makeOperation(
            number: operationNumber, seenBy: nodes[seen].application, random: &workloadRandom)
        operationNumber += 1
        count(\.operations)
        for node in nodes.indices {
            let late = workloadRandom.next() % 100_000_000
            queue.push(.operation(node: node, operation), at: time + late)
        }
    }

    mutating func submit(_ operation: [UInt8], to node: Int) {
        guard nodes[node].isAlive else { return }
        nodes[node].application.submit(operation)
        tellAvailability(node)
    }

    /// Tells the core when the mempool gets its first operation or loses its last; from within an action, as an event of
    /// its own.
    mutating func tellAvailability(_ node: Int) {
        let has = nodes[node].application.hasOperations
        guard has != nodes[node].hadOperations else { return }
        nodes[node].hadOperations = has
        queue.push(.availability(node: node, life: nodes[node].life, has), at: time)
    }
}
