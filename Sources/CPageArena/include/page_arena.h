// The memory libxml2 allocates from while one worker parses one page.
//
// libxml2 makes thousands of small allocations a page and frees them one by one. Between
// `page_arena_begin` and `page_arena_end` they come from blocks that belong to the calling thread
// and go away together. Outside of that span, and for memory that was allocated outside of it,
// the hooks are plain malloc and free, so nothing that outlives a page stands in an arena and
// other users of libxml2 in the process are not disturbed.
#ifndef WINNOW_PAGE_ARENA_H
#define WINNOW_PAGE_ARENA_H

#include <stddef.h>

/// Gives libxml2 the arena's hooks and starts its parser. Once a process, before any parse;
/// further calls do nothing. Returns 0, or -1 if libxml2 refused.
int page_arena_install(void);

/// From here to `page_arena_end` this thread's libxml2 allocations come from its arena.
void page_arena_begin(void);

/// Forgets all that was allocated since `page_arena_begin`. Blocks beyond the first go back to
/// the system, so that one large page does not hold memory for all later ones.
void page_arena_end(void);

/// Bytes in the calling thread's arena blocks.
size_t page_arena_footprint(void);

#endif
