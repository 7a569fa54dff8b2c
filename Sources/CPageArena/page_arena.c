#include "page_arena.h"
