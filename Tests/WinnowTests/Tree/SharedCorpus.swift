// Where the corpora beside the repository are, and their files as bytes.

import Glibc

/// A folder of `../shared/corpus`, `nil` when it is not there.
func sharedCorpus(_ path: String) -> String? {
  let tests = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
  let folder = "/\(tests)/../shared/corpus/\(path)"
  return access(folder, R_OK) == 0 ? folder : nil
}

/// The names in a folder, sorted.
func folderEntries(_ path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names.sorted()
}

func fileBytes(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return bytes }
    bytes.append(contentsOf: buffer[..<count])
  }
}
