extension ProgramCase {
    /// Views, adjoints, loop variables and lazy macros: cases where a copy or a shortcut would show.
    static let views: [ProgramCase] = [
        ProgramCase(
            "a view writes through", "a = [1, 2, 3, 4]\nv = @view a[2:end]\nv[1] = 9\nprintln(a, v, sum(v), length(v))",
            "[1, 9, 3, 4][9, 3, 4]163\n"),
        ProgramCase("a view shows later writes", "a = [1, 2, 3]\nv = view(a, 1:2)\na[1] = 7\nprintln(v[1])", "7\n"),
        ProgramCase(
            "broadcast into a view", "a = zeros(Int, 4)\nv = @view a[2:3]\nv .= 5\nprintln(a)", "[0, 5, 5, 0]\n"),
        ProgramCase(
            "rows write through",
            "m = [1 2; 3 4]\nfor r in eachrow(m)\n r[1] = 0\nend\nprintln(m, map(sum, eachcol(m)))",
            "[0 2; 0 4][0, 6]\n"),
        ProgramCase(
            "view of a column", "m = [1 2; 3 4]\nc = @view m[:, 2]\nc[1] = 8\nprintln(m, collect(c))",
            "[1 8; 3 4][8, 4]\n"),
        ProgramCase(
            "adjoints in products", "a = [1, 2]\nb = [3, 4]\nm = [1 2; 3 4]\nprintln(a' * b, a * b', m' * m, m' * a)",
            "11[3 4; 6 8][10 14; 14 20][7, 10]\n"),
        ProgramCase("adjoint in a broadcast", "println([1, 2] .+ [10, 20]')", "[11 21; 12 22]\n"),
        ProgramCase(
            "for outer", "function f()\n i = 0\n for outer i in 1:5\n  i == 3 && break\n end\n i\nend\nprintln(f())",
            "3\n"),
        ProgramCase(
            "empty comprehensions", "println([x for x in Int[]], [\"a$x\" for x in 1:0], length([x^2 for x in 1:0]))",
            "Int64[]String[]0\n"),
        ProgramCase(
            "log records are evaluated",
            "n = Ref(0)\nf() = (n[] += 1)\n@info \"n\" f()\n@warn \"x $(f())\" k = f()\n@info error(\"lost\")\nprintln(n[])",
            "3\n"),
        ProgramCase(
            "something is lazy",
            "println(@something(nothing, 2, error(\"never\")), @coalesce(missing, 3, error(\"never\")))", "23\n"),
        ProgramCase("keywords of test", "using Test\n@test 1.0 ≈ 1.1 atol = 0.2\nprintln(\"ok\")", "ok\n"),
    ]
}
