// Measures zlib against libdeflate on the gzip members of one file, such as a web archive with a
// member a record: CPU time of unpacking each, in turn, over and over.
//
//   gzip_members FILE [ROUNDS]
//
// Prints one line of JSON: members, bytes packed and unpacked, CPU seconds of either, their ratio.
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

static double cpu(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

// Unpacks the member at `in` by zlib; returns its packed length, 0 for damage.
static size_t by_zlib(z_stream *stream, unsigned char *in, size_t length, unsigned char *out,
                      size_t room, size_t *written) {
  inflateReset(stream);
  stream->next_in = in;
  stream->avail_in = length > 1u << 30 ? 1u << 30 : (unsigned)length;
  unsigned given = stream->avail_in;
  stream->next_out = out;
  stream->avail_out = (unsigned)room;
  int status = inflate(stream, Z_FINISH);
  *written = room - stream->avail_out;
  return status == Z_STREAM_END ? given - stream->avail_in : 0;
}

int main(int count, char **arguments) {
  if (count < 2) return fprintf(stderr, "usage: gzip_members FILE [ROUNDS]\n"), 64;
  int rounds = count > 2 ? atoi(arguments[2]) : 5;
  FILE *file = fopen(arguments[1], "rb");
  if (!file) return perror(arguments[1]), 1;
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  unsigned char *packed = malloc(size);
  size_t room = 256u << 20;
  unsigned char *plain = malloc(room);
  if (!packed || !plain || fread(packed, 1, size, file) != size) return perror("read"), 1;
  memset(plain, 0, room);
  z_stream stream = {0};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return 1;
  struct libdeflate_decompressor *deflate = libdeflate_alloc_decompressor();
  double seconds[2] = {0, 0};
  size_t members = 0, bytes = 0;
  for (int round = 0; round < rounds; round++) {
    members = bytes = 0;
    for (size_t at = 0; at < size;) {
      size_t written = 0, used = 0, other = 0;
      double start = cpu();
      used = by_zlib(&stream, packed + at, size - at, plain, room, &written);
      double middle = cpu();
      size_t consumed = 0;
      // Given what a buffer of 256 KiB holds, as Winnow gives it.
      size_t given = size - at < 1u << 18 ? size - at : 1u << 18;
      if (used <= given)
        libdeflate_gzip_decompress_ex(deflate, packed + at, given, plain, room, &consumed, &other);
      double end = cpu();
      if (used == 0 || (used <= given && other != written))
        return fprintf(stderr, "damaged at %zu\n", at), 1;
      if (used <= given) {
        seconds[0] += middle - start;
        seconds[1] += end - middle;
        members++;
        bytes += written;
      }
      at += used;
    }
  }
  printf("{\"members\": %zu, \"packed\": %zu, \"unpacked\": %zu, \"zlib_seconds\": %.3f, "
         "\"libdeflate_seconds\": %.3f, \"ratio\": %.2f}\n",
         members, size, bytes, seconds[0] / rounds, seconds[1] / rounds, seconds[1] / seconds[0]);
  return 0;
}
