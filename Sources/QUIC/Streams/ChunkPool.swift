/// Arrays that readers gave back, to be filled again. The connections of an endpoint share them.
final class ChunkPool {
    private var arrays: [[UInt8]] = []

    /// An empty array with room for a whole chunk.
    func take() -> [UInt8]? { arrays.popLast() }

    /// Takes an array whose bytes nobody needs any more. Those of other sizes are let go of, and those beyond a few. One
    /// that somebody else holds as well is not touched: an empty one of its size takes its place.
    func put(_ array: consuming [UInt8]) {
        guard arrays.count < Limits.pooledChunksMax,
            (ReadChunks.largest...2 * ReadChunks.largest).contains(array.capacity)
        else { return }
        array.removeAll(keepingCapacity: true)
        arrays.append(array)
    }
}
