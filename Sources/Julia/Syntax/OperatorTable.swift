/// Julia's operators and their precedence (Julia manual, "Operator Precedence and Associativity", and the Unicode
/// characters that the manual's section "Unicode Input" lists as infix operators).
enum OperatorTable {
    /// Operators of ASCII characters, longest first when matched. `<:` and `>:` are comparisons; `!` and `~` have
    /// special rules in the parser.
    static let ascii: [String: Precedence] = {
        var table: [String: Precedence] = ["!": .none, "~": .assignment, "=": .assignment, ":=": .assignment]
        let levels: [(Precedence, String)] = [
            (.pair, "=>"), (.arrow, "--> <-- <-->"), (.or, "||"), (.and, "&&"),
            (.comparison, "> < >= <= == === != !== <: >:"), (.pipeLess, "<|"), (.pipeGreater, "|>"),
            (.colon, ".."), (.plus, "+ - | ++"), (.times, "* / % & \\"), (.rational, "//"),
            (.shift, "<< >> >>>"), (.power, "^"),
        ]
        for (precedence, names) in levels {
            for name in names.split(separator: " ") { table[String(name)] = precedence }
        }
        for name in "+ - * / // | ^ % << >> >>> \\ & $".split(separator: " ") { table["\(name)="] = .assignment }
        return table
    }()

    private static let unicodeSource: [(Precedence, String)] = [
        (.assignment, "≔⩴≕"),
        (
            .arrow,
            "←→↔↚↛↞↠↢↣↦↤↮⇎⇍⇏⇐⇒⇔⇴⇶⇷⇸⇹⇺⇻⇼⇽⇾⇿⟵⟶⟷⟹⟺⟻⟼⟽⟾⟿⤀⤁⤂⤃⤄⤅⤆⤇⤌⤍⤎⤏⤐⤑⤔⤕⤖⤗⤘⤝⤞⤟⤠"
                + "⥄⥅⥆⥇⥈⥊⥋⥎⥐⥒⥓⥖⥗⥚⥛⥞⥟⥢⥤⥦⥧⥨⥩⥪⥫⥬⥭⥰⧴⬰⬱⬲⬳⬴⬵⬶⬷⬸⬹⬺⬻⬼⬽⬾⬿⭀⭁⭂⭃⭄⭇⭈⭉⭊⭋⭌"
                + "￩￫⇜⇝↜↝↩↪↫↬↼↽⇀⇁⇄⇆⇇⇉⇋⇌⇚⇛⇠⇢↷↶↺↻"
        ),
        (
            .comparison,
            "≥≤≡≠≢∈∉∋∌⊆⊈⊂⊄⊊∝∊∍∥∦∷∺∻∽∾≁≃≂≄≅≆≇≈≉≊≋≌≍≎≐≑≒≓≖≗≘≙≚≛≜≝≞≟≣≦≧≨≩≪≫≬≭≮≯≰≱≲≳≴≵≶≷≸≹≺≻≼≽≾≿"
                + "⊀⊁⊃⊅⊇⊉⊋⊏⊐⊑⊒⊜⊩⊬⊮⊰⊱⊲⊳⊴⊵⊶⊷⋍⋐⋑⋕⋖⋗⋘⋙⋚⋛⋜⋝⋞⋟⋠⋡⋢⋣⋤⋥⋦⋧⋨⋩⋪⋫⋬⋭⋲⋳⋴⋵⋶⋷⋸⋹⋺⋻⋼⋽⋾⋿"
                + "⟈⟉⟒⦷⧀⧁⧡⧣⧤⧥⩦⩧⩪⩫⩬⩭⩮⩯⩰⩱⩲⩳⫷⫸⫹⫺⊢⊣⟂⫪⫫"
        ),
        (.colon, "…⁝⋮⋱⋰⋯"),
        (.plus, "−¦⊕⊖⊞⊟∪∨⊔±∓∔∸≏⊎⊻⊽⋎⋓⟇⧺⧻⨈⨢⨣⨤⨥⨦⨧⨨⨩⨪⨫⨬⨭⨮⨹⨺⩁⩂⩅⩊⩌⩏⩐⩒⩔⩖⩗⩛⩝⩡⩢⩣"),
        (
            .times,
            "⌿÷··⋅∘×∩∧⊗⊘⊙⊚⊛⊠⊡⊓∗∙∤⅋≀⊼⋄⋆⋇⋉⋊⋋⋌⋏⋒⟑⦸⦼⦾⦿⧶⧷⨇⨰⨱⨲⨳⨴⨵⨶⨷⨸⨻⨼⨽⩀⩃⩄⩋⩍⩎⩑⩓⩕⩘⩚⩜⩞⩟⩠⫛⊍▷⨝⟕⟖⟗⨟"
        ),
        (.power, "↑↓⇵⟰⟱⤈⤉⤊⤋⤒⤓⥉⥌⥍⥏⥑⥔⥕⥘⥙⥜⥝⥠⥡⥣⥥⥮⥯￪￬"),
        (.none, "¬√∛∜"),
    ]

    /// Operators of one character outside ASCII.
    static let unicode: [UInt32: Precedence] = {
        var table: [UInt32: Precedence] = [:]
        for (precedence, characters) in unicodeSource {
            for scalar in characters.unicodeScalars { table[scalar.value] = precedence }
        }
        for value in UInt32(0x2A75)...0x2AD9 { table[value] = .comparison }
        return table
    }()

    /// Operators that may stand before an operand.
    static let unary: Set<String> = ["+", "-", "!", "~", "¬", "√", "∛", "∜", "⋆", "±", "∓"]
    /// Operators that may stand before or between operands: in `[a -b]` white space decides.
    static let unaryAndBinary: Set<String> = ["+", "-", "~", "⋆", "±", "∓", "&"]
    static let radicals: Set<String> = ["√", "∛", "∜"]
    /// Whose chains make one call: `a + b + c` is `+(a, b, c)`.
    static let chaining: Set<String> = ["+", "++", "*"]

    static let keywords: Set<String> = [
        "baremodule", "begin", "break", "catch", "const", "continue", "do", "else", "elseif", "end", "export",
        "finally", "for", "function", "global", "if", "import", "let", "local", "macro", "module", "quote", "return",
        "struct", "try", "using", "while",
    ]

    /// Sub- and superscripts and primes that may follow an operator and make it another one (`+₁`).
    static func isSuffix(_ value: UInt32) -> Bool {
        switch value {
        case 0x00B2, 0x00B3, 0x00B9, 0x2070...0x207E, 0x2080...0x208E, 0x2090...0x209C: true
        case 0x2032...0x2037, 0x2057, 0x1D2C...0x1D6A, 0x0300...0x036F, 0x02B0...0x02B8: true
        default: false
        }
    }
}
