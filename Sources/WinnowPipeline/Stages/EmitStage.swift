// `emit`: a document in, its files in the output folder out, complete but for their names, and its
// rows for the files that hold many.

package import Winnow

/// Writes documents, a file or a row for each format.
package struct EmitStage: Stage {
  package static let name = "emit"
  private let formats: [OutputFormat]
  private let frontMatter: Bool
  private let folder: OutputFolder

  package init(_ options: EmitOptions, folder: OutputFolder) {
    formats = options.formats
    frontMatter = options.frontMatter
    self.folder = folder
  }

  /// - Returns: What is to be published together with that of other pages.
  package func process(_ input: EmitInput) throws(OutputError) -> Emitted {
    var staged: [StagedFile] = []
    var rows: [RenderedRow] = []
    do throws(OutputError) {
      for format in formats where format.isRow {
        // Bytes that are no UTF-8 become U+FFFD, as everywhere in JSON.
        let id = String(decoding: input.page.bytes, as: UTF8.self)
        rows.append(RenderedRow(format: format, bytes: format.render(input.document, id: id)))
      }
      for format in formats where !format.isRow {
        let path = OutputPath(page: input.page, fileExtension: format.fileExtension)
        staged.append(
          try folder.stage(format.render(input.document, frontMatter: frontMatter), as: path))
      }
    } catch {
      folder.discard(staged)
      throw error
    }
    return Emitted(files: staged, rows: rows)
  }
}

/// What was made of one document.
package struct Emitted: Sendable {
  package let files: [StagedFile]
  package let rows: [RenderedRow]

  /// Bytes of all.
  var size: Int {
    files.reduce(0) { $0 + $1.record.size } + rows.reduce(0) { $0 + $1.bytes.count }
  }
}

/// A document and the page it was made of, whose path decides where it is written.
package struct EmitInput: Sendable {
  package let page: PagePath
  package let document: Document
}
