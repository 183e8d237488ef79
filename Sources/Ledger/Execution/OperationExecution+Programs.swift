import Canonical
import Catalog

extension OperationExecution {
    mutating func publish(_ program: Program, by subject: NodeID) throws(LedgerRefusal) {
        let id = program.id
        guard state.value(for: LedgerKey.program(id)) == nil else { throw .catalog(.programExists(id)) }
        let record = ProgramRecord(publisher: subject, program: program, height: block.height)
        state.set(record, for: LedgerKey.program(id))
        report(.programPublished(id, name: program.name, by: subject))
    }

    mutating func yank(_ id: ProgramID, by subject: NodeID) throws(LedgerRefusal) {
        guard var record = try read(ProgramRecord.self, LedgerKey.program(id)) else {
            throw .catalog(.unknownProgram(id))
        }
        do throws(CatalogError) {
            try record.yank(by: subject)
        } catch {
            throw .catalog(error)
        }
        state.set(record, for: LedgerKey.program(id))
        report(.programYanked(id))
    }
}
