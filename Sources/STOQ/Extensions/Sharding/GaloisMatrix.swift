/// A matrix over GF(2⁸), row by row.
struct GaloisMatrix: Sendable, Hashable {
    let rows: Int
    let columns: Int
    private var cells: [UInt8]

    init(rows: Int, columns: Int, _ cell: (_ row: Int, _ column: Int) -> UInt8) {
        self.rows = rows
        self.columns = columns
        cells = []
        cells.reserveCapacity(rows * columns)
        for row in 0..<rows {
            for column in 0..<columns { cells.append(cell(row, column)) }
        }
    }

    subscript(row: Int, column: Int) -> UInt8 {
        get { cells[row * columns + column] }
        set { cells[row * columns + column] = newValue }
    }

    func row(_ index: Int) -> [UInt8] { Array(cells[index * columns..<(index + 1) * columns]) }

    /// The inverse of a square matrix by Gauss–Jordan elimination; nil when there is none.
    func inverted() -> GaloisMatrix? {
        guard rows == columns else { return nil }
        var left = self
        var right = GaloisMatrix(rows: rows, columns: rows) { $0 == $1 ? 1 : 0 }
        for pivot in 0..<rows {
            guard let found = (pivot..<rows).first(where: { left[$0, pivot] != 0 }) else { return nil }
            left.swapRows(pivot, found)
            right.swapRows(pivot, found)
            let scale = GaloisField.inverse(left[pivot, pivot])
            left.scaleRow(pivot, by: scale)
            right.scaleRow(pivot, by: scale)
            for row in 0..<rows where row != pivot && left[row, pivot] != 0 {
                let factor = left[row, pivot]
                left.addRow(pivot, times: factor, to: row)
                right.addRow(pivot, times: factor, to: row)
            }
        }
        return right
    }

    private mutating func swapRows(_ first: Int, _ second: Int) {
        guard first != second else { return }
        for column in 0..<columns { cells.swapAt(first * columns + column, second * columns + column) }
    }

    private mutating func scaleRow(_ row: Int, by factor: UInt8) {
        for column in 0..<columns { self[row, column] = GaloisField.multiply(self[row, column], factor) }
    }

    private mutating func addRow(_ source: Int, times factor: UInt8, to target: Int) {
        for column in 0..<columns { self[target, column] ^= GaloisField.multiply(self[source, column], factor) }
    }
}
