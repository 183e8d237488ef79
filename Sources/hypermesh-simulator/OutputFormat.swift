import ArgumentParser

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument {
    case text
    case json
}
