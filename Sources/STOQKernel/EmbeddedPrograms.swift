/// The compiled programs of `BPF/`, each an ELF object in base64; the build plugin `EmbedBPF` adds them.
enum EmbeddedPrograms {}
