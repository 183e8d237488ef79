import Canonical
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

extension MeshDescription {
    /// Relays in their order, separated by commas.
    package func route(_ text: String) throws(NodeError) -> [Member] {
        var route: [Member] = []
        for part in text.split(separator: ",") { route.append(try member(String(part))) }
        return route
    }

    /// The node of this name, number (from 1) or id; or, as `ID@[address]:port`, somebody who listens elsewhere.
    /// - Parameter isRelayed: whether an id alone will do, of somebody whom a relay reaches.
    package func member(_ text: String, isRelayed: Bool = false) throws(NodeError) -> Member {
        if let at = text.firstIndex(of: "@") {
            return Member(
                name: text, address: String(text[text.index(after: at)...]), id: String(text[..<at]))
        }
        if let node = nodes.first(where: { $0.name == text || $0.id == text }) { return node }
        if let number = Int(text), nodes.indices.contains(number - 1) { return nodes[number - 1] }
        if isRelayed, NodeID(hexadecimal: text) != nil { return Member(name: text, address: "", id: text) }
        throw .file(path: text, problem: "no node of the mesh has this name, number or id")
    }
}
