// The tool behind `make train`: features of pages for the trainer, documents by the trainer's models.
//
//   winnow-training names
//   winnow-training features ROWS BLOCKS   < PAGES
//   winnow-training documents TABLES       < PAGES
//   winnow-training residue                < LINES
//   winnow-training stripped TABLES        < PAGES
//
// PAGES has a line a page: id, URL and path, parted by tabs. ROWS takes the features as 32-bit
// floats; BLOCKS takes a line a page, `id TAB number of blocks`, and then a line a block. Documents
// go to standard output, one JSON object a line.

import Glibc
import Winnow

@main
enum Training {
  static func main() {
    var arguments = CommandLine.arguments.dropFirst()
    switch (arguments.popFirst(), arguments.count) {
    case ("names", 0): print(TrainingPage.featureNames.joined(separator: "\n"))
    case ("features", 2): writeFeatures(Array(arguments))
    case ("documents", 1): writeDocuments(Array(arguments)[0])
    case ("residue", 0): ResidueRows.write()
    case ("stripped", 1): writeStripped(Array(arguments)[0])
    default:
      fail(
        "usage: winnow-training names | features ROWS BLOCKS | documents TABLES | residue"
          + " | stripped TABLES")
    }
  }

  private static func writeFeatures(_ paths: [String]) {
    guard let rows = fopen(paths[0], "wb"), let blocks = fopen(paths[1], "wb") else {
      fail("cannot write \(paths[0]) or \(paths[1])")
    }
    forEachPage { id, page in
      guard let training = try? TrainingPage(page) else { return fputs("\(id)\t0\n", blocks) }
      _ = fwrite(training.rows, MemoryLayout<Float>.size, training.rows.count, rows)
      fputs("\(id)\t\(training.texts.count)\n", blocks)
      for (index, text) in training.texts.enumerated() {
        let parent = training.parents[index]
        fputs("\(parent.tag)\t\(parent.node)\t\(training.words[index])\t", blocks)
        _ = fwrite(text, 1, text.count, blocks)
        fputs("\n", blocks)
      }
      return 0
    }
    guard fclose(rows) == 0, fclose(blocks) == 0 else { fail("cannot write: disk full?") }
  }

  private static func writeDocuments(_ tables: String) {
    guard let bytes = read(tables) else { fail("cannot read \(tables)") }
    let model: BlockModel
    do { model = try BlockModel(bytes) } catch { fail("\(tables): \(error)") }
    let extractor = Extractor()
    writeDocuments { try? extractor.document(from: $0, model: model) }
  }

  private static func writeStripped(_ tables: String) {
    guard let bytes = read(tables) else { fail("cannot read \(tables)") }
    let model: ResidueModel
    do { model = try ResidueModel(bytes) } catch { fail("\(tables): \(error)") }
    var options = ExtractionOptions()
    options.residue.mode = .off
    let extractor = Extractor(options)
    let stripper = ResidueStripper(ResidueOptions(), model: model)
    writeDocuments { page in
      guard var document = try? extractor.document(from: page) else { return nil }
      stripper.apply(to: &document)
      return document
    }
  }

  private static func writeDocuments(_ extract: (Page) -> Document?) {
    let normalizer = TextNormalizer(NormalizationOptions())
    forEachPage { id, page in
      var document = extract(page) ?? Document()
      normalizer.normalize(&document)
      var writer = JSONWriter(.compact)
      writer.beginObject()
      writer.member("id", id)
      writer.member("text", document.text)
      writer.key("confidence")
      writer.double(document.confidence)
      writer.endObject()
      writer.lineFeed()
      _ = write(STDOUT_FILENO, writer.bytes, writer.bytes.count)
      return 0
    }
  }

  private static func forEachPage(_ body: (String, Page) -> Int32) {
    while let line = readLine() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 3, let bytes = read(fields[2]) else { fail("cannot read: \(line)") }
      _ = body(fields[0], Page(bytes: bytes, url: fields[1].isEmpty ? nil : fields[1]))
    }
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    guard size >= 0 else { return nil }
    return [UInt8](unsafeUninitializedCapacity: size) { $1 = fread($0.baseAddress, 1, size, file) }
  }

  private static func fail(_ message: String) -> Never {
    let line = "winnow-training: \(message)\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(1)
  }
}
