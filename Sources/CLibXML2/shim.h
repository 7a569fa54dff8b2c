// libxml2's HTML parser as a module.
//
// Debian's build announces ICU support, and the ICU headers it then includes
// clash with the copy inside Swift's Foundation. Only `struct _uconv_t` and the
// last fields of `_xmlCharEncodingHandler` depend on the macro; Winnow never
// allocates either.
#ifndef WINNOW_CLIBXML2_SHIM_H
#define WINNOW_CLIBXML2_SHIM_H

#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>

#endif
