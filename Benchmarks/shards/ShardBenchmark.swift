import Canonical
import STOQ

/// Speed of Reed–Solomon coding, of cutting by content and of hashing pieces, on one processor: the best of five runs.
@main
struct ShardBenchmark {
    static func main() throws {
        for (data, parity) in [(4, 2), (10, 4), (20, 8)] { try measure(data: data, parity: parity) }
        var random = SplitMix64(seed: 1)
        let object = MemorySource(random.bytes(64 << 20))
        let fixed = try best { _ = try object.list(pieceBytes: Transfer.pieceBytes) }
        let cut = try best { _ = try object.list(cutter: .init(average: 64 << 10)) }
        print("hash pieces of 256 KiB: \(rate(64 << 20, fixed)) MB/s")
        print("cut by content at 64 KiB and hash: \(rate(64 << 20, cut)) MB/s")
    }

    /// Codes a mebibyte of each data shard, and restores as many data shards as there is parity.
    private static func measure(data: Int, parity: Int) throws {
        let code = try ReedSolomon(dataShards: data, parityShards: parity)
        var random = SplitMix64(seed: 2)
        let shards = (0..<data).map { _ in random.bytes(1 << 20) }
        let encode = best { _ = code.parity(of: shards) }
        let all = shards + code.parity(of: shards)
        let kept = Dictionary(uniqueKeysWithValues: (parity..<data + parity).map { ($0, all[$0]) })
        let recover = try best { _ = try code.recover(kept) }
        let bytes = data << 20
        print("\(data)+\(parity): encode \(rate(bytes, encode)) MB/s, recover \(rate(bytes, recover)) MB/s of data")
    }

    private static func best(_ body: () throws -> Void) rethrows -> Duration {
        let clock = ContinuousClock()
        var best = Duration.seconds(3600)
        for _ in 0..<5 { best = min(best, try clock.measure(body)) }
        return best
    }

    private static func rate(_ bytes: Int, _ duration: Duration) -> Int {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
        return Int(Double(bytes) / seconds / 1e6)
    }
}
