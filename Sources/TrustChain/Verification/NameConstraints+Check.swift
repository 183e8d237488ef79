extension NameConstraints {
    /// Refuses a subject and names outside of what the constraints allow (RFC 5280 §4.2.1.10, §6.1.4).
    func check(subject: DistinguishedName, names: [GeneralName]) throws(TrustChainError) {
        for name in names + (subject.isEmpty ? [] : [.directory(subject)]) { try check(name) }
    }

    private func check(_ name: GeneralName) throws(TrustChainError) {
        for constraint in excluded where constraint.hasForm(of: name) {
            guard try !name.isWithin(constraint, isExclusion: true) else { throw .nameExcluded(name.description) }
        }
        let allowed = permitted.filter { $0.hasForm(of: name) }
        guard !allowed.isEmpty else { return }
        for constraint in allowed {
            if try name.isWithin(constraint, isExclusion: false) { return }
        }
        throw .nameNotPermitted(name.description)
    }
}

extension GeneralName {
    fileprivate func hasForm(of other: GeneralName) -> Bool { form == other.form }

    private var form: UInt {
        switch self {
        case .email: 1
        case .dns: 2
        case .directory: 4
        case .uri: 6
        case .address: 7
        case .other(let tag, _): tag
        }
    }

    /// Whether the name lies in the subtree that `constraint`, of the same form, describes. A wildcard lies in an
    /// exclusion when any name that it stands for does.
    fileprivate func isWithin(_ constraint: GeneralName, isExclusion: Bool) throws(TrustChainError) -> Bool {
        switch (self, constraint) {
        case (.dns(let name), .dns(let base)):
            return Self.isDNSName(name.lowercased(), within: base.lowercased(), isExclusion: isExclusion)
        case (.email(let name), .email(let base)):
            return Self.isEmail(name, within: base)
        case (.uri(let name), .uri(let base)):
            // A name without a host cannot be judged, so it is outside of what is permitted and inside what is not.
            guard let host = NameSyntax.host(ofURI: name) else { return isExclusion }
            return Self.isHost(host, within: base.lowercased())
        case (.directory(let name), .directory(let base)):
            return name.isWithin(base)
        case (.address(let address), .address(let range)) where address.count == 16 && range.count == 32:
            return zip(address, zip(range.prefix(16), range.suffix(16))).allSatisfy { $0 & $1.1 == $1.0 & $1.1 }
        default:
            throw .nameConstraintUnsupported(constraint.description)
        }
    }

    private static func isDNSName(_ name: String, within base: String, isExclusion: Bool) -> Bool {
        if base.isEmpty || name == base { return true }
        let suffix = base.hasPrefix(".") ? base : "." + base
        if name.hasSuffix(suffix) { return true }
        guard isExclusion, name.hasPrefix("*.") else { return false }
        return base.hasSuffix(name.dropFirst())
    }

    /// A host is exact; a base that begins with a dot stands for every host below it.
    private static func isHost(_ host: String, within base: String) -> Bool {
        base.hasPrefix(".") ? host.hasSuffix(base) : host == base
    }

    private static func isEmail(_ address: String, within base: String) -> Bool {
        guard let at = address.lastIndex(of: "@") else { return false }
        let host = address[address.index(after: at)...].lowercased()
        guard let baseAt = base.lastIndex(of: "@") else { return isHost(host, within: base.lowercased()) }
        return address[..<at] == base[..<baseAt] && host == base[base.index(after: baseAt)...].lowercased()
    }
}
