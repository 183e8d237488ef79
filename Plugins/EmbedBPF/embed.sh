#!/bin/sh
# Compiles one eBPF program with the Swift toolchain's clang and writes it as a Swift constant.
# Arguments: clang, C source, name of the constant, Swift file to write.
set -eu
clang=$1 source=$2 name=$3 output=$4
object="$output.o"
# -g: libbpf wants the type information (BTF) to make the maps and to fit the program to the running kernel.
"$clang" -target bpf -mcpu=v3 -O2 -g -Wall -Werror -I"/usr/include/$(uname -m)-linux-gnu" \
    -ffile-prefix-map="$(dirname "$source")"=. -c "$source" -o "$object"
{
    echo "extension EmbeddedPrograms {"
    echo "    static let $name = \"$(base64 -w 0 "$object")\""
    echo "}"
} > "$output"
rm -f "$object"
