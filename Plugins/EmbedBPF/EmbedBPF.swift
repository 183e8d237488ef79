import Foundation
import PackagePlugin

/// Compiles every `BPF/*.bpf.c` of a target and gives the target each object file as a base64 constant.
@main
struct EmbedBPF: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        guard let module = target as? any SourceModuleTarget else { return [] }
        let clang = try context.tool(named: "clang").url
        let script = context.package.directoryURL.appending(path: "Plugins/EmbedBPF/embed.sh")
        let folder = module.directoryURL.appending(path: "BPF")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return names.filter { $0.hasSuffix(".bpf.c") }.sorted().map { name in
            let constant = String(name.dropLast(".bpf.c".count))
            let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedPrograms+\(constant).swift")
            return .buildCommand(
                displayName: "Compiling \(name) for the kernel", executable: URL(filePath: "/bin/sh"),
                arguments: [script.path, clang.path, folder.appending(path: name).path, constant, output.path],
                inputFiles: [script, folder.appending(path: name)], outputFiles: [output])
        }
    }
}
