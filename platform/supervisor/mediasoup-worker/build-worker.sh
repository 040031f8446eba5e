#!/usr/bin/env bash
# Compiles the mediasoup worker where the authors' own build cannot be downloaded.
#
#   build-worker.sh <mediasoup package> <binary to write> <folder for objects>
#
# Sources: the C++ in the npm package itself. Libraries: the system's libuv, OpenSSL, libsrtp 2 and FlatBuffers.
# Upstream builds with meson, which downloads its own copies of eight libraries; nothing is downloaded here.
# Three of those libraries are not in Debian in the form that the worker wants; shims/ stands for them (see there).
#
# Prints `[n/total] source` for each source, so that the caller can show how far it is. An interrupted run goes on
# where it stopped: an object is written under its final name only when it is complete, and the folder of objects is
# keyed by everything that goes into them. Environment: CXX (g++), JOBS (number of cores).
set -euo pipefail

fail() { echo "build-worker.sh: $*" >&2; exit 1; }

[ $# -eq 3 ] || fail "usage: build-worker.sh <mediasoup package> <binary> <object folder>"
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
worker="$(cd "$1/worker" && pwd)"
binary="$2"
CXX="${CXX:-g++}"
JOBS="${JOBS:-$(nproc)}"

for program in "$CXX" flatc pkg-config; do
  command -v "$program" >/dev/null || fail "the program $program is missing"
done
libraries="libuv openssl libsrtp2"
for library in $libraries flatbuffers; do
  pkg-config --exists "$library" || fail "the development files of $library are missing"
done
# Generated code asserts that it meets the headers of its own release.
compiler_release="$(flatc --version | tr -dc '0-9.')"
header_release="$(pkg-config --modversion flatbuffers)"
[ "$compiler_release" = "$header_release" ] ||
  fail "flatc $compiler_release and the FlatBuffers headers $header_release are of different releases"

# What the worker's meson.build sets for an executable without io_uring.
flags="-std=c++20 -O2 -w -pthread -DMS_LITTLE_ENDIAN -DMS_EXECUTABLE -DNDEBUG -DFLATBUFFERS_LOCALE_INDEPENDENT=1"
flags="$flags $(pkg-config --cflags $libraries flatbuffers)"
key="$(cat "$here/build-worker.sh" $(find "$here/shims" -type f | sort) | sha256sum | cut -c1-12)"
key="$key-$({ "$CXX" --version; pkg-config --modversion $libraries flatbuffers; echo "$worker"; } | sha256sum | cut -c1-12)"
build="$3/$key"
mkdir -p "$build/objects" "$build/generated/FBS"
exec 9>"$build/lock"
flock 9
cd "$build"
ln -sfn "$worker" worker
ln -sfn "$here/shims" shims
includes="-Ishims -Iworker/include -Igenerated -Iworker/deps/libwebrtc -Iworker/deps/libwebrtc/libwebrtc"

# 1. The schema that Node and the worker share, as C++.
flatc --cpp --cpp-field-case-style lower --reflect-names --scoped-enums --filename-suffix '' \
  -o generated/FBS worker/fbs/*.fbs

# 2. The list of sources, from the package's own meson files: the quoted lines of `name = [ … ]` and `name += [ … ]`.
list_sources() { # file, name of the list
  awk -v name="$2" '
    $0 ~ "^[[:space:]]*" name "[[:space:]]*[+]?=[[:space:]]*\\[" { inside = 1; next }
    inside && /^[[:space:]]*\]/ { inside = 0 }
    inside && match($0, /\047[^\047]+\047/) { print substr($0, RSTART + 1, RLENGTH - 2) }
  ' "$1"
}
{
  list_sources worker/meson.build common_sources | grep -v 'src/DepLibUring.cpp' # io_uring is optional
  echo src/main.cpp
  list_sources worker/deps/libwebrtc/meson.build libwebrtc_sources | sed 's,^,deps/libwebrtc/,'
} | sort -u > sources
total="$(wc -l < sources)"
[ "$total" -gt 100 ] || fail "only $total sources were found in meson.build: its form has changed"

# 3. The one source that is changed, in a copy. Its BIO callback compares the operation with == where a bit is meant,
# and so answers 1 to every BIO_ctrl(), also to "does the kernel do TLS here?". An OpenSSL with kernel TLS (Debian's;
# upstream's bundled one has none) believes it, and the first DTLS handshake ends in a crash.
patched=src/RTC/DtlsTransport.cpp
sed 's/(operationType == BIO_CB_RETURN)/((operationType \& BIO_CB_RETURN) != 0)/' "worker/$patched" > patched.cpp
grep -q 'operationType & BIO_CB_RETURN' patched.cpp ||
  fail "$patched has changed: look at its BIO callback again, with kernel TLS in mind"

# 4. A precompiled header of what nearly every source includes: it halves the time.
if [ ! -e common.hpp.gch ]; then
  for header in algorithm array bitset cmath cstring deque functional iterator limits list map memory mutex numeric \
    optional queue set span sstream string string_view unordered_map utility vector uv.h flatbuffers/flatbuffers.h \
    flatbuffers/minireflect.h ankerl/unordered_dense.h FBS/request.h FBS/response.h FBS/notification.h FBS/message.h; do
    echo "#include <$header>"
  done > common.hpp
  $CXX $flags $includes -x c++-header -o common.hpp.gch.part common.hpp
  mv common.hpp.gch.part common.hpp.gch
fi

# 5. Compile, several at a time, and link.
compile() { # number, source
  local object="objects/$(printf '%s' "${2%.*}" | tr / +).o" input="worker/$2"
  [ "$2" != "$patched" ] || input=patched.cpp
  if [ ! -e "$object" ]; then
    $CXX $flags $includes -include common.hpp -c -o "$object.part" "$input" || { echo "in $2" >&2; exit 255; }
    mv "$object.part" "$object"
  fi
  echo "[$1/$total] $2"
}
export -f compile
export CXX flags includes patched total
nl -w1 -s ' ' sources | xargs -P "$JOBS" -L 1 bash -c 'compile "$@"' compile

mkdir -p "$(dirname "$binary")"
$CXX -o "$binary.part" objects/*.o $(pkg-config --libs $libraries) -ldl -lrt -pthread
strip "$binary.part"
mv "$binary.part" "$binary"
echo "build-worker.sh: $binary"
