import Canonical
import ProofOfState
import Store

/// Reads the block log from its start: which blocks became final, and which are still open.
struct RecoveryScan {
    /// Records of both logs are canonical bytes of `ConsensusRecord`.
    static let recordType: UInt8 = 1

    private(set) var tip: FinalTip?
    private(set) var finals: [(block: LogPosition, record: LogPosition)] = []
    private(set) var openBlocks: [Digest: (height: Height, position: LogPosition)] = [:]
    private var open: [Block] = []

    mutating func add(_ record: LogRecord) throws(StoreError) {
        switch try RecoveryScan.decode(record) {
        case .block(let block):
            openBlocks[block.hash] = (block.height, record.position)
            open.append(block)
        case .final(_, _, let hash, let certificate):
            guard let position = openBlocks.removeValue(forKey: hash),
                let block = open.first(where: { $0.hash == hash })
            else {
                throw .noRecord(log: "blocks", segment: record.position.segment, offset: record.position.offset)
            }
            finals.append((position.position, record.position))
            tip = FinalTip(header: block.header, certificate: certificate)
            open.removeAll { $0.height <= block.height }
            openBlocks = openBlocks.filter { $0.value.height > block.height }
        case .vote, .proposal, .certificate: break
        }
    }

    /// Blocks that are not final.
    func records(above height: Height) -> [ConsensusRecord] {
        open.filter { $0.height > height }.map(ConsensusRecord.block)
    }

    /// A checksummed record that does not decode is damage, not a torn tail.
    static func decode(_ record: LogRecord) throws(StoreError) -> ConsensusRecord {
        do throws(BCSError) {
            return try ConsensusRecord(canonicalBytes: record.payload)
        } catch {
            throw .corrupt(log: "chain", segment: record.position.segment, offset: record.position.offset)
        }
    }
}
