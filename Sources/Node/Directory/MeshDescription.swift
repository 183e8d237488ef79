import Yams

/// What `mesh.yaml` says.
package struct MeshDescription: Codable, Sendable, Hashable {
    package struct Member: Codable, Sendable, Hashable {
        package var name: String
        /// `[address]:port`.
        package var address: String
        /// 64 hexadecimal digits.
        package var id: String

        package init(name: String, address: String, id: String) {
            self.name = name
            self.address = address
            self.id = id
        }
    }

    package var name: String
    /// Hash of the genesis, 64 hexadecimal digits.
    package var network: String
    package var nodes: [Member]

    package init(name: String, network: String, nodes: [Member]) {
        self.name = name
        self.network = network
        self.nodes = nodes
    }

    package init(reading directory: MeshDirectory) throws(NodeError) {
        guard directory.hasMesh else { throw .noMesh(directory: directory.path) }
        let text = try PrivateFile.readText(directory.description)
        do {
            self = try YAMLDecoder().decode(MeshDescription.self, from: text)
        } catch {
            throw .file(path: directory.description, problem: "not the description of a mesh: \(error)")
        }
    }

    package func write(to directory: MeshDirectory) throws(NodeError) {
        do {
            try PrivateFile.write(try YAMLEncoder().encode(self), to: directory.description, isSecret: false)
        } catch let error as NodeError {
            throw error
        } catch {
            throw .file(path: directory.description, problem: "\(error)")
        }
    }
}
