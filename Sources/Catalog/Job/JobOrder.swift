package import Canonical

/// What a requester orders: one run of a program on k providers.
package struct JobOrder: Sendable, Hashable {
    package let program: ProgramID
    /// Julia literals, in the order of the entry function's parameters.
    package let arguments: [String]
    package let fuelLimit: UInt64
    package let memoryLimitBytes: UInt64
    /// Processor share that each provider sets aside, in thousandths of a core.
    package let processorMillicores: UInt64
    /// k: how many providers run it.
    package let replicas: UInt8
    package let pricePerFuel: Amount
    /// The most that the run may cost; set aside as escrow until settlement.
    package let priceMax: Amount
    /// Blocks in which the providers may commit to a receipt.
    package let commitBlocks: UInt32
    /// Blocks after that in which they may reveal it.
    package let revealBlocks: UInt32

    package init(
        program: ProgramID, arguments: [String], fuelLimit: UInt64, memoryLimitBytes: UInt64,
        processorMillicores: UInt64 = 1000, replicas: UInt8 = 3, pricePerFuel: Amount, priceMax: Amount,
        commitBlocks: UInt32 = 600, revealBlocks: UInt32 = 200
    ) throws(CatalogError) {
        self.program = program
        self.arguments = arguments
        self.fuelLimit = fuelLimit
        self.memoryLimitBytes = memoryLimitBytes
        self.processorMillicores = processorMillicores
        self.replicas = replicas
        self.pricePerFuel = pricePerFuel
        self.priceMax = priceMax
        self.commitBlocks = commitBlocks
        self.revealBlocks = revealBlocks
        try validate()
    }

    /// ⌊k/2⌋ + 1: how many providers must agree.
    package var majority: Int { Int(replicas) / 2 + 1 }

    /// Blocks from the order until the job ends at the latest.
    package var lifetimeBlocks: UInt64 { UInt64(commitBlocks) + UInt64(revealBlocks) }

    /// Refuses an order beyond what the program's manifest allows.
    package func check(against limits: ProgramLimits) throws(CatalogError) {
        guard fuelLimit <= limits.fuelMax else {
            throw .limitExceeded("fuel", most: limits.fuelMax, asked: fuelLimit)
        }
        guard memoryLimitBytes <= limits.memoryBytesMax else {
            throw .limitExceeded("bytes of memory", most: limits.memoryBytesMax, asked: memoryLimitBytes)
        }
    }

    private func validate() throws(CatalogError) {
        guard (1...CatalogLimits.replicasMax).contains(replicas) else {
            throw .malformedOrder("replicas are 1 to \(CatalogLimits.replicasMax)")
        }
        guard fuelLimit > 0, memoryLimitBytes > 0, processorMillicores > 0 else {
            throw .malformedOrder("fuel, memory and processor share are above 0")
        }
        guard arguments.count <= CatalogLimits.argumentsMax,
            arguments.reduce(0, { $0 + $1.utf8.count }) <= CatalogLimits.argumentBytesMax
        else {
            throw .malformedOrder(
                "at most \(CatalogLimits.argumentsMax) arguments of \(CatalogLimits.argumentBytesMax) bytes together")
        }
        let phases = [commitBlocks, revealBlocks]
        guard phases.allSatisfy({ (1...CatalogLimits.phaseBlocksMax).contains($0) }) else {
            throw .malformedOrder("each phase lasts 1 to \(CatalogLimits.phaseBlocksMax) blocks")
        }
    }
}

extension JobOrder: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(program)
        encoder.encode(arguments)
        encoder.encode(fuelLimit)
        encoder.encode(memoryLimitBytes)
        encoder.encode(processorMillicores)
        encoder.encode(replicas)
        encoder.encode(pricePerFuel)
        encoder.encode(priceMax)
        encoder.encode(commitBlocks)
        encoder.encode(revealBlocks)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        program = try decoder.decode(ProgramID.self)
        arguments = try decoder.decodeArray(of: String.self, limit: CatalogLimits.argumentsMax)
        fuelLimit = try decoder.decode(UInt64.self)
        memoryLimitBytes = try decoder.decode(UInt64.self)
        processorMillicores = try decoder.decode(UInt64.self)
        replicas = try decoder.decode(UInt8.self)
        pricePerFuel = try decoder.decode(Amount.self)
        priceMax = try decoder.decode(Amount.self)
        commitBlocks = try decoder.decode(UInt32.self)
        revealBlocks = try decoder.decode(UInt32.self)
        do throws(CatalogError) {
            try validate()
        } catch {
            throw .invalidValue(offset: decoder.offset, rule: error.description)
        }
    }
}
