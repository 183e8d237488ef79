import Yams

/// What an inbox takes at most.
package struct InboxLimits: Codable, Sendable, Hashable {
    /// Bytes of everything in it.
    package var bytesMax: UInt64
    /// Files in it, shards included.
    package var filesMax: Int

    /// How long an unfinished transfer is kept after it last brought something, hours.
    package var unfinishedHoursMax: Int

    package init(bytesMax: UInt64, filesMax: Int = 10_000, unfinishedHoursMax: Int = 168) {
        self.bytesMax = bytesMax
        self.filesMax = filesMax
        self.unfinishedHoursMax = unfinishedHoursMax
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            bytesMax: try values.decode(UInt64.self, forKey: .bytesMax),
            filesMax: try values.decode(Int.self, forKey: .filesMax))
        // Files of earlier versions do not say it.
        unfinishedHoursMax = try values.decodeIfPresent(Int.self, forKey: .unfinishedHoursMax) ?? unfinishedHoursMax
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
