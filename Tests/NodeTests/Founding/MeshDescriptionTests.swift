import Testing

@testable import Node

@Suite struct MeshDescriptionTests {
    @Test func `reads what it wrote`() throws {
        let folder = try TemporaryFolder()
        let directory = MeshDirectory(path: folder.path)
        let description = MeshDescription(
            name: "a: #mesh", network: String(repeating: "0", count: 64),
            nodes: [.init(name: "node-1", address: "[::1]:9000", id: String(repeating: "1e3", count: 21) + "4")])
        try description.write(to: directory)
        #expect(try MeshDescription(reading: directory) == description)
    }

    @Test func `says that there is no mesh, or why its description cannot be read`() throws {
        let folder = try TemporaryFolder()
        let directory = MeshDirectory(path: folder.path)
        #expect { _ = try MeshDescription(reading: directory) } throws: { "\($0)".contains("hypermesh up") }
        try PrivateFile.write("name: [", to: directory.description, isSecret: false)
        #expect { _ = try MeshDescription(reading: directory) } throws: { "\($0)".contains("mesh.yaml") }
        try PrivateFile.write("name: x\n", to: directory.description, isSecret: false)
        #expect { _ = try MeshDescription(reading: directory) } throws: { "\($0)".contains("mesh.yaml") }
    }
}
