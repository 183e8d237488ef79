package import Canonical

/// How a mesh begins. Its hash is the mesh's name: two meshes with one genesis are one mesh.
package struct Genesis: Sendable, Hashable {
    /// Bytes of the mesh's name at most.
    package static let nameBytesMax = 64
    /// Bytes of the root certificate at most.
    package static let certificateBytesMax = 64 << 10

    /// For people; part of the hash.
    package let networkName: String
    /// When the mesh begins; vesting counts from here.
    package let time: Timestamp
    package let validators: [GenesisValidator]
    package let identities: [GenesisIdentity]
    /// DER of the mesh's root certificate; empty when there is none.
    package let rootCertificate: [UInt8]
    /// DER of certificates that the root's authority (or one below it, listed before) issued before the mesh began,
    /// so that validators and founders can prove their stake from the first block on.
    package let certificates: [[UInt8]]
    package let grants: [GenesisGrant]
    package let policy: Policy

    package init(
        networkName: String, time: Timestamp, validators: [GenesisValidator], identities: [GenesisIdentity] = [],
        rootCertificate: [UInt8], certificates: [[UInt8]] = [], grants: [GenesisGrant], policy: Policy = Policy()
    ) {
        self.networkName = networkName
        self.time = time
        self.validators = validators
        self.identities = identities
        self.rootCertificate = rootCertificate
        self.certificates = certificates
        self.grants = grants
        self.policy = policy
    }

    /// Hash of the canonical encoding.
    package var networkID: NetworkID { NetworkID(Digest(.genesis, of: self)) }
}

extension HashDomain {
    /// `NetworkID` of a genesis.
    package static let genesis = HashDomain("HM/genesis")
}

extension Genesis: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(networkName)
        encoder.encode(time)
        encoder.encode(validators)
        encoder.encode(identities)
        encoder.encodeBytes(rootCertificate)
        encoder.encodeList(of: certificates)
        encoder.encode(grants)
        encoder.encode(policy)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        networkName = try decoder.decodeString(limit: Genesis.nameBytesMax)
        time = try decoder.decode(Timestamp.self)
        validators = try decoder.decodeArray(of: GenesisValidator.self, limit: 1024)
        identities = try decoder.decodeArray(of: GenesisIdentity.self, limit: 4096)
        rootCertificate = try decoder.decodeBytes(limit: Genesis.certificateBytesMax)
        certificates = try decoder.decodeList(limit: 4096, elementLimit: Genesis.certificateBytesMax)
        grants = try decoder.decodeArray(of: GenesisGrant.self, limit: 65_536)
        policy = try decoder.decode(Policy.self)
    }
}
