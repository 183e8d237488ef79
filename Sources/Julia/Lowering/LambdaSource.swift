/// A positional parameter as written.
struct LambdaParameter {
    var name: String
    var type: Expression?
    var isVararg = false
    var defaultValue: Expression?
}

/// A keyword parameter as written.
struct KeywordParameter {
    var name: String
    var type: Expression?
    var defaultValue: Expression?
    var isRest = false
}

/// One method before lowering.
struct LambdaSource {
    var name: String
    var parameters: [LambdaParameter]
    var staticParameters: [StaticParameter]
    var body: Expression
    var isKeyword = false
    var location: SourceLocation
    var returnType: Expression?
    /// Names the callee inside its body (`(p::Poly)(x) = …`).
    var selfName: String?
    /// Name of the struct whose inner constructor this is.
    var constructorOf: String?
}

/// A variable of `where` with its bounds as written.
struct StaticParameter {
    var name: String
    var lower: Expression?
    var upper: Expression?
}

/// What a `Method` runs: lowered and compiled when it is first called.
final class FunctionTemplate {
    enum State {
        case source(LambdaSource, module: Int)
        case lowered(FunctionIR)
        case compiled
    }

    let name: String
    let argumentCount: Int
    let isVararg: Bool
    var state: State
    var code: UnsafeMutablePointer<Code>?
    let location: SourceLocation
    let file: Int

    init(name: String, argumentCount: Int, isVararg: Bool, state: State, location: SourceLocation, file: Int) {
        self.name = name
        self.argumentCount = argumentCount
        self.isVararg = isVararg
        self.state = state
        self.location = location
        self.file = file
    }
}
