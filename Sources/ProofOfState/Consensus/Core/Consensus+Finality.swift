import Canonical

extension Consensus {
    /// Blocks of the last final ones that are kept for peers that ask by hash.
    private static var recentFinalMax: Int { 4 }

    mutating func receive(_ proof: FinalityProof) {
        let certificate = proof.certificate
        if certificate.view == finalization.view, certificate.hash == finalization.hash, proof.descendants.isEmpty,
            proof.header.hash == certificate.hash
        {
            finalization.header = proof.header
            step()
        }
        guard certificate.view > finalization.view, proof.certified.hash == certificate.hash,
            certificate.kind == .finalize,
            (try? certificate.checkSigners(in: configuration.validators, quorum: quorum)) != nil
        else { return }
        learnFinalization(certificate, header: proof.certified)
    }

    /// Rule 5: when every block up to the highest finalization is here, they become final in order.
    mutating func advanceTip() {
        guard finalization.hash != tip.hash, !isHalted else { return }
        var chain: [Block] = []
        var current = finalization.hash
        while current != tip.hash {
            guard let index = blockIndex(current) else {
                noteMissing(current)
                return
            }
            let block = blocks[index].block
            guard block.height > tip.height else {
                halt()
                return
            }
            if current == finalization.hash { finalization.header = block.header }
            chain.append(block)
            current = block.parentHash
        }
        for block in chain.reversed() {
            makeFinal(block, block.hash == finalization.hash ? finalization.certificate : nil)
        }
        blocks.removeAll { $0.block.view <= finalization.view }
    }

    /// Near blocks are fetched by hash, far ones by height.
    private mutating func noteMissing(_ hash: Digest) {
        guard let header = finalization.header else {
            needs.block = hash
            return
        }
        needs.finalFrom = tip.height + 1
        let distance = header.height > tip.height ? header.height - tip.height : 0
        if distance <= ConsensusLimits.fetchByHashDistanceMax { needs.block = hash }
    }

    /// The next block in order of height is final: store that, then have it executed.
    mutating func makeFinal(_ block: Block, _ certificate: Certificate?) {
        guard block.parentHash == tip.hash, let index = keep(block) else { return }
        storeBlock(at: index)
        let write = persist(
            .final(height: block.height, view: block.view, hash: block.hash, certificate: certificate))
        if blocks[index].verdict != .valid { unverifiedFinalWrite = write }
        after(write, .emit(.finalize(block, certificate)))
        tip = FinalTip(header: block.header, certificate: certificate)
        blocks.removeAll { $0.block.height <= tip.height }
        recentFinal.append(block)
        if recentFinal.count > Consensus.recentFinalMax { recentFinal.removeFirst() }
    }

    /// A reply to `fetchFinal`: blocks that follow the tip, the last one certified.
    mutating func receive(_ range: FinalRange) {
        let blocks = Array(range.blocks.drop { $0.height <= tip.height })
        guard let last = blocks.last, range.certificate.kind == .finalize, range.certificate.hash == last.hash,
            range.certificate.view == last.view, follows(blocks),
            (try? range.certificate.checkSigners(in: configuration.validators, quorum: quorum)) != nil
        else { return }
        for block in blocks { makeFinal(block, block.hash == last.hash ? range.certificate : nil) }
        if range.certificate.view > finalization.view {
            learnFinalization(range.certificate, header: last.header)
        } else {
            step()
        }
    }

    /// Whether each block is the child of the one before, the first of the tip.
    private func follows(_ blocks: [Block]) -> Bool {
        var parent = tip.header
        for block in blocks {
            guard block.parentHash == parent.hash, block.height == parent.height + 1 else { return false }
            parent = block.header
        }
        return true
    }
}
