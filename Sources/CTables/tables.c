#include "tables.h"

// Of C23, which clang has in all modes since 19.
#pragma clang diagnostic ignored "-Wc23-extensions"

// Aligned to lines of the cache, as the weights of residue are read by rows.
#define LINE __attribute__((aligned(64)))

LINE static const uint8_t blocks[] = {
#embed "blocks.tables"
};

LINE static const uint8_t sequence[] = {
#embed "sequence.tables"
};

LINE static const uint8_t residue[] = {
#embed "residue.tables"
};

tables_bytes tables_of_blocks(void) { return (tables_bytes){blocks, sizeof blocks}; }
tables_bytes tables_of_sequence(void) { return (tables_bytes){sequence, sizeof sequence}; }
tables_bytes tables_of_residue(void) { return (tables_bytes){residue, sizeof residue}; }
