#include "page_arena.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// Holds what libxml2 needs for nearly every page; measured median is under 100 kB.
enum { FIRST_BLOCK = 256 * 1024, ALIGNMENT = 16 };

struct block {
  struct block *previous;
  size_t size;  // bytes after this header
  size_t used;
};

struct arena {
  struct block *top;
  int active;
};

static _Thread_local struct arena arena;
static pthread_key_t cleanup_key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int install_result = -1;

static unsigned char *payload(struct block *block) { return (unsigned char *)block + ALIGNMENT * 2; }

static size_t *size_of(void *pointer) { return (size_t *)((unsigned char *)pointer - ALIGNMENT); }

static struct block *new_block(size_t size, struct block *previous) {
  struct block *block = malloc(ALIGNMENT * 2 + size);
  if (block == NULL) return NULL;
  block->previous = previous;
  block->size = size;
  block->used = 0;
  return block;
}

static void free_blocks(void *unused) {
  (void)unused;
  while (arena.top != NULL) {
    struct block *previous = arena.top->previous;
    free(arena.top);
    arena.top = previous;
  }
}

// The block that holds `pointer`, or NULL if it came from malloc. Pages have one to three blocks.
static struct block *owner(const void *pointer) {
  uintptr_t address = (uintptr_t)pointer;
  for (struct block *block = arena.top; block != NULL; block = block->previous) {
    uintptr_t start = (uintptr_t)payload(block);
    if (address >= start && address < start + block->size) return block;
  }
  return NULL;
}

static void *arena_malloc(size_t size) {
  if (!arena.active) return malloc(size);
  if (size > SIZE_MAX / 2) return NULL;
  size_t needed = ALIGNMENT + ((size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1));
  if (arena.top == NULL || arena.top->size - arena.top->used < needed) {
    size_t grown = arena.top == NULL ? FIRST_BLOCK : arena.top->size * 2;
    struct block *block = new_block(grown > needed ? grown : needed, arena.top);
    if (block == NULL) return NULL;
    arena.top = block;
  }
  unsigned char *pointer = payload(arena.top) + arena.top->used + ALIGNMENT;
  arena.top->used += needed;
  *size_of(pointer) = needed - ALIGNMENT;
  return pointer;
}

// Is `pointer` the last allocation of its block? Then it can shrink, grow and go in place.
static int is_last(struct block *block, void *pointer) {
  return (unsigned char *)pointer + *size_of(pointer) == payload(block) + block->used;
}

static void arena_free(void *pointer) {
  if (pointer == NULL) return;
  struct block *block = owner(pointer);
  if (block == NULL) {
    free(pointer);
  } else if (is_last(block, pointer)) {
    block->used -= *size_of(pointer) + ALIGNMENT;
  }
}

static void *arena_realloc(void *pointer, size_t size) {
  if (pointer == NULL) return arena_malloc(size);
  struct block *block = owner(pointer);
  if (block == NULL) return realloc(pointer, size);
  size_t old = *size_of(pointer);
  if (size <= old) return pointer;
  size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  if (rounded >= size && is_last(block, pointer) && block->size - block->used >= rounded - old) {
    block->used += rounded - old;
    *size_of(pointer) = rounded;
    return pointer;
  }
  void *moved = arena_malloc(size);
  if (moved != NULL) memcpy(moved, pointer, old);
  return moved;
}

static char *arena_strdup(const char *text) {
  size_t size = strlen(text) + 1;
  char *copy = arena_malloc(size);
  if (copy != NULL) memcpy(copy, text, size);
  return copy;
}

static void install(void) {
  if (pthread_key_create(&cleanup_key, free_blocks) != 0) return;
  install_result = xmlMemSetup(arena_free, arena_malloc, arena_realloc, arena_strdup);
  xmlInitParser();
}

int page_arena_install(void) {
  pthread_once(&once, install);
  return install_result;
}

void page_arena_begin(void) {
  // A value, so that the thread's end calls free_blocks.
  pthread_setspecific(cleanup_key, &arena);
  arena.active = 1;
}

void page_arena_end(void) {
  // libxml2 keeps the strings of a thread's last error; they stand in the arena.
  xmlResetLastError();
  arena.active = 0;
  while (arena.top != NULL && arena.top->previous != NULL) {
    struct block *previous = arena.top->previous;
    free(arena.top);
    arena.top = previous;
  }
  if (arena.top != NULL) arena.top->used = 0;
}

size_t page_arena_footprint(void) {
  size_t total = 0;
  for (struct block *block = arena.top; block != NULL; block = block->previous) total += block->size;
  return total;
}
