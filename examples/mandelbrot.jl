# Draws the Mandelbrot set with characters: the set of the complex numbers c for
# which z → z² + c, begun at 0, stays bounded. The character tells after how
# many rounds |z| exceeded 2. `main` returns how many points did not within the
# limit.
#
#     hypermesh run examples/mandelbrot.jl --argument 24

const SHADES = [' ', '.', ':', '-', '=', '+', '*', '#', '%', '@']

function rounds(cr, ci, limit)
    zr, zi = 0.0, 0.0
    for n in 1:limit
        zr, zi = zr * zr - zi * zi + cr, 2 * zr * zi + ci
        zr * zr + zi * zi > 4.0 && return n
    end
    return limit + 1
end

function main(rows)
    limit = 100
    inside = 0
    columns = 2 * rows
    for row in 0:rows-1
        line = ""
        for column in 0:columns-1
            n = rounds(-2.0 + 2.5 * column / columns, -1.25 + 2.5 * row / rows, limit)
            inside += n > limit
            line *= string(SHADES[min(n, length(SHADES) - 1) + (n > limit ? 1 : 0)])
        end
        println(rstrip(line))
    end
    return inside
end
