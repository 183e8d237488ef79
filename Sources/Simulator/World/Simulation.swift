import Canonical
import ProofOfState
import Store

/// A whole mesh of real consensus cores in one thread with virtual time. The seed fixes everything: each sort of choice
/// has a generator of its own, so that one more draw in one does not shift the others.
package struct Simulation<Application: SimulatedApplication>: Sendable {
    let options: SimulationOptions
    var nodes: [SimulatedNode<Application>] = []
    var queue = EventQueue<WorldEvent>()
    var time: UInt64 = 1_000_000_000_000
    package private(set) var report: SimulationReport

    var networkRandom: SplitMix64
    var diskRandom: SplitMix64
    var faultRandom: SplitMix64
    var workloadRandom: SplitMix64
    var liarRandom: SplitMix64

    var profile: FaultProfile
    /// `isBlocked[from] & 1 << to`: that link is cut.
    var blocked: [UInt64]
    var isHealed = false
    var goalHeight: Height = 0
    var liveUntil = UInt64.max
    var operationNumber: UInt64 = 0
    var clients = Application.Clients()

    var certificates: CertificateChecker
    var signatures: HonestSignatureChecker
    var chain: ChainChecker

    /// Recent proposals, for liars to fork and vote for.
    var seen: [Block] = []
    var actions: [ConsensusAction] = []

    package init(_ options: SimulationOptions) throws(SimulationError) {
        self.options = options
        report = SimulationReport(options: options)
        func generator(_ purpose: UInt64) -> SplitMix64 {
            var mixer = SplitMix64(seed: options.seed &* 0x9e37_79b9_7f4a_7c15 ^ purpose)
            return SplitMix64(seed: mixer.next())
        }
        var plan = generator(1)
        networkRandom = generator(2)
        diskRandom = generator(3)
        faultRandom = generator(4)
        workloadRandom = generator(5)
        liarRandom = generator(6)
        profile = options.hasFaults ? FaultProfile(random: &plan) : FaultProfile(calm: ())
        let count = max(1, min(options.nodes ?? Int(4 + plan.next() % 7), 64))
        blocked = Array(repeating: 0, count: count)
        let configuration: ConsensusConfiguration
        do throws(ConsensusError) {
            configuration = try Simulation.configuration(options, count: count, random: &plan)
        } catch {
            throw .consensus(error)
        }
        let genesis = try Application(configuration)
        certificates = CertificateChecker(termLength: configuration.schedule.termLength)
        signatures = HonestSignatureChecker(nodes: count)
        chain = ChainChecker(configuration: configuration)
        let liars =
            options.hasFaults && plan.next() % 100 < 70
            ? Simulation.liars(of: configuration.validators, random: &plan) : []
        let haveBadDisks = options.disk == .segments && plan.next() % 2 == 0
        for index in 0..<count {
            var own = configuration
            own.me = ValidatorIndex(index)
            let offset = options.hasFaults ? plan.next() % 500_000_000 : 0
            let isHonest = !liars.contains(index)
            let isMute = !isHonest && plan.next() % 5 == 0
            let fault: Conduct = haveBadDisks ? .badDisk : isMute ? .mute : .liar
            nodes.append(
                SimulatedNode(
                    configuration: own, genesis: genesis, disk: try Simulation.disk(options),
                    conduct: isHonest ? .honest : fault, clockOffset: offset))
        }
    }

    private static func disk(_ options: SimulationOptions) throws(SimulationError) -> SimulatedDisk {
        guard options.disk == .segments else { return SimulatedDisk() }
        do throws(StoreError) {
            return SimulatedDisk(segments: try SegmentStore())
        } catch {
            throw .store(error)
        }
    }

    private static var eventsUnderWayMax: Int { 50_000 }

    /// As many members as may lie: together below a third of the weight.
    private static func liars(of validators: ValidatorSet, random: inout SplitMix64) -> [Int] {
        var members = Array(0..<validators.count)
        members.shuffle(using: &random)
        var liars: [Int] = []
        var weight: UInt64 = 0
        for member in members {
            let own = validators.validators[member].weight
            guard 3 * (weight + own) < validators.totalWeight else { continue }
            weight += own
            liars.append(member)
        }
        return liars
    }

    private static func configuration(
        _ options: SimulationOptions, count: Int, random: inout SplitMix64
    ) throws(ConsensusError) -> ConsensusConfiguration {
        let weightMax: UInt64 = random.next() % 10 < 3 ? 5 : 1
        var members: [Validator] = []
        for index in 0..<count {
            let key = [UInt8(truncatingIfNeeded: index), UInt8(truncatingIfNeeded: index >> 8)]
            members.append(
                Validator(node: NodeID(publicKey: key), publicKey: key, weight: 1 + random.next() % weightMax))
        }
        let validators = try ValidatorSet(members)
        let network = NetworkID(Digest(sha256: options.seed.canonicalBytes))
        let base = BlockHeader(
            network: network, epoch: 0, height: 0, view: 0, parentView: 0, parentHash: .zero, operationsRoot: .zero,
            stateRoot: .zero, receiptsRoot: .zero, validators: validators.hash, nextValidators: validators.hash,
            evidenceRoot: .zero, proposer: 0, time: .zero, bodyRoot: .zero)
        var timing = ConsensusTiming()
        timing.deltaMax = 3_000_000_000
        timing.emptyBlockInterval = random.next() % 2 == 0 && options.hasWorkload ? 0 : 1_000_000_000
        let terms: [UInt64] = [1, 1, 2, 4]
        let drawn = terms[Int(random.next() % 4)]
        var configuration = ConsensusConfiguration(
            context: SigningContext(network: network, epoch: 0), validators: validators, seed: network.digest,
            termLength: options.termLength ?? (options.mutation == .noGate ? 3 : drawn), me: nil,
            base: SealedHeader(base), timing: timing)
        configuration.mutation = options.mutation
        return configuration
    }

    /// Runs to the end: faults for as many events as asked for, then healing and a bounded wait for progress.
    package mutating func run() -> SimulationReport {
        begin()
        while report.failure == nil, !isFinished, let (time, event) = queue.pop() {
            self.time = time
            report.events += 1
            mix(time)
            perform(event)
            if queue.count > Simulation.eventsUnderWayMax { fail(.messageStorm, "\(queue.count) events are under way") }
            if report.events == options.steps { heal() }
        }
        if report.failure == nil, !isFinished { fail(.liveness, "the world has stopped") }
        report.virtualNanoseconds = time - 1_000_000_000_000
        report.height = chain.height
        for node in nodes where node.isHonest { report.view = max(report.view, node.core.view) }
        return report
    }

    private var isFinished: Bool {
        isHealed && nodes.allSatisfy { !$0.isHonest || $0.promisedHeight >= goalHeight }
    }

    private mutating func begin() {
        for node in nodes.indices { start(node) }
        if options.hasWorkload { queue.push(.workload, at: time + 1_000_000) }
        if options.hasPowerFailure { queue.push(.powerFailure, at: time + 500_000_000) }
        guard options.hasFaults else { return }
        queue.push(.fault, at: time + profile.interval)
        for node in nodes.indices where nodes[node].isLiar { queue.push(.lie(node: node), at: time + 50_000_000) }
    }

    mutating func fail(_ property: SimulationFailure.Property, _ detail: String) {
        guard report.failure == nil else { return }
        report.failure = SimulationFailure(property: property, detail: detail, step: report.events, time: time)
    }

    /// Adds a word to the run's digest.
    mutating func mix(_ word: UInt64) {
        var mixed = report.digest ^ word
        mixed = (mixed ^ mixed >> 32) &* 0xd6e8_feb8_6659_fd93
        report.digest = mixed ^ mixed >> 29
    }

    mutating func count(_ field: WritableKeyPath<SimulationReport, Int>) { report[keyPath: field] += 1 }
    mutating func countMessage() { report.messages += 1 }
}
