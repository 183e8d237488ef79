import Foundation
import Testing

/// The laws of the house that a program can check; see ARCHITECTURE.md.
@Suite struct HouseTests {
    @Test func `no file has 500 lines`() throws {
        for folder in ["Sources", "Tests", "Benchmarks", "Fuzz", "examples"] {
            for file in try SourceTree.files(in: folder) where !file.path.contains("/Fixtures/") {
                #expect(file.lines.count <= 500, "\(file.path) has \(file.lines.count) lines")
            }
        }
    }

    @Test func `no function has 50 lines or four levels of nesting`() throws {
        for file in try SourceTree.files(in: "Sources") {
            for function in FunctionScan.functions(in: file) where !function.isExempt {
                #expect(function.length <= 50, "\(file.path):\(function.line) has \(function.length) lines")
                #expect(function.nesting <= 3, "\(file.path):\(function.line) nests \(function.nesting) levels")
            }
        }
    }

    @Test func `nothing from outside can trap`() throws {
        let forbidden = ["try!", "as!", "fatalError(", "TODO", "FIXME", "unowned(unsafe)"]
        for file in try SourceTree.files(in: "Sources") {
            for (index, code) in file.code.enumerated() {
                for word in forbidden {
                    #expect(!code.contains(word), "\(file.path):\(index + 1) contains \(word)")
                }
                #expect(!hasForceUnwrap(code), "\(file.path):\(index + 1) unwraps by force")
            }
        }
    }

    @Test func `only IPv6`() throws {
        let forbidden = ["127.0.0.1", "0.0.0.0", "sockaddr_in(", "AF_INET,", "AF_INET)", "INADDR_"]
        for file in try SourceTree.files(in: "Sources") {
            for (index, line) in file.lines.enumerated() {
                for word in forbidden {
                    #expect(!line.contains(word), "\(file.path):\(index + 1) contains \(word)")
                }
            }
        }
    }

    @Test func `a module imports only what stands below it`() throws {
        let house = Set(HouseFloors.allowed.keys)
        for file in try SourceTree.files(in: "Sources") {
            guard let allowed = HouseFloors.allowed[file.module] else { continue }
            for line in file.lines {
                guard let module = importedModule(line), house.contains(module) else { continue }
                #expect(allowed.contains(module), "\(file.path) imports \(module)")
            }
        }
    }

    @Test func `cores ask nobody for time, files or sockets`() throws {
        let forbidden = ["import Glibc", "import Foundation", "ContinuousClock", "Date()", "DispatchQueue"]
        for file in try SourceTree.files(in: "Sources") where HouseFloors.cores.contains(file.module) {
            for (index, line) in file.lines.enumerated() {
                for word in forbidden where line.code.contains(word) && !line.code.contains("FoundationEssentials") {
                    Issue.record("\(file.path):\(index + 1) contains \(word)")
                }
            }
        }
    }

    @Test func `no hash domain begins with another`() throws {
        var tags: [String: String] = [:]
        for file in try SourceTree.files(in: "Sources") {
            for line in file.lines {
                guard let start = line.range(of: "HashDomain(\"HM/") else { continue }
                let tag = "HM/" + line[start.upperBound...].prefix { $0 != "\"" }
                #expect(tags[tag] == nil, "\(tag) is in \(file.path) and \(tags[tag] ?? "")")
                tags[tag] = file.path
            }
        }
        let sorted = tags.keys.sorted()
        for (left, right) in zip(sorted, sorted.dropFirst()) {
            #expect(!right.hasPrefix(left), "\(right) begins with \(left)")
        }
        #expect(tags.count > 5)
    }

    @Test func `the project speaks of itself alone`() throws {
        let names = try SourceTree.files(in: "Sources").map(\.path)
        #expect(names.allSatisfy { path in !["Manager", "Helper", "Utils", "Common"].contains { path.contains($0) } })
    }

    private func importedModule(_ line: Substring) -> String? {
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), index + 1 < words.count, line.indent == 0,
            words[..<index].allSatisfy({
                $0.hasPrefix("@") || ["public", "package", "internal", "private"].contains($0)
            })
        else { return nil }
        return String(words[index + 1].split(separator: ".")[0])
    }

    private func hasForceUnwrap(_ code: String) -> Bool {
        let characters = Array(code)
        return characters.indices.dropFirst().contains { index in
            guard characters[index] == "!" else { return false }
            let before = characters[index - 1]
            let after = index + 1 < characters.count ? characters[index + 1] : "\n"
            let unwraps = before.isLetter || before.isNumber || before == ")" || before == "]"
            return unwraps && after != "=" && !["try", "as"].contains { String(characters[..<index]).hasSuffix($0) }
        }
    }
}
