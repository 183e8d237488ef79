/// What a HelloRetryRequest asked for; kept to check the answer.
struct RetryRequest: Sendable, Equatable {
    let cipherSuite: CipherSuite
    let group: NamedGroup?
    let cookie: [UInt8]?
}
