import Glibc
import Julia
import Testing

/// Against the C library, whose own error is below one unit for the functions named here (glibc manual, "Known Maximum
/// Errors in Math Functions"), so two units are allowed.
@Suite("Julia elementary functions")
struct ElementaryTests {
    private typealias Function = (Double) -> Double

    private func distance(_ a: Double, _ b: Double) -> Double {
        if a.isNaN && b.isNaN { return 0 }
        if a == b { return a.sign == b.sign ? 0 : .infinity }
        guard a.isFinite, b.isFinite else { return .infinity }
        return (a - b).magnitude / max(b.ulp, .leastNonzeroMagnitude)
    }

    private func compare(
        _ name: String, _ ours: Function, _ theirs: Function, units: Double = 1, seed: UInt64 = 88,
        _ argument: (inout SplitMix) -> Double
    ) {
        var random = SplitMix(state: seed)
        let special: [Double] = [
            0, -0.0, 1, -1, .infinity, -.infinity, .nan, 0.5, 2, 1e300, -1e300, 5e-324, 710, -745, 1e22,
        ]
        let arguments = special + (0..<2_000).map { _ in argument(&random) }
        for x in arguments {
            #expect(distance(ours(x), theirs(x)) <= units, "\(name)(\(x)), seed \(seed)")
        }
    }

    private func any(_ random: inout SplitMix) -> Double { Double(bitPattern: random.next()) }
    private func middle(_ random: inout SplitMix) -> Double { (random.unit() - 0.5) * 40 }
    private func small(_ random: inout SplitMix) -> Double { (random.unit() - 0.5) * 2.2 }

    @Test("exponentials are within one unit of the C library")
    func exponentials() {
        compare("exp", Elementary.exp, Glibc.exp) { ($0.unit() - 0.5) * 1_450 }
        compare("exp", Elementary.exp, Glibc.exp, small)
        compare("exp2", Elementary.exp2, Glibc.exp2) { ($0.unit() - 0.5) * 2_100 }
        compare("exp10", Elementary.exp10, { Glibc.pow(10, $0) }) { ($0.unit() - 0.5) * 620 }
        compare("expm1", Elementary.expm1, Glibc.expm1, middle)
    }

    @Test("logarithms are within one unit of the C library")
    func logarithms() {
        compare("log", Elementary.log, Glibc.log, any)
        compare("log", Elementary.log, Glibc.log) { 0.5 + $0.unit() }
        compare("log2", Elementary.log2, Glibc.log2, any)
        compare("log10", Elementary.log10, Glibc.log10, units: 2, any)
        compare("log1p", Elementary.log1p, Glibc.log1p, small)
        #expect(Elementary.log10(1_000) == 3)
        #expect(Elementary.log2(8) == 3)
    }

    @Test("circular functions are within one unit of the C library, for any angle")
    func circular() {
        compare("sin", Elementary.sin, Glibc.sin, any)
        compare("cos", Elementary.cos, Glibc.cos, any)
        compare("tan", Elementary.tan, Glibc.tan, any)
        compare("sin", Elementary.sin, Glibc.sin, middle)
        compare("cos", Elementary.cos, Glibc.cos, middle)
        compare("tan", Elementary.tan, Glibc.tan, middle)
        compare("atan", Elementary.atan, Glibc.atan, middle)
        compare("asin", Elementary.asin, Glibc.asin, small)
        compare("acos", Elementary.acos, Glibc.acos, small)
        compare("atan2", { Elementary.atan($0, -3.7) }, { Glibc.atan2($0, -3.7) }, any)
        #expect(Elementary.sinpi(1.5) == -1)
        #expect(Elementary.cospi(0.5) == 0)
    }

    @Test("hyperbolic functions, roots and powers are within two units of the C library")
    func others() {
        compare("sinh", Elementary.sinh, Glibc.sinh, units: 2, middle)
        compare("cosh", Elementary.cosh, Glibc.cosh, units: 2, middle)
        compare("tanh", Elementary.tanh, Glibc.tanh, units: 2, middle)
        compare("asinh", Elementary.asinh, Glibc.asinh, units: 2, middle)
        compare("acosh", Elementary.acosh, Glibc.acosh, units: 2, any)
        compare("atanh", Elementary.atanh, Glibc.atanh, units: 2, small)
        compare("cbrt", Elementary.cbrt, Glibc.cbrt, units: 4, any)
        compare("hypot", { Elementary.hypot($0, 3.7) }, { Glibc.hypot($0, 3.7) }, any)
        for y in [0.5, 2, -3, 1.7, 100.3, -0.1, .infinity] {
            compare("pow", { Elementary.pow($0, y) }, { Glibc.pow($0, y) }, any)
            compare("pow", { Elementary.pow($0, y) }, { Glibc.pow($0, y) }, middle)
        }
        for n in [2, 3, 10, -1, -300] as [Int64] {
            compare("pow", { Elementary.pow($0, n) }, { Glibc.pow($0, Double(n)) }, middle)
        }
        for n in 1...50 { #expect(Elementary.cbrt(Double(n * n * n)) == Double(n)) }
    }
}
