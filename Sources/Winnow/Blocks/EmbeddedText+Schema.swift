// The text that schema.org objects hold: articles, products, recipes, questions, threads.

extension EmbeddedCollector {
  /// Objects of one script that are read.
  private static let objectLimit = 2000

  /// Adds the text of a JSON-LD value, its objects in their order.
  mutating func addSchema(_ root: JSONValue) {
    var stack = [root]
    var seen = 0
    while let value = stack.popLast(), seen < Self.objectLimit, !isFull {
      if let array = value.array {
        stack.append(contentsOf: array.reversed())
        continue
      }
      guard value.object != nil else { continue }
      seen += 1
      if let type = SchemaData.type(of: value) { add(value, type: type) }
      for key in ["mainEntityOfPage", "mainEntity", "@graph"] {
        if let nested = value[key], nested.object != nil || nested.array != nil {
          stack.append(nested)
        }
      }
    }
  }

  private mutating func add(_ value: JSONValue, type: String) {
    switch type {
    case "Question": addQuestion(value)
    case "Recipe": addRecipe(value)
    case "HowTo":
      addText(value, "description")
      addSteps(value["step"])
    default:
      switch SchemaData.rank(of: type) {
      case .article: addArticle(value)
      case .thing: addText(value, "description")
      case .page: addText(value, "text")
      case .other: return
      }
    }
  }

  /// Adds a property if it is a text.
  private mutating func addText(
    _ value: JSONValue, _ key: String, as kind: EmbeddedBlock.Kind = .paragraph
  ) {
    if let text = value[key]?.string { add(kind, text: text) }
  }

  private mutating func addArticle(_ value: JSONValue) {
    let before = words
    addText(value, "articleBody")
    if words == before { addText(value, "text") }
    if words == before { addText(value, "reviewBody") }
    // A description only sums the body up.
    if words == before { addText(value, "description") }
    for comment in list(value["comment"]) { addText(comment, "text") }
  }

  private mutating func addQuestion(_ value: JSONValue) {
    add(.heading, line: value["name"]?.string.flatMap(MetadataText.whole))
    addText(value, "text")
    for key in ["acceptedAnswer", "suggestedAnswer"] {
      for answer in list(value[key]) { addText(answer, "text") }
    }
  }

  private mutating func addRecipe(_ value: JSONValue) {
    addText(value, "description")
    for key in ["recipeIngredient", "ingredients"] {
      for ingredient in list(value[key]) {
        if let text = ingredient.string { add(.listItem, text: text) }
      }
    }
    addSteps(value["recipeInstructions"])
  }

  /// Steps are one text, texts, or objects, in sections perhaps.
  private mutating func addSteps(_ value: JSONValue?) {
    for step in list(value) {
      if let text = step.string {
        add(.listItem, text: text)
        continue
      }
      if step["itemListElement"] != nil {
        add(.heading, line: step["name"]?.string.flatMap(MetadataText.whole))
        for inner in list(step["itemListElement"]) {
          addText(inner, inner["text"] == nil ? "name" : "text", as: .listItem)
        }
      } else {
        addText(step, step["text"] == nil ? "name" : "text", as: .listItem)
      }
    }
  }

  /// One value or many, at most 500.
  private func list(_ value: JSONValue?) -> [JSONValue] {
    guard let value else { return [] }
    if let array = value.array { return Array(array.prefix(500)) }
    return [value]
  }
}
