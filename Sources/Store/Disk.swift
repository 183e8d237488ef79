/// The one seam between the logs and a disk: production uses `DirectoryDisk`, the simulator a disk that tears, loses
/// and flips what it is given.
package protocol Disk {
    /// Names of all files, in ascending order.
    func fileNames() throws(StoreError) -> [String]
    func read(_ name: String) throws(StoreError) -> [UInt8]
    /// `count` bytes from `offset`; fewer when the file ends.
    func read(_ name: String, at offset: Int, count: Int) throws(StoreError) -> [UInt8]
    /// Makes a file of `size` zero bytes; durable after `sync`.
    mutating func create(_ name: String, size: Int) throws(StoreError)
    /// Overwrites from `offset`, growing the file if need be; durable after `sync`.
    mutating func write(_ name: String, at offset: Int, _ bytes: [UInt8]) throws(StoreError)
    mutating func sync(_ name: String) throws(StoreError)
    /// Puts `bytes` in the place of the file, durable and all at once.
    mutating func replace(_ name: String, with bytes: [UInt8]) throws(StoreError)
    mutating func remove(_ name: String) throws(StoreError)
}
