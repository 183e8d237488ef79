import Caesar
package import Canonical
import Falcon
package import Ledger
import ProofOfState
import TrustChain

/// Founds a mesh on this machine: a root authority, a person, nodes, their certificates and plots, and the genesis
/// that binds them.
package struct MeshFounder: Sendable {
    package struct Plan: Sendable {
        package var name = "local"
        package var nodeCount = 4
        /// UDP port of the first node; 0 lets the system choose free ones.
        package var basePort: UInt16 = 0
        package var plotDepth = PlotFile.standardDepth
        /// What each node bonds, out of the community's part.
        package var bond = Amount(caes: 1000)
        /// What the founding person gets to spend, out of the public part.
        package var userBalance = Amount(caes: 10_000)
        /// What each node gets to pay its fees with.
        package var nodeBalance = Amount(caes: 100)

        package init() {}
    }

    private let directory: MeshDirectory
    private let plan: Plan
    private let now: Timestamp

    package init(directory: MeshDirectory, plan: Plan) {
        self.directory = directory
        self.plan = plan
        now = WallClock().now
    }

    /// Makes everything. `progress` hears what is being done. The description is written last, so that a mesh exists
    /// whole or not at all.
    package func found(progress: @Sendable (String) -> Void) async throws(NodeError) -> MeshDescription {
        guard !directory.hasMesh else { throw .meshExists(directory: directory.path) }
        progress("making the root authority")
        let authority = try makeAuthority()
        progress("making keys and certificates of \(plan.nodeCount) nodes and one person")
        var members: [Founded] = []
        for number in 1...max(plan.nodeCount, 1) {
            members.append(
                try makeIdentity(
                    directory.node(number).identity, name: "node-\(number)", profile: .node, authority: authority))
        }
        let user = try makeIdentity(directory.user, name: "founder", profile: .person, authority: authority)
        progress("filling \(members.count + 2) plots of \((32 << Int(plan.plotDepth)) >> 20) MiB")
        let operatorKey = try operatorIdentity(authority)
        let people = [user, operatorKey]
        let plots = try await plots(of: members + people)
        let ports = try freePorts()
        let genesis = makeGenesis(authority, members, people, plots: plots, ports: ports)
        for number in 1...members.count {
            try PrivateFile.write(genesis.canonicalBytes, to: directory.node(number).genesis, isSecret: false)
        }
        let description = MeshDescription(
            name: plan.name, network: genesis.networkID.description,
            nodes: zip(members, ports).enumerated().map { index, member in
                .init(name: "node-\(index + 1)", address: "[::1]:\(member.1)", id: member.0.id.description)
            })
        try description.write(to: directory)
        return description
    }

    // MARK: Identities

    private struct Founded: Sendable {
        let directory: IdentityDirectory
        let key: Falcon1024.PrivateKey
        let certificate: TrustChain.Certificate

        var id: NodeID { NodeID(publicKey: key.publicKey.rawRepresentation) }
    }

    private var certificateTime: CertificateTime { CertificateTime(now) }

    private func makeKey(_ directory: IdentityDirectory) throws(NodeError) -> Falcon1024.PrivateKey {
        try PrivateFile.makeDirectory(directory.path)
        let key: Falcon1024.PrivateKey
        do throws(FalconError) {
            key = try Falcon1024.PrivateKey()
        } catch {
            throw .falcon(error)
        }
        try PrivateFile.write(PrivateKeyFile.encode(key), to: directory.key)
        return key
    }

    private func makeAuthority() throws(NodeError) -> Authority {
        let key = try makeKey(directory.root)
        let authority: Authority
        do throws(TrustChainError) {
            authority = try Authority(
                root: DistinguishedName(commonName: "\(plan.name) root", organization: "HyperMesh"), key: key,
                serial: try serial(), now: certificateTime)
        } catch {
            throw .trust(error)
        }
        try PrivateFile.write(authority.certificate.pem, to: directory.authority, isSecret: false)
        return authority
    }

    /// A person's certificate for the authority's own key, with which the operator submits operations.
    private func operatorIdentity(_ authority: Authority) throws(NodeError) -> Founded {
        let text = try PrivateFile.readText(directory.root.key)
        let key: Falcon1024.PrivateKey
        do throws(TrustChainError) {
            key = try PrivateKeyFile.decode(text)
        } catch {
            throw .trust(error)
        }
        return try certify(key, directory.root, name: "operator", profile: .person, authority: authority)
    }

    private func serial() throws(TrustChainError) -> SerialNumber {
        var random = SystemRandomSource()
        return try SerialNumber(random: random.bytes(16))
    }

    private func makeIdentity(
        _ directory: IdentityDirectory,
        name: String,
        profile: CertificateProfile,
        authority: Authority
    ) throws(NodeError) -> Founded {
        try certify(try makeKey(directory), directory, name: name, profile: profile, authority: authority)
    }

    private func certify(
        _ key: Falcon1024.PrivateKey,
        _ directory: IdentityDirectory,
        name: String,
        profile: CertificateProfile,
        authority: Authority
    ) throws(NodeError) -> Founded {
        let certificate: TrustChain.Certificate
        do throws(TrustChainError) {
            let request = try CertificateRequest(
                subject: DistinguishedName(commonName: name, organization: "HyperMesh"), names: [], key: key)
            certificate = try authority.issue(request, profile: profile, serial: try serial(), now: certificateTime)
        } catch {
            throw .trust(error)
        }
        try PrivateFile.write(
            certificate.pem + authority.certificate.pem, to: directory.certificate, isSecret: false)
        return Founded(directory: directory, key: key, certificate: certificate)
    }

    private func plots(of members: [Founded]) async throws(NodeError) -> [PlotCommitment] {
        let depth = plan.plotDepth
        let results = await withTaskGroup(of: (Int, Result<PlotCommitment, NodeError>).self) { group in
            for (index, member) in members.enumerated() {
                group.addTask { (index, MeshFounder.plot(of: member, depth: depth)) }
            }
            var results: [(Int, Result<PlotCommitment, NodeError>)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }
        }
        var plots: [PlotCommitment] = []
        for (_, result) in results { plots.append(try result.get()) }
        return plots
    }

    private static func plot(of member: Founded, depth: UInt8) -> Result<PlotCommitment, NodeError> {
        do throws(NodeError) {
            return .success(
                try PlotFile.open(member.directory.plot, subject: member.id, depth: depth).commitment)
        } catch {
            return .failure(error)
        }
    }

    // MARK: Genesis

    private func freePorts() throws(NodeError) -> [UInt16] {
        if plan.basePort > 0 { return (0..<plan.nodeCount).map { plan.basePort &+ UInt16(truncatingIfNeeded: $0) } }
        return try FreePorts.choose(plan.nodeCount)
    }

    private func makeGenesis(
        _ authority: Authority,
        _ members: [Founded],
        _ people: [Founded],
        plots: [PlotCommitment],
        ports: [UInt16]
    ) -> Genesis {
        let validators = zip(members, zip(plots, ports)).map { member, place in
            GenesisValidator(
                publicKey: member.key.publicKey.rawRepresentation, weight: 1, plot: place.0, bond: plan.bond,
                endpoint: "[::1]:\(place.1)")
        }
        let identities = zip(people, plots.dropFirst(members.count)).map { person, plot in
            GenesisIdentity(publicKey: person.key.publicKey.rawRepresentation, plot: plot)
        }
        let grants =
            members.map { GenesisGrant(from: .communityRewards, to: $0.id, amount: plan.nodeBalance) }
            + people.map { GenesisGrant(from: .publicSale, to: $0.id, amount: plan.userBalance) }
        return Genesis(
            networkName: plan.name, time: now, validators: validators, identities: identities,
            rootCertificate: authority.certificate.encoded,
            certificates: (members + people).map(\.certificate.encoded), grants: grants)
    }
}
