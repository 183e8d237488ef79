package import Canonical
import MerkleTree

/// One key's new value; nil removes it.
package struct StateChange: Sendable, Hashable {
    package let key: StateKey
    package let value: [UInt8]?

    package init(key: StateKey, value: [UInt8]?) {
        self.key = key
        self.value = value
    }

    var treeUpdate: JellyfishUpdate {
        JellyfishUpdate(
            key: Digest(.stateKey, key.bytes), valueHash: value.map { Digest(.stateValue, $0) })
    }
}

extension StateChange: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(key)
        encoder.encode(value != nil)
        if let value { encoder.encodeBytes(value) }
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        key = try decoder.decode(StateKey.self)
        value = try decoder.decode(Bool.self) ? try decoder.decodeBytes() : nil
    }
}
