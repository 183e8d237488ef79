package import Canonical

/// A Julia program as published: its sources and everything that its result depends on. Its name in the mesh is
/// the hash of this content, so that a run can be repeated bit by bit anywhere.
package struct Program: Sendable, Hashable {
    /// For people; not unique.
    package let name: String
    /// Ascending by path, each path once.
    package let files: [ProgramFile]
    /// The function that a job calls, `main` by custom.
    package let entry: String
    /// Version of the language, as `Julia` names it.
    package let languageVersion: String
    /// Identifies the virtual machine's semantics.
    package let machineVersion: Digest
    /// Identifies what each instruction costs in fuel.
    package let priceTable: Digest
    package let limits: ProgramLimits

    package init(
        name: String, files: [ProgramFile], entry: String = "main", languageVersion: String, machineVersion: Digest,
        priceTable: Digest, limits: ProgramLimits
    ) throws(CatalogError) {
        self.name = name
        self.files = files.sorted { $0.path < $1.path }
        self.entry = entry
        self.languageVersion = languageVersion
        self.machineVersion = machineVersion
        self.priceTable = priceTable
        self.limits = limits
        try validate()
    }

    /// Hash of the canonical encoding.
    package var id: ProgramID { ProgramID(Digest(.program, of: self)) }

    private func validate() throws(CatalogError) {
        let names = [name, entry, languageVersion]
        guard names.allSatisfy({ !$0.isEmpty && $0.utf8.count <= CatalogLimits.nameBytesMax }) else {
            throw .malformedProgram(
                "name, entry and language version have 1 to \(CatalogLimits.nameBytesMax) bytes each")
        }
        guard !files.isEmpty, files.count <= CatalogLimits.filesMax else {
            throw .malformedProgram("it has 1 to \(CatalogLimits.filesMax) files")
        }
        for (left, right) in zip(files, files.dropFirst()) where left.path >= right.path {
            throw .malformedProgram("its files are not in ascending order of distinct paths")
        }
        for file in files where !Program.isPlain(file.path) {
            throw .malformedProgram("'\(file.path)' is not a plain relative path")
        }
        guard files.reduce(0, { $0 + $1.source.utf8.count }) <= CatalogLimits.sourceBytesMax else {
            throw .malformedProgram("its sources exceed \(CatalogLimits.sourceBytesMax) bytes")
        }
    }

    // No absolute path, no empty part, no `.` or `..`, no control character.
    private static func isPlain(_ path: String) -> Bool {
        guard !path.isEmpty, path.utf8.count <= CatalogLimits.pathBytesMax else { return false }
        guard path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }) else { return false }
        return path.split(separator: "/", omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }
}

extension Program: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(name)
        encoder.encode(files)
        encoder.encode(entry)
        encoder.encode(languageVersion)
        encoder.encode(machineVersion)
        encoder.encode(priceTable)
        encoder.encode(limits)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        name = try decoder.decodeString(limit: CatalogLimits.nameBytesMax)
        files = try decoder.decodeArray(of: ProgramFile.self, limit: CatalogLimits.filesMax)
        entry = try decoder.decodeString(limit: CatalogLimits.nameBytesMax)
        languageVersion = try decoder.decodeString(limit: CatalogLimits.nameBytesMax)
        machineVersion = try decoder.decode(Digest.self)
        priceTable = try decoder.decode(Digest.self)
        limits = try decoder.decode(ProgramLimits.self)
        do throws(CatalogError) {
            try validate()
        } catch {
            throw .invalidValue(offset: decoder.offset, rule: error.description)
        }
    }
}
