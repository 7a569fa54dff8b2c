// The tables of the shipped models, as `make train` writes them: part of the binary, where they cost
// neither a copy nor a start.

#ifndef WINNOW_TABLES_H
#define WINNOW_TABLES_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  const uint8_t *bytes;
  size_t count;
} tables_bytes;

/// Trees over the features of a block.
tables_bytes tables_of_blocks(void);
/// The network over a page's blocks in their order.
tables_bytes tables_of_sequence(void);
/// The network over the words of a line.
tables_bytes tables_of_residue(void);

#endif
