import Canonical
import Satchel
import Synchronization

/// The control groups of grants. Adapters share it because in version 2 a process is in one group only, which must then
/// carry the limits of all its grants; the group goes when the last adapter leaves it.
package final class GrantGroups: Sendable {
    /// Nil where the host lets us make no groups: limits are then advisory.
    package let host: ControlGroupHost?
    private let users = Mutex<[String: Int]>([:])

    /// - Parameter host: nil makes no groups.
    package init(host: ControlGroupHost? = ControlGroupHost()) {
        self.host = host
    }

    /// The grant's group for one controller; nil where there are none.
    func join(_ id: Digest, _ controller: ControlGroupHost.Controller) throws(AdapterError) -> ControlGroup? {
        guard let host else { return nil }
        let name = Hexadecimal.encode(id.bytes.prefix(16))
        let result: Result<ControlGroup, AdapterError> = users.withLock { users in
            do throws(AdapterError) {
                let group = try ControlGroup(host, name: name, controllers: [controller])
                for directory in group.directories { users[directory, default: 0] += 1 }
                return .success(group)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Removes the group if no other adapter is in it. Refused while processes are.
    func leave(_ group: ControlGroup) throws(AdapterError) {
        let isRemoved = users.withLock { users in
            let isLast = group.directories.allSatisfy { users[$0, default: 0] <= 1 }
            guard !isLast || group.remove() else { return false }
            for directory in group.directories {
                let left = users[directory, default: 0] - 1
                users[directory] = left > 0 ? left : nil
            }
            return true
        }
        guard isRemoved else {
            throw .invalidRequest("processes still run in \(group.directories.joined(separator: ", "))")
        }
    }
}
