// The index tables of the WHATWG Encoding Standard: position in, code point out; 0xFFFD = nothing.
// The tables' files are made by Tools/make_encoding_tables.py; this face is written by hand.
#ifndef WINNOW_ENCODING_TABLES_H
#define WINNOW_ENCODING_TABLES_H

#include <stdint.h>

// Tables of another kind; named here so that builds made before they were there take note of them.
#include "language_tables.h"

// Code points U+0000...U+FFFF of the four-byte sequences of gb18030: `start` stands at `pointer`,
// the following code points at the following pointers, up to the next range.
struct winnow_gb18030_range {
  uint16_t pointer;
  uint16_t start;
};

extern const uint16_t winnow_index_single_byte[];
extern const uint16_t winnow_index_jis0208[];
extern const uint16_t winnow_index_jis0212[];
extern const uint16_t winnow_index_euc_kr[];
extern const uint16_t winnow_index_gb18030[];
extern const uint32_t winnow_index_big5[];
extern const struct winnow_gb18030_range winnow_gb18030_ranges[];
extern const int winnow_gb18030_range_count;

// Swift cannot see an array of unknown or great length; it sees these.

// 27 encodings of 128 entries each, in the order in which the generator lists them.
static inline const uint16_t *_Nonnull winnow_single_byte(void) { return winnow_index_single_byte; }
// 60 rows of 188.
static inline const uint16_t *_Nonnull winnow_jis0208(void) { return winnow_index_jis0208; }
// 94 rows of 94.
static inline const uint16_t *_Nonnull winnow_jis0212(void) { return winnow_index_jis0212; }
// 126 rows of 190.
static inline const uint16_t *_Nonnull winnow_euc_kr(void) { return winnow_index_euc_kr; }
// 126 rows of 190.
static inline const uint16_t *_Nonnull winnow_gb18030(void) { return winnow_index_gb18030; }
// 126 rows of 157.
static inline const uint32_t *_Nonnull winnow_big5(void) { return winnow_index_big5; }
static inline const struct winnow_gb18030_range *_Nonnull winnow_gb18030_four_bytes(void) {
  return winnow_gb18030_ranges;
}

#endif
