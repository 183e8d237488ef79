import ArgumentParser
import Canonical
import Ledger
import Node

struct WalletCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallet", abstract: "Look at balances and send CAES.", subcommands: [Balance.self, Transfer.self],
        defaultSubcommand: Balance.self)

    struct Balance: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "balance", abstract: "Show what you and the nodes hold, or one account.")

        @OptionGroup var options: MeshOptions
        @Argument(help: "An identity: 64 hexadecimal digits. Without it: you and every node.") var account: String?

        private struct Row: Encodable {
            let name: String
            let id: String
            let balance: String
            let bond: String
            let height: UInt64
        }

        func run() async throws {
            let rows = try await options.withClient { client in
                var rows: [Row] = []
                for (name, id) in try accounts(client) {
                    let report = try await client.account(id)
                    rows.append(
                        Row(
                            name: name, id: id.description, balance: report.balance.description,
                            bond: report.bond.description, height: report.height))
                }
                return rows
            }
            if options.output == .json { return try Terminal.printJSON(rows) }
            for row in rows {
                let bond = row.bond == "0" ? "" : "  bond \(row.bond) CAES"
                Terminal.say("\(row.name)  \(row.id.prefix(16))  \(row.balance) CAES\(bond)")
            }
        }

        private func accounts(_ client: MeshClient) throws -> [(String, NodeID)] {
            if let account {
                guard let id = NodeID(hexadecimal: account) else {
                    throw ValidationError("'\(account)' is not an identity: 64 hexadecimal digits")
                }
                return [("account", id)]
            }
            let nodes = client.description.nodes.compactMap { node in
                NodeID(hexadecimal: node.id).map { (node.name, $0) }
            }
            return [("you", client.identity.id)] + nodes
        }
    }

    struct Transfer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "transfer", abstract: "Send CAES to an identity.")

        @OptionGroup var options: MeshOptions
        @Argument(help: "The receiver: 64 hexadecimal digits.") var to: String
        @Argument(help: "CAES, exact decimals: 1.5") var amount: String
        @Option(name: .long, help: "A public note of at most 256 bytes.") var memo: String = ""

        private struct Report: Encodable {
            let operation: String
            let height: UInt64
            let fee: String
            let balance: String
        }

        func run() async throws {
            guard let receiver = NodeID(hexadecimal: to) else {
                throw ValidationError("'\(to)' is not an identity: 64 hexadecimal digits")
            }
            guard memo.utf8.count <= Ledger.Transfer.memoBytesMax else { throw ValidationError("the memo is too long") }
            let report = try await options.withClient { client in
                let transfer = Ledger.Transfer(
                    to: receiver, amount: try Amount(parsing: amount), memo: Array(memo.utf8))
                let final = try await client.submit(.transfer(transfer))
                let balance = try await client.account(client.identity.id).balance
                return Report(
                    operation: final.receipt.id.description, height: final.height,
                    fee: final.receipt.fee.description, balance: balance.description)
            }
            if options.output == .json { return try Terminal.printJSON(report) }
            Terminal.say(
                "sent in block \(report.height) for a fee of \(report.fee) CAES; you hold \(report.balance) CAES")
        }
    }
}
