/// Bytes to send, which can be read more than once.
package protocol ObjectSource: Sendable {
    /// Bytes of the object.
    var size: UInt64 { get }
    /// Reads `length` bytes from `offset`; fewer only when the object has become shorter.
    func read(offset: UInt64, length: Int) throws(STOQError) -> [UInt8]
}

extension ObjectSource {
    /// Goes once through the object and cuts it into pieces of one size.
    package func list(pieceBytes: Int) throws(STOQError) -> PieceList {
        var list = PieceList()
        var offset: UInt64 = 0
        while offset < size {
            let bytes = try read(offset: offset, length: pieceBytes)
            guard !bytes.isEmpty else { throw .transfer(.damaged("the object became shorter")) }
            try list.append(Piece(bytes))
            offset += UInt64(bytes.count)
        }
        return list
    }

    /// Goes once through the object and cuts it where its content says.
    package func list(cutter sizes: ContentCutter.Sizes) throws(STOQError) -> PieceList {
        var list = PieceList()
        var cutter = ContentCutter(sizes)
        var piece: [UInt8] = []
        var offset: UInt64 = 0
        while offset < size {
            let bytes = try read(offset: offset, length: 1 << 20)
            guard !bytes.isEmpty else { throw .transfer(.damaged("the object became shorter")) }
            offset += UInt64(bytes.count)
            var start = 0
            while start < bytes.count {
                let (count, isCut) = bytes.withUnsafeBytes {
                    cutter.take(UnsafeRawBufferPointer(rebasing: $0[start...]))
                }
                piece += bytes[start..<start + count]
                start += count
                guard isCut else { continue }
                try list.append(Piece(piece))
                piece.removeAll(keepingCapacity: true)
            }
        }
        if !piece.isEmpty { try list.append(Piece(piece)) }
        return list
    }
}

/// Bytes in memory.
package struct MemorySource: ObjectSource {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var size: UInt64 { UInt64(bytes.count) }

    package func read(offset: UInt64, length: Int) throws(STOQError) -> [UInt8] {
        guard offset < size, length > 0 else { return [] }
        return Array(bytes[Int(offset)...].prefix(length))
    }
}
