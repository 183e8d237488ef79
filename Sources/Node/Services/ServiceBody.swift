import Canonical
import STOQ

/// Bodies of requests.
enum ServiceBody {
    /// Reads one value, and refuses everything else as `malformed`.
    static func decode<T: CanonicalDecodable>(_: T.Type, _ bytes: [UInt8]) throws(ServiceFailure) -> T {
        do throws(BCSError) {
            return try T(canonicalBytes: bytes)
        } catch {
            throw ServiceFailure(code: "malformed", message: "\(error)")
        }
    }
}
