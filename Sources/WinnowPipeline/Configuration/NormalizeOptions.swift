// The `normalize` section of pipeline.json: its options and one declaration a key. The defaults are
// the library's own.

package import Winnow

/// Options of `normalize`.
package struct NormalizeOptions: Sendable, Equatable {
  package var text = NormalizationOptions()
  /// `0` for one a core.
  package var workers = 0

  package init() {}
}

extension NormalizeOptions: StageOptions {
  package static let stage = "normalize"
  package static let isRequired = false
  package static let summary = """
    Cleans the text of each document. Each step can be switched off; without the stage, text stays \
    as the page has it.
    """

  package static let keys: [ConfigurationKey<NormalizeOptions>] = [
    .boolean(
      "nfc", \.text.nfc,
      "Writes characters that can be composed in one way: Unicode Normalization Form C."),
    .boolean(
      "controlCharacters", \.text.controlCharacters,
      """
      Removes control characters other than tab and line feed, and stray zero-width characters.
      """),
    .boolean(
      "softHyphens", \.text.softHyphens, "Removes soft hyphens, which only hint at line breaks."),
    .boolean(
      "spaces", \.text.spaces,
      "Turns no-break and other Unicode spaces into plain ones and collapses runs of spaces."),
    .boolean("blankLines", \.text.blankLines, "Collapses runs of blank lines into one."),
    .boolean(
      "entities", \.text.entities,
      "Decodes character references that were escaped twice, such as `&amp;nbsp;`."),
    .boolean(
      "mojibake", \.text.mojibake,
      """
      Repairs text that was UTF-8 and was read as windows-1252 or windows-1251 before the page was \
      saved: `donâ€™t` becomes `don’t`, `РџСЂРё` becomes `При`. Off by default, since a page that \
      shows such text on purpose would lose it.
      """),
    .integer(
      "workers", \.workers, PipelineConfiguration.workers,
      """
      Documents worked on at once; `0` for one a core. `--workers` on the command line replaces it.
      """),
  ]
}
