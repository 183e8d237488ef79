import Testing

@testable import Julia

@Suite("Types")
struct TypeLatticeTests {
    let types = TypeTable(symbols: SymbolTable())

    private var sample: [TypeID] {
        let array = types.names[types.array].wrapper
        let integers = types.arrayType(Core.int64, 1)
        return [
            Core.bottom, Core.any, Core.int64, Core.float64, Core.real, Core.number, Core.string, array, integers,
            types.arrayType(Core.real, 1), types.arrayType(Core.int64, 2), types.names[types.abstractArray].wrapper,
            types.union([Core.int64, Core.string]), types.union([Core.int64, Core.nothing]), types.anyTuple,
            types.tupleType([Core.int64]), types.tupleType([Core.real]), types.tupleType([Core.int64, Core.string]),
            types.tupleType([Core.int64, types.intern(.vararg(Core.real, count: nil))]),
        ]
    }

    @Test("subtyping is reflexive and transitive, with Any above and Union{} below")
    func orderLaws() {
        for a in sample {
            #expect(types.isSubtype(a, a))
            #expect(types.isSubtype(a, Core.any))
            #expect(types.isSubtype(Core.bottom, a))
            for b in sample where types.isSubtype(a, b) {
                for c in sample where types.isSubtype(b, c) {
                    #expect(types.isSubtype(a, c), "\(types.text(a)) \(types.text(b)) \(types.text(c))")
                }
            }
        }
    }

    @Test("parameters are invariant, tuples covariant")
    func variance() {
        #expect(!types.isSubtype(types.arrayType(Core.int64, 1), types.arrayType(Core.real, 1)))
        #expect(types.isSubtype(types.tupleType([Core.int64]), types.tupleType([Core.real])))
    }

    @Test("a variable used twice covariantly must be concrete")
    func diagonalRule() {
        let variable = types.makeVariable("T", upper: Core.number)
        let t = types.intern(.variable(variable))
        let pair = types.intern(.unionAll(variable: variable, body: types.tupleType([t, t])))
        #expect(types.isSubtype(types.tupleType([Core.int64, Core.int64]), pair))
        #expect(!types.isSubtype(types.tupleType([Core.int64, Core.float64]), pair))
    }

    @Test("a join is above both")
    func joins() {
        for a in sample where a != Core.bottom {
            for b in sample where b != Core.bottom {
                let join = types.typeJoin(a, b)
                #expect(types.isSubtype(a, join) && types.isSubtype(b, join), "\(types.text(a)) \(types.text(b))")
            }
        }
    }
}
