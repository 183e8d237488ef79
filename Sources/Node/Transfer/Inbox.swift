package import Canonical
import Foundation
package import STOQ
import Synchronization

/// A directory that takes objects from peers, because its owner said so and up to the limits that the owner set.
///
///     <name>, or <sender>/<name>        files that came whole
///     .partial/<content>-<sender>       what an unfinished transfer has brought so far
///     .shards/<owner>/<object>/set      what the shards beside it are of
///     .shards/<owner>/<object>/<index>  a shard
package final class Inbox: TransferStore, ShardStore {
    private struct State {
        /// Bytes and files promised to transfers under way.
        var promisedBytes: UInt64 = 0
        var promisedFiles = 0
        /// Names that a transfer under way writes to.
        var busy: Set<String> = []
    }

    let path: String
    private let separatesSenders: Bool
    private let limits: @Sendable () -> InboxLimits?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - separatesSenders: whether each sender's files go into a directory of their own.
    ///   - limits: asked at every offer; nil takes nothing.
    package init(_ path: String, separatesSenders: Bool, limits: @escaping @Sendable () -> InboxLimits?) {
        self.path = path
        self.separatesSenders = separatesSenders
        self.limits = limits
    }

    // MARK: Taking

    package func open(_ offer: TransferOffer, from peer: NodeID) throws(STOQError) -> any IncomingObject {
        guard let limits = limits() else { throw .transfer(.refused(code: "inbox.closed", text: "no inbox is open")) }
        let target = try target(of: offer, from: peer)
        let partial = "\(path)/.partial/\(offer.root)-\(peer)"
        for folder in ["\(path)/.partial", String(target.prefix(upTo: target.lastIndex(of: "/") ?? target.startIndex))]
        {
            try makeDirectory(folder)
        }
        removeAbandoned(limits, except: partial)
        try reserve(offer.size, partial, limits)
        do throws(STOQError) {
            return try InboxObject(offer, partial: PlacedFile(partial), target: target) { [self] in
                release(offer.size, partial)
            }
        } catch {
            release(offer.size, partial)
            throw error
        }
    }

    private func target(of offer: TransferOffer, from peer: NodeID) throws(STOQError) -> String {
        switch offer.purpose {
        case .file(let name):
            guard Inbox.isPlain(name) else {
                throw .transfer(.refused(code: "inbox.name", text: "'\(name)' is not a plain file name"))
            }
            return separatesSenders ? "\(path)/\(peer)/\(name)" : "\(path)/\(name)"
        case .shard(let set, let index): return "\(folder(of: set.id, owner: peer))/\(index)"
        }
    }

    private func folder(of id: Digest, owner: NodeID) -> String { "\(path)/.shards/\(owner)/\(id)" }

    /// A name that stays in its directory and hides nothing.
    static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= ExtensionLimits.fileNameBytesMax && !name.hasPrefix(".")
            && name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }
    }

    private func reserve(_ bytes: UInt64, _ partial: String, _ limits: InboxLimits) throws(STOQError) {
        let held = try usage()
        let refusal: String? = state.withLock { state in
            guard !state.busy.contains(partial) else { return "the same object is on its way already" }
            let (all, isTooLarge) = (held.bytes + state.promisedBytes).addingReportingOverflow(bytes)
            guard !isTooLarge, all <= limits.bytesMax else {
                return "\(bytes) bytes are more than is left of \(limits.bytesMax)"
            }
            guard held.files + state.promisedFiles < limits.filesMax else { return "it holds \(limits.filesMax) files" }
            state.promisedBytes += bytes
            state.promisedFiles += 1
            state.busy.insert(partial)
            return nil
        }
        if let refusal { throw .transfer(.refused(code: "inbox.full", text: refusal)) }
    }

    private func release(_ bytes: UInt64, _ partial: String) {
        state.withLock { state in
            state.promisedBytes -= min(bytes, state.promisedBytes)
            state.promisedFiles = max(0, state.promisedFiles - 1)
            state.busy.remove(partial)
        }
    }

    /// What the directory holds, apart from transfers under way, which are promised.
    private func usage() throws(STOQError) -> (bytes: UInt64, files: Int) {
        let busy = state.withLock { $0.busy }
        guard let walker = FileManager.default.enumerator(atPath: path) else { return (0, 0) }
        var held: (bytes: UInt64, files: Int) = (0, 0)
        for case let name as String in walker {
            guard !busy.contains("\(path)/\(name)"), let size = try? PrivateFile.size("\(path)/\(name)"),
                walker.fileAttributes?[.type] as? FileAttributeType == .typeRegular
            else { continue }
            held.bytes += UInt64(clamping: size)
            held.files += 1
        }
        return held
    }

    private func makeDirectory(_ path: String) throws(STOQError) {
        do throws(NodeError) {
            try PrivateFile.makeDirectory(path)
        } catch {
            throw .transfer(.file(path: path, problem: "\(error)"))
        }
    }

    // MARK: Tidying

    /// Removes what unfinished transfers have left and nothing was added to for longer than the limits allow.
    /// - Parameter kept: not to be removed.
    /// - Returns: the bytes that were freed.
    @discardableResult
    package func removeAbandoned(_ limits: InboxLimits, except kept: String? = nil) -> UInt64 {
        let folder = "\(path)/.partial"
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return 0 }
        let busy = state.withLock { $0.busy }
        let oldest = Date(timeIntervalSinceNow: -3600 * Double(limits.unfinishedHoursMax))
        var freed: UInt64 = 0
        for name in names {
            let file = "\(folder)/\(name)"
            guard file != kept, !busy.contains(file),
                let attributes = try? FileManager.default.attributesOfItem(atPath: file),
                let changed = attributes[.modificationDate] as? Date, changed < oldest
            else { continue }
            freed += (attributes[.size] as? NSNumber)?.uint64Value ?? 0
            PrivateFile.removeIfPresent(file)
        }
        return freed
    }

    /// Removes what a node's unfinished transfers have left and nothing was added to for an hour; the node may run.
    package static func removeAbandoned(in directory: NodeDirectory) -> UInt64 {
        Inbox(directory.inbox, separatesSenders: true) { nil }
            .removeAbandoned(InboxLimits(bytesMax: 0, unfinishedHoursMax: 1))
    }

    // MARK: Giving back

    package func holdings(of id: Digest, owner: NodeID) throws(STOQError) -> ShardHoldings? {
        let folder = folder(of: id, owner: owner)
        guard PrivateFile.exists("\(folder)/set") else { return nil }
        let set: ShardSet
        do {
            set = try ShardSet(canonicalBytes: PrivateFile.read("\(folder)/set", limit: 1 << 20))
        } catch {
            throw .transfer(.file(path: "\(folder)/set", problem: "\(error)"))
        }
        guard set.id == id else { throw .transfer(.file(path: "\(folder)/set", problem: "it is another object's")) }
        let indices = set.roots.indices.filter { PrivateFile.exists("\(folder)/\($0)") }
        return ShardHoldings(set: set, indices: indices.map { UInt8($0) })
    }

    package func shard(_ index: UInt8, of id: Digest, owner: NodeID) throws(STOQError) -> any ObjectSource {
        let file = "\(folder(of: id, owner: owner))/\(index)"
        do throws(NodeError) {
            return try FileSource(file)
        } catch {
            throw .transfer(.file(path: file, problem: "\(error)"))
        }
    }
}
