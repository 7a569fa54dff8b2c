// Made by Training/encoding_tables.py; change that, not this.
#include "language_tables.h"

const int winnow_sign_count = 58;
const uint16_t winnow_signs[] =
        u"\u00a0¡¢£¤¥¦§¨©«¬\u00ad®¯°±²³´¶·¸¹»¼½¾¿×÷˜־،؛؟\u200c\u200e\u200f–—―‘’‚“”„†‡•…‰‹›€№™";
const char *const winnow_sign_costs[] = {
    "S^t\\tttar\\Utr\\t\\aaart[taWaaa`^tt{]ijXlhVTm\\\\tTWXttW[tk`\\o\\{",
    "Z{{c{{{hyce{vc{chhhu{`{h_hhh{h{{y]lgW~wnj~oU{b]y{{c]{{{c~c~"};
const char *const winnow_case_costs[] = {
"AG", "@]", "@I"};
