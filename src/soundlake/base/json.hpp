// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace soundlake::base {

/// One value inside a JsonDocument, read leniently: absent, null and a value of another type all
/// mean "not there". Valid as long as its document.
class JsonValue {
 public:
  JsonValue() = default;

  /// Neither absent nor null.
  bool present() const;
  bool is_array() const;
  bool is_object() const;

  /// The member of this name; an absent value when there is none or this is no object.
  JsonValue operator[](std::string_view key) const;
  /// The elements of an array, nulls included; empty for anything else.
  std::vector<JsonValue> items() const;
  /// The members of an object in document order; empty for anything else.
  std::vector<std::pair<std::string, JsonValue>> members() const;

  std::optional<std::string> text() const;
  /// A number without a fraction that fits; `3.0` counts as 3.
  std::optional<std::int64_t> integer() const;
  std::optional<double> number() const;
  std::optional<bool> boolean() const;
  /// The value written as compact JSON; "null" when absent.
  std::string dump() const;

 private:
  friend class JsonDocument;
  // The two words of a simdjson element, so that this header stays free of simdjson.
  const void* document_ = nullptr;
  std::size_t index_ = 0;
};

/// A parsed JSON text. Invalid UTF-8 inside it is repaired (U+FFFD) rather than refused.
class JsonDocument {
 public:
  /// @param what names the bytes in the error, e.g. "the answer of /v1/me"
  /// Throws Error{data} when the bytes are not one complete JSON value; the message says how they
  /// begin when they look like HTML.
  static JsonDocument parse(std::string_view bytes, const std::string& what);
  /// The same, with nothing instead of an error.
  static std::optional<JsonDocument> try_parse(std::string_view bytes);

  JsonValue root() const;

 private:
  struct Parsed;
  explicit JsonDocument(std::shared_ptr<const Parsed> parsed);
  std::shared_ptr<const Parsed> parsed_;
};

}  // namespace soundlake::base
