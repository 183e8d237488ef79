/// An object as its sealed form, or the other way round, worked out as it is read.
package struct SealedSource: ObjectSource {
    private let source: any ObjectSource
    private let seal: ObjectSeal
    private let isOpening: Bool
    /// Bytes of what is read here.
    package let size: UInt64

    /// The sealed form of an object.
    package init(sealing object: any ObjectSource, with seal: ObjectSeal) throws(STOQError) {
        guard let size = ObjectSeal.sealedSize(of: object.size) else {
            throw .transfer(.damaged("an object of \(object.size) bytes is too large to be sealed"))
        }
        self.init(object, seal, isOpening: false, size: size)
    }

    /// The object of a sealed form.
    /// - Throws: `damaged` when no object has a sealed form of this length.
    package init(opening sealed: any ObjectSource, with seal: ObjectSeal) throws(STOQError) {
        guard let size = ObjectSeal.plainSize(of: sealed.size) else {
            throw .transfer(.damaged("\(sealed.size) bytes are not the sealed form of an object"))
        }
        self.init(sealed, seal, isOpening: true, size: size)
    }

    private init(_ source: any ObjectSource, _ seal: ObjectSeal, isOpening: Bool, size: UInt64) {
        self.source = source
        self.seal = seal
        self.isOpening = isOpening
        self.size = size
    }

    /// Bytes of a block there and here.
    private var blockBytes: (there: UInt64, here: UInt64) {
        let plain = UInt64(ObjectSeal.plainBlockBytes)
        let sealed = plain + UInt64(ObjectSeal.tagBytes)
        return isOpening ? (sealed, plain) : (plain, sealed)
    }

    package func read(offset: UInt64, length: Int) throws(STOQError) -> [UInt8] {
        guard offset < size, length > 0 else { return [] }
        let end = offset + min(UInt64(length), size - offset)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(end - offset))
        var block = offset / blockBytes.here
        while block * blockBytes.here < end {
            let start = block * blockBytes.here
            let whole = try self.block(block)
            let from = Int(max(offset, start) - start)
            let to = Int(min(end - start, UInt64(whole.count)))
            guard from < to else { throw .transfer(.damaged("the object became shorter")) }
            bytes += whole[from..<to]
            block += 1
        }
        return bytes
    }

    private func block(_ number: UInt64) throws(STOQError) -> [UInt8] {
        let start = number * blockBytes.there
        let length = min(blockBytes.there, source.size - min(start, source.size))
        let bytes = try source.read(offset: start, length: Int(length))
        guard bytes.count == Int(length) else { throw .transfer(.damaged("the object became shorter")) }
        let isLast = start + length == source.size
        return try isOpening
            ? seal.open(bytes, block: number, isLast: isLast) : seal.seal(bytes, block: number, isLast: isLast)
    }
}
