import Glibc
import Winnow

func read(_ path: String) -> [UInt8] {
  guard let f = fopen(path, "rb") else { return [] }
  defer { fclose(f) }
  fseek(f, 0, SEEK_END)
  let n = ftell(f)
  rewind(f)
  return [UInt8](unsafeUninitializedCapacity: n) { b, c in c = fread(b.baseAddress, 1, n, f) }
}
let args = CommandLine.arguments.dropFirst()
if args.first == "time" {
  let pages = args.dropFirst().map(read)
  var t0 = clock()
  var n = 0
  for p in pages { if let t = try? parseForLab(p) { n += t.nodes.count } }
  print("parse", Double(clock() - t0) / 1e6, n)
  let trees = pages.compactMap { try? parseForLab($0) }
  t0 = clock()
  n = 0
  let lists = trees.map { blocksForLab($0) }
  print("blocks", Double(clock() - t0) / 1e6, n)
  t0 = clock()
  n = 0
  let rows = zip(trees, lists).map { rowsForLab($0, $1, url: nil) }
  print("features", Double(clock() - t0) / 1e6, n)
  t0 = clock()
  n = 0
  for (r, l) in zip(rows, lists) { n += scoresForLab(r, l.blocks.count).count }
  print("scores", Double(clock() - t0) / 1e6, n)
  t0 = clock()
  n = 0
  for p in pages { n += (try? Extractor().document(from: Page(bytes: p)).blocks.count) ?? 0 }
  print("whole", Double(clock() - t0) / 1e6, n)
} else if args.first == "dump" {
  // dump PREFIX < "id\turl\tpath" lines
  let prefix = args.dropFirst().first!
  let ff = fopen(prefix + ".f32", "wb")!
  let tf = fopen(prefix + ".txt", "wb")!
  let nf = fopen(prefix + ".names", "wb")!
  fputs(namesForLab.joined(separator: "\n"), nf)
  fclose(nf)
  while let line = readLine() {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard let tree = try? parseForLab(read(parts[2])) else { continue }
    let list = blocksForLab(tree)
    let rows = rowsForLab(tree, list, url: parts[1])
    rows.withUnsafeBufferPointer { _ = fwrite($0.baseAddress, 4, $0.count, ff) }
    fputs("\u{1}\(parts[0])\t\(list.blocks.count)\n", tf)
    for b in list.blocks {
      let parent = b.parent >= 0 ? tree.nodes[Int(b.parent)].tag.name : "-"
      fputs("\(parent)\t\(b.parent)\t\(b.flags.rawValue)\t", tf)
      let bytes = list.text[Int(b.textStart)..<Int(b.textStart + b.textLength)].map { $0 < 0x20 ? 0x20 : $0 }
      _ = fwrite(bytes, 1, bytes.count, tf)
      fputs("\n", tf)
    }
  }
  fclose(ff)
  fclose(tf)
} else {
  for path in args {
    let tree = try parseForLab(read(path))
    let list = blocksForLab(tree)
    print(tree.title ?? "-", tree.nodes.count, tree.degradations, tree.scripts.count, tree.about.count)
    for b in list.blocks {
      var names: [String] = []
      var at = b.parent
      while at >= 0, names.count < 4 {
        names.append(tree.nodes[Int(at)].tag.name)
        at = tree.nodes[Int(at)].parent
      }
      let chain = names.joined(separator: "<")
      print(
        "[\(chain)] w\(b.counts.words) l\(b.linkWords) s\(b.counts.sentences) f\(b.flags.rawValue)",
        list.string(of: b).prefix(140))
    }
  }
}
