/// What the operator of an authority decides about one certificate beside its profile.
package struct IssuanceTerms: Sendable, Hashable {
    /// Nil for the profile's default.
    package var lifetimeSeconds: Int64?
    /// For intermediates: most authorities below it.
    package var pathLength: Int?
    /// For authorities: the names that it may certify.
    package var nameConstraints: NameConstraints?

    package init(
        lifetimeSeconds: Int64? = nil,
        pathLength: Int? = 0,
        nameConstraints: NameConstraints? = nil
    ) {
        self.lifetimeSeconds = lifetimeSeconds
        self.pathLength = pathLength
        self.nameConstraints = nameConstraints
    }
}
