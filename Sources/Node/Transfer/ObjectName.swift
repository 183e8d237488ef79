package import Canonical
import STOQ

/// What finds and opens an object that was spread over peers as shards: its owner keeps it, nobody else needs it.
package struct ObjectName: Sendable, Hashable, CustomStringConvertible {
    /// By which its shards are found.
    package let object: Digest
    /// By which it is opened, 32 bytes.
    package let key: [UInt8]

    init(object: Digest, key: [UInt8]) {
        self.object = object
        self.key = key
    }

    /// Reads `OBJECT:KEY`, each of 64 hexadecimal digits.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let object = Digest(hexadecimal: String(parts[0])),
            let key = Digest(hexadecimal: String(parts[1]))
        else { return nil }
        self.object = object
        self.key = Array(key.bytes)
    }

    /// The key in hexadecimal.
    var keyText: String { Hexadecimal.encode(key) }

    package var description: String { "\(object):\(keyText)" }
}
