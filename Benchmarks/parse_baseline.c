// The time libxml2 itself needs for a folder of pages: what Winnow's own time is measured against.
//
//   parse_baseline FOLDER [ROUNDS]
//
// Reads every file below FOLDER into memory, unpacking gzip, then parses and frees them all,
// five times or ROUNDS times, on one thread. Prints one JSON object: pages, bytes, the median CPU seconds of a
// round, pages and megabytes (1e6 bytes) a second.

#define _XOPEN_SOURCE 700
#include <ftw.h>
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

enum { usual_rounds = 5, most_rounds = 99 };

typedef struct {
  char *bytes;
  int length;
} page;

static page *pages;
static size_t page_count;
static double byte_count;

static void out_of_memory(void) {
  fputs("parse_baseline: out of memory\n", stderr);
  exit(1);
}

// gzread passes a file that is not gzip through as it is.
static int load(const char *path, const struct stat *status, int kind, struct FTW *place) {
  (void)status;
  (void)place;
  if (kind != FTW_F) return 0;
  gzFile file = gzopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  size_t capacity = 1 << 18, length = 0;
  char *bytes = malloc(capacity);
  if (bytes == NULL) out_of_memory();
  for (;;) {
    int count = gzread(file, bytes + length, (unsigned)(capacity - length));
    if (count < 0) {
      fprintf(stderr, "%s: cannot be unpacked\n", path);
      exit(1);
    }
    if (count == 0) break;
    length += (size_t)count;
    if (length > (1u << 30)) {
      fprintf(stderr, "%s: larger than 1 GiB\n", path);
      exit(1);
    }
    if (length == capacity) {
      capacity *= 2;
      bytes = realloc(bytes, capacity);
      if (bytes == NULL) out_of_memory();
    }
  }
  gzclose(file);
  pages = realloc(pages, (page_count + 1) * sizeof *pages);
  if (pages == NULL) out_of_memory();
  pages[page_count++] = (page){bytes, (int)length};
  byte_count += (double)length;
  return 0;
}

static double cpu_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int by_value(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static void be_silent(void *context, xmlErrorPtr error) {
  (void)context;
  (void)error;
}

int main(int count, char **arguments) {
  int rounds = count == 3 ? atoi(arguments[2]) : usual_rounds;
  if (count < 2 || count > 3 || rounds < 1 || rounds > most_rounds) {
    fputs("usage: parse_baseline FOLDER [ROUNDS]\n", stderr);
    return 64;
  }
  if (nftw(arguments[1], load, 32, FTW_PHYS) != 0 || page_count == 0) {
    fprintf(stderr, "%s: no pages there\n", arguments[1]);
    return 1;
  }
  xmlInitParser();
  xmlSetStructuredErrorFunc(NULL, be_silent);
  // XML_PARSE_HUGE, which htmlParserOption lacks: without it the parser stops at depth 256.
  const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                      HTML_PARSE_NONET | HTML_PARSE_COMPACT | 1 << 19;
  double taken[most_rounds];
  for (int round = 0; round < rounds; round++) {
    double started = cpu_seconds();
    for (size_t each = 0; each < page_count; each++) {
      htmlDocPtr tree =
          htmlReadMemory(pages[each].bytes, pages[each].length, NULL, "utf-8", options);
      if (tree != NULL) xmlFreeDoc(tree);
    }
    taken[round] = cpu_seconds() - started;
  }
  qsort(taken, (size_t)rounds, sizeof taken[0], by_value);
  double median = taken[rounds / 2];
  printf("{\"pages\": %zu, \"bytes\": %.0f, \"rounds\": %d, \"cpu_seconds\": %.4f, "
         "\"pages_per_second\": %.1f, \"megabytes_per_second\": %.2f}\n",
         page_count, byte_count, rounds, median, (double)page_count / median,
         byte_count / median / 1e6);
  return 0;
}
