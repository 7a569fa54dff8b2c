// A judge of JSON against JSON Schema, so that the schema is tested by what it means. Knows the
// keywords of draft 2020-12 that the schema of pipeline.json uses, and refuses any other.

import Foundation
import Winnow

@testable import WinnowPipeline

struct JSONSchemaValidator {
  struct UnknownKeyword: Error { let keyword: String }

  let root: JSONValue

  init(_ root: JSONValue) {
    self.root = root
  }

  func accepts(_ value: JSONValue) throws -> Bool { try accepts(value, root) }

  private func accepts(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
    if let isAllowed = schema.bool { return isAllowed }
    for member in schema.object ?? [] where try !accepts(value, member, of: schema) {
      return false
    }
    return true
  }

  private func accepts(
    _ value: JSONValue, _ member: JSONMember, of schema: JSONValue
  ) throws -> Bool {
    let rule = member.value
    switch member.key {
    case "$schema", "$defs", "title", "description", "default": return true
    case "then": return true  // Judged with "if".
    case "$ref":
      let name = String((rule.string ?? "").dropFirst("#/$defs/".count))
      guard let definition = root["$defs"]?[name] else { throw UnknownKeyword(keyword: "$ref") }
      return try accepts(value, definition)
    case "if":
      guard try accepts(value, rule), let then = schema["then"] else { return true }
      return try accepts(value, then)
    case "allOf": return try (rule.array ?? []).allSatisfy { try accepts(value, $0) }
    case "anyOf": return try (rule.array ?? []).contains { try accepts(value, $0) }
    case "const": return value == rule
    case "enum": return (rule.array ?? []).contains(value)
    case "type": return try hasType(value, rule.string ?? "")
    case "minimum": return value.number.map { $0 >= rule.number ?? .nan } ?? true
    case "maximum": return value.number.map { $0 <= rule.number ?? .nan } ?? true
    case "pattern":
      return value.string.map {
        $0.range(of: rule.string ?? "", options: .regularExpression) != nil
      } ?? true
    case "properties":
      return try (rule.object ?? []).allSatisfy { property in
        try value[property.key].map { try accepts($0, property.value) } ?? true
      }
    case "required":
      guard value.object != nil else { return true }
      return (rule.array ?? []).allSatisfy { value[$0.string ?? ""] != nil }
    case "additionalProperties":
      let known = (schema["properties"]?.object ?? []).map(\.key)
      return try (value.object ?? []).allSatisfy {
        try known.contains($0.key) || accepts($0.value, rule)
      }
    case "items": return try (value.array ?? []).allSatisfy { try accepts($0, rule) }
    case "prefixItems":
      return try zip(value.array ?? [], rule.array ?? []).allSatisfy { try accepts($0, $1) }
    case "minItems": return value.array.map { $0.count >= rule.integer ?? 0 } ?? true
    case "maxItems": return value.array.map { $0.count <= rule.integer ?? 0 } ?? true
    case "uniqueItems":
      guard rule.bool == true, let values = value.array else { return true }
      return values.indices.allSatisfy { !values[..<$0].contains(values[$0]) }
    default: throw UnknownKeyword(keyword: member.key)
    }
  }

  private func hasType(_ value: JSONValue, _ type: String) throws -> Bool {
    switch type {
    case "object": value.object != nil
    case "array": value.array != nil
    case "string": value.string != nil
    case "boolean": value.bool != nil
    case "integer": value.integer != nil
    case "number": value.number != nil
    default: throw UnknownKeyword(keyword: "type \(type)")
    }
  }
}
