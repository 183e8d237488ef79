import Yams

/// What an inbox takes at most.
package struct InboxLimits: Codable, Sendable, Hashable {
    /// Bytes of everything in it.
    package var bytesMax: UInt64
    /// Files in it, shards included.
    package var filesMax: Int

    package init(bytesMax: UInt64, filesMax: Int = 10_000) {
        self.bytesMax = bytesMax
        self.filesMax = filesMax
    }

    /// Reads `inbox.yaml`; nil when there is none, or none that can be understood: then nothing is taken.
    init?(reading path: String) {
        guard let text = try? PrivateFile.readText(path),
            let limits = try? YAMLDecoder().decode(InboxLimits.self, from: text)
        else { return nil }
        self = limits
    }

    /// Opens the inbox of a node to everybody whom the mesh admits.
    package func write(to directory: NodeDirectory) throws(NodeError) {
        do {
            try PrivateFile.write(try YAMLEncoder().encode(self), to: directory.inboxLimits, isSecret: false)
        } catch let error as NodeError {
            throw error
        } catch {
            throw .file(path: directory.inboxLimits, problem: "\(error)")
        }
    }

    /// Closes the inbox; what it holds stays.
    package static func remove(from directory: NodeDirectory) {
        PrivateFile.removeIfPresent(directory.inboxLimits)
    }
}
