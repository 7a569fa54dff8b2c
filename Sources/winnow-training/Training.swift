// The tool behind `make train`: features of pages for the trainer, documents by the trainer's models.
//
//   winnow-training names
//   winnow-training features ROWS BLOCKS TOKENS   < PAGES
//   winnow-training documents TREES SEQUENCE      < PAGES
//   winnow-training scores TREES SEQUENCE         < PAGES
//   winnow-training residue                       < LINES
//   winnow-training stripped TABLES              < PAGES
//
// PAGES has a line a page: id, URL and path, parted by tabs. ROWS takes the features as 32-bit
// floats; BLOCKS takes a line a page, `id TAB number of blocks`, and then a line a block; TOKENS takes
// 32-bit numbers, for a page the number of its blocks and of its lists, each list as its length and
// its tokens, and eight places of lists a block. Documents go to standard output, one JSON object a
// line; so do scores, the log-odds by each model.

import Glibc
import Winnow

@main
enum Training {
  static func main() {
    var arguments = CommandLine.arguments.dropFirst()
    switch (arguments.popFirst(), arguments.count) {
    case ("names", 0): print(TrainingPage.featureNames.joined(separator: "\n"))
    case ("features", 3): writeFeatures(Array(arguments))
    case ("documents", 2): writeDocuments(model(Array(arguments)))
    case ("scores", 2): writeScores(model(Array(arguments)))
    case ("residue", 0): ResidueRows.write()
    case ("stripped", 1): writeStripped(Array(arguments)[0])
    default:
      fail(
        "usage: winnow-training names | features ROWS BLOCKS TOKENS"
          + " | documents TREES SEQUENCE | scores TREES SEQUENCE | residue | stripped TABLES")
    }
  }

  private static func writeFeatures(_ paths: [String]) {
    guard let rows = fopen(paths[0], "wb"), let blocks = fopen(paths[1], "wb"),
      let tokens = fopen(paths[2], "wb")
    else { fail("cannot write one of \(paths.joined(separator: ", "))") }
    forEachPage { id, page in
      guard let training = try? TrainingPage(page) else {
        _ = fwrite([UInt32](repeating: 0, count: 2), 4, 2, tokens)
        return fputs("\(id)\t0\n", blocks)
      }
      _ = fwrite(training.rows, MemoryLayout<Float>.size, training.rows.count, rows)
      fputs("\(id)\t\(training.texts.count)\n", blocks)
      for (index, text) in training.texts.enumerated() {
        let parent = training.parents[index]
        fputs("\(parent.tag)\t\(parent.node)\t\(training.words[index])\t", blocks)
        _ = fwrite(text, 1, text.count, blocks)
        fputs("\n", blocks)
      }
      let numbers = Self.numbers(training.tokens)
      _ = fwrite(numbers, MemoryLayout<UInt32>.size, numbers.count, tokens)
      return 0
    }
    guard fclose(rows) == 0, fclose(blocks) == 0, fclose(tokens) == 0 else {
      fail("cannot write: disk full?")
    }
  }

  private static func numbers(_ tokens: (lists: [[UInt32]], places: [[Int]])) -> [UInt32] {
    var result = [UInt32(tokens.places.count), UInt32(tokens.lists.count)]
    for list in tokens.lists { result += [UInt32(list.count)] + list }
    for places in tokens.places { result += places.map { UInt32($0) } }
    return result
  }

  private static func model(_ paths: [String]) -> PageModel {
    func load<Model>(_ path: String, _ load: (TableBytes) throws(TableError) -> Model) -> Model {
      guard let bytes = read(path) else { fail("cannot read \(path)") }
      do { return try load(TableBytes(bytes)) } catch { fail("\(path): \(error)") }
    }
    return PageModel(
      trees: load(paths[0]) { tables throws(TableError) in try BlockModel(tables) },
      sequence: load(paths[1]) { tables throws(TableError) in try SequenceModel(tables) })
  }

  private static func writeScores(_ model: PageModel) {
    forEachPage { id, page in
      var writer = JSONWriter(.compact)
      writer.beginObject()
      writer.member("id", id)
      let scores = try? TrainingPage.scores(of: page, model)
      for (key, values) in [("trees", scores?.trees), ("sequence", scores?.sequence)] {
        writer.key(key)
        writer.beginArray()
        for value in values ?? [] { writer.double(Double(value)) }
        writer.endArray()
      }
      writer.endObject()
      writer.lineFeed()
      _ = write(STDOUT_FILENO, writer.bytes, writer.bytes.count)
      return 0
    }
  }

  private static func writeDocuments(_ model: PageModel) {
    let extractor = Extractor()
    writeDocuments { try? extractor.document(from: $0, model: model) }
  }

  private static func writeStripped(_ tables: String) {
    guard let bytes = read(tables) else { fail("cannot read \(tables)") }
    let model: ResidueModel
    do { model = try ResidueModel(TableBytes(bytes)) } catch { fail("\(tables): \(error)") }
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
