/// How an object was sent.
package struct SendReport: Codable, Sendable, Hashable {
    /// What a relay of the route says that it carried, as its checked receipt has it.
    package struct Relay: Codable, Sendable, Hashable {
        package var name: String
        package var id: String
        /// Bytes of ciphertext towards the receiver, and back.
        package var bytesForward: UInt64
        package var bytesBackward: UInt64
    }

    /// A route that did not hold, and why.
    package struct FailedRoute: Codable, Sendable, Hashable {
        package var relays: [String]
        package var reason: String
    }

    package var receiver: String
    /// What names the content.
    package var content: String
    package var bytes: UInt64
    package var pieces: UInt32
    /// What the receiver had already.
    package var piecesReused: UInt32
    package var bytesReused: UInt64
    /// Pieces that came corrupt and were sent again.
    package var piecesCorrupt: UInt32
    package var seconds: Double
    package var relays: [Relay]
    package var failedRoutes: [FailedRoute]
}

/// How an object was spread over peers.
package struct ShardReport: Codable, Sendable, Hashable {
    /// One shard and where it went.
    package struct Shard: Codable, Sendable, Hashable {
        package var index: Int
        package var holder: String
        package var bytes: UInt64
        /// The relays that it went through.
        package var relays: [String]
    }

    /// What names the object; by it the shards are found again.
    package var object: String
    /// What opens the object, 64 hexadecimal digits; holders do not know it.
    package var key: String
    package var bytes: UInt64
    package var dataShards: Int
    package var parityShards: Int
    package var seconds: Double
    package var shards: [Shard]
    package var failedRoutes: [SendReport.FailedRoute]
}

/// How an object was put together from shards.
package struct FetchReport: Codable, Sendable, Hashable {
    /// A shard, or a holder's answer, that could not be used.
    package struct Loss: Codable, Sendable, Hashable {
        package var index: Int?
        package var holder: String
        package var reason: String
    }

    package var object: String
    package var path: String
    package var bytes: UInt64
    /// The shards that the object was made of.
    package var used: [Int]
    package var losses: [Loss]
    package var seconds: Double
}
