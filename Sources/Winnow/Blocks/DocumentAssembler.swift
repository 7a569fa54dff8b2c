// The chosen blocks of a page in, the document's blocks out, with their structure.

/// Makes document blocks of text blocks.
struct DocumentAssembler {
  private let outline: PageOutline
  private let options: ExtractionOptions
  private let roles: RoleReader
  private var containers: ContainerReader
  private let addresses: AddressResolver?
  /// What was found out about each block.
  private var places: [Place?]

  /// - Parameter url: Where the page was saved from, against which its links are resolved.
  init(
    _ outline: PageOutline, headings: HeadingIndex, url: String?, _ options: ExtractionOptions
  ) {
    self.outline = outline
    self.options = options
    roles = RoleReader(outline, headings: headings)
    containers = ContainerReader(tree: outline.tree, list: outline.list)
    places = [Place?](repeating: nil, count: outline.blocks.count)
    addresses = options.needsAddresses ? AddressResolver(linksOf: outline.tree, at: url) : nil
  }

  /// The part a block plays, and what stands around it.
  struct Place {
    let role: Role
    let containers: [Container]
  }

  mutating func place(of index: Int) -> Place {
    if let known = places[index] { return known }
    let around = containers.containers(of: outline.blocks[index])
    let place = Place(role: roles.role(of: index, containers: around), containers: around)
    places[index] = place
    return place
  }

  func block(at index: Int, _ place: Place) -> DocumentBlock {
    let block = outline.blocks[index]
    let (text, marks) = InlineReader.read(block, in: outline.tree, options, addresses)
    return DocumentBlock(
      role: place.role, text: text, marks: marks, containers: place.containers,
      headingLevel: PageOutline.headingLevel(block, outline.tree),
      codeLanguage: place.role == .code
        ? outline.tree.codeLanguage(of: outline.tree.nodes[Int(block.firstNode)].parent) : nil)
  }

  /// A block for what has no text.
  mutating func block(of gap: Gap) -> DocumentBlock {
    let around = containers.containers(of: gap.block)
    switch gap.kind {
    case .rule: return DocumentBlock(role: .rule, text: "", containers: around)
    case .item: return DocumentBlock(role: .listItem, text: "", containers: around)
    case .images:
      let (text, marks) = InlineReader.read(gap.block, in: outline.tree, options, addresses)
      let isCell = around.contains { if case .cell = $0.kind { true } else { false } }
      return DocumentBlock(
        role: isCell ? .tableCell : .body, text: text, marks: marks, containers: around,
        headingLevel: PageOutline.headingLevel(gap.block, outline.tree))
    }
  }
}
