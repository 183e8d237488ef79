import Canonical
import Ledger
import Testing

@Suite struct JournalTests {
    private func key(_ number: UInt8) -> StateKey { StateKey(namespace: 0, [number]) }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func revertingIsExactAtEveryMark(seed: UInt64) {
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        let base = [key(0): [1], key(1): [2]] as [StateKey: [UInt8]]
        var journal = StateJournal(over: base)
        var model = base
        var marks: [(mark: Int, model: [StateKey: [UInt8]])] = []
        for _ in 0..<500 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: marks.append((journal.mark, model))
            case 1:
                guard let index = marks.indices.randomElement(using: &random) else { continue }
                journal.revert(to: marks[index].mark)
                model = marks[index].model
                marks.removeSubrange(index...)
            case 2, 3:
                let gone = key(.random(in: 0..<6, using: &random))
                journal.setValue(nil, for: gone)
                model[gone] = nil
            default:
                let written = key(.random(in: 0..<6, using: &random))
                let value = [UInt8.random(in: 0..<3, using: &random)]
                journal.setValue(value, for: written)
                model[written] = value
            }
            for number in 0..<6 as Range<UInt8> { #expect(journal.value(for: key(number)) == model[key(number)]) }
        }
        var applied = base
        for change in journal.changes { applied[change.key] = change.value }
        #expect(applied == model)
        #expect(journal.changes.allSatisfy { base[$0.key] != $0.value })
    }
}
