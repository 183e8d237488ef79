/// Who may import whom (ARCHITECTURE.md).
enum HouseFloors {
    static let ground: Set<String> = ["Falcon", "Canonical", "MerkleTree"]
    static let cores: Set<String> = [
        "Canonical", "MerkleTree", "TLS", "QUIC", "TrustChain", "ProofOfState", "Satchel", "Catalog", "Caesar",
        "Ledger",
        "Julia",
    ]
    private static let floor1: Set<String> = [
        "TLS", "QUIC", "TrustChain", "ProofOfState", "Satchel", "Julia", "Catalog", "Caesar",
    ]
    private static let edges: Set<String> = ["CLinux", "Store", "STOQKernel", "STOQ", "Adapters"]
    private static let all = ground.union(floor1).union(edges).union([
        "Ledger", "Node", "Simulator", "STOQBenchmark", "LinkSimulator",
    ])

    /// Modules of the house that each module may import.
    static let allowed: [String: Set<String>] = [
        "Falcon": [],
        "Canonical": [],
        "MerkleTree": ["Canonical"],
        "TLS": ground,
        "QUIC": ground.union(["TLS", "CIPSecMB"]),
        "TrustChain": ground,
        "ProofOfState": ground,
        "Satchel": ground,
        "Julia": ground,
        "Catalog": ground,
        "Caesar": ground,
        "Ledger": ground.union(floor1),
        "CLinux": [],
        "CLibbpf": [],
        "CIPSecMB": [],
        "STOQKernel": ["CLibbpf"],
        "Store": ground,
        "STOQ": ground.union(["QUIC", "TLS", "TrustChain", "CLinux", "STOQKernel"]),
        "Adapters": ground.union(["Satchel", "Julia", "CLinux"]),
        "Node": ground.union(floor1).union(edges).union(["Ledger"]),
        "Simulator": ground.union(floor1).union(["Ledger", "Store"]),
        "STOQBenchmark": ground.union(["QUIC", "TLS", "TrustChain", "CLinux", "STOQ"]),
        "LinkSimulator": ["Canonical", "QUIC", "TLS"],
        "hypermesh": all,
        "hypermesh-simulator": all,
        "conformance": all,
    ]
}
