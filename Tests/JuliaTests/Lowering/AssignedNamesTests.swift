import Testing

@testable import Julia

@Suite("Names assigned in a scope")
struct AssignedNamesTests {
    private func names(_ source: String) throws -> [String] {
        var names = AssignedNames()
        names.collect(try Parser.parse(source))
        return names.order
    }

    @Test("inner scopes keep their names")
    func innerScopes() throws {
        #expect(
            try names("begin a = 1; for i in 1:2; b = 1; end; f(x) = (c = x); (d, e) = 1, 2; end") == [
                "a", "f", "d", "e",
            ])
    }

    @Test("updating assignments and conditions count, keyword arguments do not")
    func updates() throws {
        #expect(try names("begin if x > 1; y += 1; end; g(z = 1) ; h[1] = 2; end") == ["y"])
    }

    @Test("source text of an assertion")
    func sourceText() throws {
        #expect(try Parser.parse("f(x, 1) + a[2] == \"s\"").sourceText == "f(x, 1) + a[2] == \"s\"")
    }
}
