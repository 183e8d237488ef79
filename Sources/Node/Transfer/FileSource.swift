package import STOQ

/// A file to send. It is read in places, so its size in memory does not matter.
package struct FileSource: ObjectSource {
    private let file: RandomAccessFile
    private let path: String
    package let size: UInt64

    package init(_ path: String) throws(NodeError) {
        file = try RandomAccessFile(path)
        size = UInt64(clamping: try PrivateFile.size(path))
        self.path = path
    }

    package func read(offset: UInt64, length: Int) throws(STOQError) -> [UInt8] {
        guard offset < size else { return [] }
        let count = Int(min(UInt64(max(0, length)), size - offset))
        guard let place = Int(exactly: offset), let bytes = file.read(at: place, count: count) else {
            throw .transfer(.file(path: path, problem: "it cannot be read at byte \(offset), or became shorter"))
        }
        return bytes
    }
}
