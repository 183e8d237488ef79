// swift-tools-version: 6.2
import Foundation
import PackageDescription

// One target a module, listed floor by floor (see ARCHITECTURE.md). A module imports only what
// stands on a lower floor; HouseTests checks it.
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let deques: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")

// The eBPF programs need libbpf (Debian: libbpf-dev, which scripts/setup.sh installs). Without it everything builds all
// the same, and `hypermesh stoq ebpf status` says what is missing. `HYPERMESH_WITHOUT_LIBBPF=1` builds so where it is there.
let hasLibbpf =
    Context.environment["HYPERMESH_WITHOUT_LIBBPF"] == nil
    && FileManager.default.fileExists(atPath: "/usr/include/bpf/libbpf.h")
// AES-GCM by Intel's library (Debian: libipsec-mb-dev), where the processor has vector AES; BoringSSL does the same elsewhere.
// `HYPERMESH_WITHOUT_IPSECMB=1` builds without it where it is there.
let hasIPSecMB =
    Context.environment["HYPERMESH_WITHOUT_IPSECMB"] == nil
    && FileManager.default.fileExists(atPath: "/usr/include/intel-ipsec-mb.h")
if !hasLibbpf { print("libbpf-dev is not installed: building without eBPF") }

var targets: [Target] = [
    // Floor 0: ground
    .target(name: "Falcon"),
    .target(name: "Canonical", dependencies: [crypto]),
    .target(name: "MerkleTree", dependencies: ["Canonical"]),

    // Floor 1: cores
    .target(name: "TLS", dependencies: ["Canonical", crypto, cryptoExtras]),
    .target(
        name: "QUIC",
        dependencies: ["TLS", "Canonical", crypto, cryptoExtras, deques] + (hasIPSecMB ? ["CIPSecMB"] : [])),
    .target(
        name: "TrustChain",
        dependencies: ["Canonical", "Falcon", "MerkleTree", crypto, cryptoExtras, asn1]
    ),
    .target(name: "ProofOfState", dependencies: ["Canonical", "Falcon", "MerkleTree", crypto]),
    .target(name: "Satchel", dependencies: ["Canonical"]),
    .target(name: "Julia", dependencies: ["Canonical"]),
    .target(name: "Catalog", dependencies: ["Canonical", "Falcon", "MerkleTree"]),
    .target(name: "Caesar", dependencies: ["Canonical"]),

    // Floor 2: the replicated state machine
    .target(
        name: "Ledger",
        dependencies: [
            "Canonical", "Falcon", "MerkleTree", "ProofOfState", "TrustChain", "Satchel", "Catalog", "Caesar",
        ]
    ),

    // Floor 3: edges
    .target(name: "CLinux"),
    .target(
        name: "STOQKernel", dependencies: hasLibbpf ? ["CLibbpf"] : [], exclude: ["BPF"],
        plugins: hasLibbpf ? [.plugin(name: "EmbedBPF")] : []),
    .target(name: "Store", dependencies: ["Canonical"]),
    .target(
        name: "STOQ",
        dependencies: [
            "Canonical", "CLinux", "Falcon", "MerkleTree", "QUIC", "STOQKernel", "TLS", "TrustChain", crypto, logging,
        ]
    ),
    .target(name: "Adapters", dependencies: ["Canonical", "CLinux", "Satchel", "Julia", logging]),

    // Floor 4: one mesh node
    .target(
        name: "Node",
        dependencies: [
            "Canonical", "Falcon", "MerkleTree", "ProofOfState", "TrustChain", "Satchel", "Catalog", "Caesar",
            "Julia", "Ledger", "CLinux", "Store", "STOQKernel", "STOQ", "Adapters", logging, yaml,
        ]
    ),

    // Floor 5: programs
    .target(
        name: "Simulator",
        dependencies: ["Canonical", "Falcon", "MerkleTree", "ProofOfState", "Ledger", "Caesar", "Store"]
    ),
    .target(
        name: "STOQBenchmark",
        dependencies: ["Canonical", "CLinux", "Falcon", "QUIC", "STOQ", "TLS", "TrustChain", arguments, logging]
    ),
    .target(name: "LinkSimulator", dependencies: ["Canonical", "QUIC", "TLS", crypto, deques]),
    .executableTarget(name: "hypermesh-simulator", dependencies: ["Simulator", arguments]),
    .executableTarget(
        name: "hypermesh",
        dependencies: ["Node", "STOQ", "STOQKernel", "Simulator", "STOQBenchmark", arguments, logging, yaml]),
    .executableTarget(
        name: "conformance",
        dependencies: [
            "Canonical", "Falcon", "MerkleTree", "TLS", "QUIC", "STOQ", "CLinux", crypto, cryptoExtras, arguments,
        ]
    ),
]

