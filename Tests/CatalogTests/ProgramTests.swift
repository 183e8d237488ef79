import Canonical
import Catalog
import Testing

private let limits = ProgramLimits(fuelMax: 100, memoryBytesMax: 100, outputBytesMax: 100)

private func program(_ files: [ProgramFile]) throws(CatalogError) -> Program {
    try Program(
        name: "sum", files: files, languageVersion: "1.0", machineVersion: .zero, priceTable: .zero, limits: limits)
}

@Suite struct ProgramTests {
    @Test func theNameIsTheContent() throws {
        let (a, b) = (ProgramFile(path: "a.jl", source: "1"), ProgramFile(path: "b.jl", source: "2"))
        #expect(try program([a, b]).id == program([b, a]).id)
        #expect(try program([a]).id != program([a, b]).id)
        let whole = try program([a, b])
        #expect(try Program(canonicalBytes: whole.canonicalBytes) == whole)
    }

    @Test(arguments: ["", "/etc/passwd", "../x", "a//b", "a/./b", "a\\b", "a\nb", "x/"])
    func refusesAPathThatIsNotPlain(path: String) {
        #expect(throws: CatalogError.self) { try program([ProgramFile(path: path, source: "1")]) }
    }

    @Test func refusesNoFilesTwinsAndTooMuchSource() {
        #expect(throws: CatalogError.self) { try program([]) }
        let file = ProgramFile(path: "a.jl", source: "1")
        #expect(throws: CatalogError.self) { try program([file, file]) }
        let long = String(repeating: "x", count: CatalogLimits.sourceBytesMax)
        #expect(throws: CatalogError.self) { try program([file, ProgramFile(path: "b.jl", source: long)]) }
    }

    @Test func onlyThePublisherYanksAndOnlyOnce() throws {
        let whole = try program([ProgramFile(path: "a.jl", source: "1")])
        var record = ProgramRecord(publisher: node(1), program: whole, height: 3)
        #expect(throws: CatalogError.notPublisher(node(2), of: whole.id)) { try record.yank(by: node(2)) }
        try record.yank(by: node(1))
        #expect(throws: CatalogError.programYanked(whole.id)) { try record.yank(by: node(1)) }
        #expect(try ProgramRecord(canonicalBytes: record.canonicalBytes) == record)
    }

    @Test func anOrderBeyondTheLimitsIsRefused() throws {
        #expect(throws: CatalogError.limitExceeded("fuel", most: 100, asked: 1_000)) {
            try order().check(against: limits)
        }
        #expect(throws: CatalogError.self) { try order(replicas: 0) }
        #expect(throws: CatalogError.self) { try order(replicas: 17) }
    }
}
