# Counts the ways to place n queens on an n×n board so that none attacks another,
# by backtracking row by row. Columns and both kinds of diagonals that are taken
# are bits of three integers.
#
#     hypermesh run examples/nqueens.jl --argument 8
#
# prints 92.

function place(n, row, columns, rising, falling)
    row == n && return 1
    solutions = 0
    free = ((1 << n) - 1) & ~(columns | rising | falling)
    while free != 0
        queen = free & -free
        free &= free - 1
        solutions += place(n, row + 1, columns | queen, (rising | queen) << 1, (falling | queen) >> 1)
    end
    return solutions
end

main(n) = place(n, 0, 0, 0, 0)
