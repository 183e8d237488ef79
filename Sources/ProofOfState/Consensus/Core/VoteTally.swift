import Canonical

/// Votes of one kind in one view. The first vote of each voter counts.
struct VoteTally: Sendable {
    /// What a vote added.
    enum Outcome {
        /// It counts; `weight` votes for its hash now.
        case counted(weight: UInt64)
        case duplicate
        /// The voter said something else before.
        case conflict(with: Vote)
    }

    private var votes: [Vote?] = []
    private var weights: [(hash: Digest, weight: UInt64)] = []

    mutating func add(_ vote: Vote, weight: UInt64, members: Int) -> Outcome {
        if votes.isEmpty { votes = Array(repeating: nil, count: members) }
        let index = Int(vote.voter)
        guard index < votes.count else { return .duplicate }
        if let earlier = votes[index] {
            return earlier.hash == vote.hash ? .duplicate : .conflict(with: earlier)
        }
        votes[index] = vote
        for position in weights.indices where weights[position].hash == vote.hash {
            weights[position].weight += weight
            return .counted(weight: weights[position].weight)
        }
        weights.append((vote.hash, weight))
        return .counted(weight: weight)
    }

    func vote(of voter: ValidatorIndex) -> Vote? {
        Int(voter) < votes.count ? votes[Int(voter)] : nil
    }

    /// All votes for `hash` as a certificate's signatures.
    func signatures(for hash: Digest) -> [Certificate.Signature] {
        votes.compactMap { vote in
            guard let vote, vote.hash == hash else { return nil }
            return Certificate.Signature(voter: vote.voter, bytes: vote.signature)
        }
    }
}
