import Testing

@testable import STOQKernel

@Suite struct KernelSupportTests {
    @Test func `the probe names every need and what was found`() {
        let support = KernelSupport.probe()
        #expect(support.requirements.map(\.name).starts(with: ["libbpf", "bpf(2)", "CAP_BPF", "CAP_NET_ADMIN"]))
        #expect(support.requirements.allSatisfy { !$0.found.isEmpty && !$0.remedy.isEmpty && !$0.neededFor.isEmpty })
        #expect(support.missing.isEmpty == support.isUsable)
    }

    @Test func `a refusal names what is missing`() {
        let error = KernelError.refused(step: "load the programs", errno: 1, missing: ["CAP_BPF"])
        #expect(error.description == "the kernel refused to load the programs (errno 1); missing: CAP_BPF")
    }
}