if hasIPSecMB {
    targets.append(.target(name: "CIPSecMB", linkerSettings: [.linkedLibrary("IPSec_MB")]))
}
if hasLibbpf {
    targets += [
        .systemLibrary(name: "CLibbpf", pkgConfig: "libbpf", providers: [.apt(["libbpf-dev"])]),
        .plugin(name: "EmbedBPF", capability: .buildTool(), exclude: ["embed.sh"]),
    ]
}

// A module's tests may import what the module imports.
let testedModules = [
    "Falcon", "Canonical", "MerkleTree", "TLS", "QUIC", "TrustChain", "ProofOfState", "Satchel", "Julia", "Catalog",
    "Caesar", "Ledger", "Store", "STOQKernel", "STOQ", "Adapters", "Node", "Simulator",
    "LinkSimulator",
]
for target in targets where testedModules.contains(target.name) {
    let fixtures = FileManager.default.fileExists(
        atPath: "\(Context.packageDirectory)/Tests/\(target.name)Tests/Fixtures")
    targets.append(
        .testTarget(
            name: "\(target.name)Tests",
            dependencies: [.target(name: target.name)] + target.dependencies
                + (target.name == "QUIC" ? ["CLinux"] : []),
            exclude: fixtures ? ["Fixtures"] : []
        )
    )
}
targets += [
    .testTarget(name: "HouseTests"),
    .testTarget(name: "ExamplesTests", dependencies: ["stoq-echo", "stoq-copy"]),
    .testTarget(
        name: "EndToEndTests", dependencies: ["hypermesh", "conformance", "Canonical", "Node", "STOQKernel"]),
]

// Programs outside Sources: benchmarks, and checks that only run where valgrind is installed.
targets.append(
    .executableTarget(
        name: "falcon-benchmark", dependencies: ["Falcon"], path: "Benchmarks/falcon", exclude: ["peer.py", "run.sh"]))
targets.append(
    .executableTarget(
        name: "agreement-benchmark",
        dependencies: ["Canonical", "Ledger", "Node", "ProofOfState", "STOQ", "STOQBenchmark", arguments, logging],
        path: "Benchmarks/agreement", exclude: ["compare.py", "run.sh"]))
targets.append(
    .executableTarget(
        name: "jellyfish-benchmark", dependencies: ["Canonical", "MerkleTree"], path: "Benchmarks/jellyfish"))
targets.append(
    .executableTarget(
        name: "julia-benchmark", dependencies: ["Julia"], path: "Benchmarks/julia", exclude: ["programs"]))
targets.append(
    .executableTarget(name: "shard-benchmark", dependencies: ["Canonical", "STOQ"], path: "Benchmarks/shards"))
targets += [
    .target(name: "CAllocationCount", path: "Benchmarks/allocations"),
    .executableTarget(
        name: "stoq-bench", dependencies: ["STOQBenchmark", "CAllocationCount", arguments], path: "Benchmarks/stoq"),
]
targets.append(
    .executableTarget(
        name: "quic-benchmark", dependencies: ["Canonical", "QUIC", "TLS", crypto], path: "Benchmarks/quic"))
targets.append(
    .executableTarget(
        name: "stoq-soak", dependencies: ["Canonical", "QUIC", "STOQ", arguments, crypto, logging],
        path: "Benchmarks/stoq-soak"))
targets.append(.executableTarget(name: "stoq-echo", dependencies: ["Canonical", "STOQ"], path: "examples/stoq-echo"))
targets.append(
    .executableTarget(
        name: "stoq-copy", dependencies: ["Canonical", "QUIC", "STOQ", crypto], path: "examples/stoq-copy"))
