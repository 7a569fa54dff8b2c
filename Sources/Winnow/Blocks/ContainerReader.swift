// The quotes, lists and tables around a block, and which tables hold data.

/// Reads the structure around blocks; remembers what it found out about tables.
struct ContainerReader {
  private let tree: PageTree
  private let list: BlockList
  private var dataTables: [Int32: Bool] = [:]
  private var looseLists: [Int32: Bool] = [:]
  private var grids: [Int32: TableGrid] = [:]

  init(tree: PageTree, list: BlockList) {
    self.tree = tree
    self.list = list
  }

  /// The containers of a block, outermost first.
  mutating func containers(of block: TextBlock) -> [Container] {
    var result: [Container] = []
    var node = block.parent
    // Innermost data table whose cell was seen; rows and cells count only in one.
    while node >= 0 {
      if let kind = kind(of: node) { result.append(Container(kind, identity: node)) }
      node = tree.nodes[Int(node)].parent
    }
    return result.reversed()
  }

  private mutating func kind(of node: Int32) -> Container.Kind? {
    let index = Int(node)
    switch tree.nodes[index].tag {
    case .blockquote: return .quote
    case .ul, .menu, .dir: return .list(start: nil, isLoose: isLoose(node))
    case .ol:
      let start = tree.string(.start, of: index).flatMap { Int($0) } ?? 1
      return .list(start: start, isLoose: isLoose(node))
    case .li: return .item
    case .dt: return .term
    case .dd: return .definition
    case .table: return isDataTable(node) ? .table : nil
    case .tr: return table(around: node).map { isDataTable($0) } == true ? .row : nil
    case .td, .th:
      guard let table = table(around: node), isDataTable(table) else { return nil }
      let columns = tree.string(.colspan, of: index).flatMap { Int($0) } ?? 1
      return .cell(
        isHeader: tree.nodes[index].tag == .th, columns: max(1, min(columns, TableGrid.widest)),
        column: column(of: node, in: table))
    default: return nil
    }
  }

  private func table(around node: Int32) -> Int32? {
    var at = tree.nodes[Int(node)].parent
    while at >= 0, tree.nodes[Int(at)].tag != .table { at = tree.nodes[Int(at)].parent }
    return at >= 0 ? at : nil
  }

  /// Does an item of the list hold a paragraph?
  private mutating func isLoose(_ list: Int32) -> Bool {
    if let known = looseLists[list] { return known }
    var isLoose = false
    var item = Int(list) + 1
    while item < Int(tree.nodes[Int(list)].end), !isLoose {
      let end = Int(tree.nodes[item].end)
      var child = item + 1
      while tree.nodes[item].tag == .li, child < end, !isLoose {
        isLoose = tree.nodes[child].tag == .p
        child = Int(tree.nodes[child].end)
      }
      item = end
    }
    looseLists[list] = isLoose
    return isLoose
  }

  private mutating func column(of cell: Int32, in table: Int32) -> Int? {
    if let known = grids[table] { return known.columns[cell] }
    let grid = TableGrid(of: table, in: tree)
    grids[table] = grid
    return grid.columns[cell]
  }

  /// Words of an average cell above which a table lays a page out.
  private static let wordsPerCell = 40

  /// Does a table hold data? It has rows with several cells of a few words, no table inside, and
  /// no headings in its cells.
  mutating func isDataTable(_ table: Int32) -> Bool {
    if let known = dataTables[table] { return known }
    var rows = 0
    var cells = 0
    var headers = 0
    var nested = false
    for index in Int(table) + 1..<Int(tree.nodes[Int(table)].end) {
      switch tree.nodes[index].tag {
      case .tr: rows += 1
      case .td: cells += 1
      case .th:
        cells += 1
        headers += 1
      case .table, .form, .h1, .h2, .h3: nested = true
      default: break
      }
    }
    let words = list.blocks.reduce(0) {
      $0
        + ($1.firstNode > table && $1.firstNode < tree.nodes[Int(table)].end
          ? Int($1.counts.words) : 0)
    }
    let isPresentation = tree.string(.role, of: Int(table)) == "presentation"
    let isData =
      !nested && !isPresentation && rows >= 1 && cells >= 2
      && (headers > 0 || cells > rows)
      && (headers > 0 && rows > 1 || words <= cells * Self.wordsPerCell)
    dataTables[table] = isData
    return isData
  }
}
