import Canonical
import Satchel
import Synchronization

/// Allocations of one kind, each with its control group where the host has them. Every change is whole: when the kernel
/// refuses, the books stand as they were.
final class GroupedAllocations: Sendable {
    /// Sets the kernel's limit for an amount.
    typealias Limit = @Sendable (ControlGroup, UInt64) -> Result<[ResourceLimit], AdapterError>

    private struct State: Sendable {
        var book: AllocationBook
        var groups: [Digest: ControlGroup] = [:]
    }

    private let state: Mutex<State>
    private let groups: GrantGroups
    private let controller: ControlGroupHost.Controller
    /// What is said where nothing enforces the limit.
    private let advisoryControl: String
    private let limit: Limit

    init(
        kind: AssetKind, lendable: UInt64, groups: GrantGroups, controller: ControlGroupHost.Controller,
        advisoryControl: String, limit: @escaping Limit
    ) {
        state = Mutex(State(book: AllocationBook(kind: kind, lendable: lendable)))
        self.groups = groups
        self.controller = controller
        self.advisoryControl = advisoryControl
        self.limit = limit
    }

    var lendable: UInt64 { state.withLock(\.book.lendable) }
    var allocated: UInt64 { state.withLock(\.book.allocated) }

    func allocate(_ request: AllocationRequest) throws(AdapterError) -> Allocation {
        try change { state throws(AdapterError) in
            try state.book.admit(request)
            let group = try groups.join(request.id, controller)
            do throws(AdapterError) {
                return try note(request.id, request.amount, group, &state)
            } catch {
                if let group { try groups.leave(group) }
                throw error
            }
        }
    }

    func resize(_ id: Digest, to amount: UInt64) throws(AdapterError) -> Allocation {
        try change { state throws(AdapterError) in
            try state.book.admit(id, resizedTo: amount)
            let old = try state.book.allocation(id).amount
            let group = state.groups[id]
            do throws(AdapterError) {
                return try note(id, amount, group, &state)
            } catch {
                // Part of the new limit may stand: set the old one again.
                if let group { _ = try limit(group, old).get() }
                throw error
            }
        }
    }

    func release(_ id: Digest) throws(AdapterError) {
        try change { state throws(AdapterError) in
            _ = try state.book.allocation(id)
            if let group = state.groups[id] { try groups.leave(group) }
            state.groups[id] = nil
            state.book.remove(id)
        }
    }

    func allocation(_ id: Digest) throws(AdapterError) -> Allocation {
        try change { state throws(AdapterError) in try state.book.allocation(id) }
    }

    /// The group of a standing allocation; nil where the host has none.
    func group(_ id: Digest) throws(AdapterError) -> ControlGroup? {
        try change { state throws(AdapterError) in
            _ = try state.book.allocation(id)
            return state.groups[id]
        }
    }

    private func note(
        _ id: Digest, _ amount: UInt64, _ group: ControlGroup?, _ state: inout State
    ) throws(AdapterError) -> Allocation {
        let advisory = [ResourceLimit(control: advisoryControl, value: amount, isEnforced: false)]
        let limits = try group.map { limit($0, amount) }?.get() ?? advisory
        let allocation = Allocation(
            id: id, kind: state.book.kind, amount: amount, handles: group?.directories ?? [], limits: limits)
        state.book.note(allocation)
        state.groups[id] = group
        return allocation
    }

    private func change<Value: Sendable>(
        _ body: (inout State) throws(AdapterError) -> Value
    ) throws(AdapterError) -> Value {
        let result: Result<Value, AdapterError> = state.withLock { state in
            do throws(AdapterError) { return .success(try body(&state)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