targets.append(
    .executableTarget(
        name: "stoq-links", dependencies: ["LinkSimulator", "QUIC", arguments], path: "Benchmarks/stoq-links"))
targets.append(
    .executableTarget(
        name: "stoq-wire", dependencies: ["Canonical", "LinkSimulator", "QUIC", "STOQ", "TLS", arguments],
        path: "Benchmarks/stoq-wire"))
targets.append(
    .executableTarget(
        name: "link-emulator", dependencies: ["CLinux", "Canonical", arguments, deques],
        path: "Benchmarks/link-emulator"))
if Context.environment["HYPERMESH_MEMCHECK"] != nil {
    targets += [
        .target(name: "CValgrind"),
        .executableTarget(
            name: "falcon-memcheck", dependencies: ["Falcon", "CValgrind"], path: "Benchmarks/falcon-memcheck"),
    ]
}

// Programs that libFuzzer drives (scripts/fuzz.sh): optimized, with the compiler's checks and address sanitizer left in.
let isFuzzing = Context.environment["HYPERMESH_FUZZ"] != nil
let fuzzedModules = ["Canonical", "Falcon", "QUIC", "TLS", "TrustChain", "hypermesh-fuzz"]
if isFuzzing {
    targets.append(
        .executableTarget(
            name: "hypermesh-fuzz", dependencies: ["Canonical", "Falcon", "QUIC", "TLS", "TrustChain", crypto],
            path: "Fuzz/hypermesh-fuzz",
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]))
}

let packages: [String: Package.Dependency] = [
    "swift-crypto": .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    "swift-asn1": .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
    "swift-argument-parser": .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    "swift-collections": .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    "swift-log": .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    "Yams": .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
]

// `HYPERMESH_ONLY=Falcon,TLS swift build` limits the package to some modules, their tests and what
// they import, so that a core builds in seconds without the packages that it does not use.
func packageName(of dependency: Target.Dependency) -> String? {
    guard case .productItem(_, let package, _, _) = dependency else { return nil }
    return package
}

func moduleName(of dependency: Target.Dependency) -> String? {
    switch dependency {
    case .targetItem(let name, _), .byNameItem(let name, _): name
    default: nil
    }
}

func pluginName(of usage: Target.PluginUsage) -> String? {
    guard case .plugin(let name, _) = usage else { return nil }
    return name
}

if let only = Context.environment["HYPERMESH_ONLY"] {
    let named = only.split(separator: ",").map(String.init)
    var wanted = Set(named + named.map { $0 + "Tests" })
    var grew = true
    while grew {
        let needed = targets.filter { wanted.contains($0.name) }
            .flatMap { $0.dependencies.compactMap(moduleName) + ($0.plugins ?? []).compactMap(pluginName) }
        grew = !wanted.isSuperset(of: needed)
        wanted.formUnion(needed)
    }
    targets.removeAll { !wanted.contains($0.name) }
}
targets.removeAll { target in
    let home =
        switch target.type {
        case .test: "Tests"
        case .plugin: "Plugins"
        default: "Sources"
        }
    let folder = target.path ?? "\(home)/\(target.name)"
    return !FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(folder)")
}
let usedPackages = Set(targets.flatMap { $0.dependencies.compactMap(packageName) })

for target in targets where target.type != .system && target.type != .plugin {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
    if isFuzzing, fuzzedModules.contains(target.name) {
        target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"]))
    }
    if hasLibbpf, ["STOQKernel", "STOQKernelTests"].contains(target.name) {
        target.swiftSettings?.append(.define("HYPERMESH_EBPF"))
    }
    if hasIPSecMB, ["QUIC", "QUICTests"].contains(target.name) {
        target.swiftSettings?.append(.define("HYPERMESH_IPSECMB"))
    }
}

// What other packages may use (CHANGELOG.md).
let libraries: [Product] = ["Falcon", "Canonical", "TLS", "QUIC", "STOQ", "Julia"]
    .filter { name in targets.contains { $0.name == name } }
    .map { .library(name: $0, targets: [$0]) }

let package = Package(
    name: "HyperMesh",
    products: libraries,
    dependencies: packages.filter { usedPackages.contains($0.key) }.map(\.value),
    targets: targets
)
