// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/json.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"

#include <simdjson.h>

#include <bit>
#include <cmath>
#include <type_traits>

namespace soundlake::base {
namespace dom = simdjson::dom;

struct JsonDocument::Parsed {
  dom::parser parser;
  dom::element root;
  std::string failure;
};

namespace {

struct Words {
  const void* document;
  std::size_t index;
};
static_assert(sizeof(Words) == sizeof(dom::element) && std::is_trivially_copyable_v<dom::element>);

dom::element element_of(const void* document, std::size_t index) {
  return std::bit_cast<dom::element>(Words{document, index});
}

}  // namespace

JsonDocument::JsonDocument(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}

JsonValue JsonDocument::root() const {
  const auto words = std::bit_cast<Words>(parsed_->root);
  JsonValue value;
  value.document_ = words.document;
  value.index_ = words.index;
  return value;
}

std::optional<JsonDocument> JsonDocument::try_parse(std::string_view bytes) {
  auto parsed = std::make_shared<Parsed>();
  // A byte order mark is no part of the value.
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  auto error = parsed->parser.parse(bytes.data(), bytes.size()).get(parsed->root);
  if (error == simdjson::UTF8_ERROR) {
    const std::string repaired = repair_utf8(bytes);
    error = parsed->parser.parse(repaired).get(parsed->root);
  }
  if (error != simdjson::SUCCESS) return std::nullopt;
  return JsonDocument(std::move(parsed));
}

JsonDocument JsonDocument::parse(std::string_view bytes, const std::string& what) {
  if (auto document = try_parse(bytes)) return *document;
  const std::string start = trim(bytes.substr(0, 60));
  if (start.empty()) throw Error(ErrorKind::data, what + " is empty, not JSON");
  if (start.front() == '<') throw Error(ErrorKind::data, what + " is HTML, not JSON");
  throw Error(ErrorKind::data, what + " is not valid JSON (or was cut off)");
}

bool JsonValue::present() const {
  return document_ != nullptr && !element_of(document_, index_).is_null();
}
bool JsonValue::is_array() const {
  return document_ != nullptr && element_of(document_, index_).is_array();
}
bool JsonValue::is_object() const {
  return document_ != nullptr && element_of(document_, index_).is_object();
}

JsonValue JsonValue::operator[](std::string_view key) const {
  dom::object object;
  dom::element member;
  if (document_ == nullptr ||
      element_of(document_, index_).get_object().get(object) != simdjson::SUCCESS ||
      object.at_key(key).get(member) != simdjson::SUCCESS) {
    return {};
  }
  const auto words = std::bit_cast<Words>(member);
  JsonValue value;
  value.document_ = words.document;
  value.index_ = words.index;
  return value;
}

std::vector<JsonValue> JsonValue::items() const {
  std::vector<JsonValue> items;
  dom::array array;
  if (document_ == nullptr ||
      element_of(document_, index_).get_array().get(array) != simdjson::SUCCESS) {
    return items;
  }
  for (const dom::element element : array) {
    const auto words = std::bit_cast<Words>(element);
    items.emplace_back();
    items.back().document_ = words.document;
    items.back().index_ = words.index;
  }
  return items;
}

std::vector<std::pair<std::string, JsonValue>> JsonValue::members() const {
  std::vector<std::pair<std::string, JsonValue>> members;
  dom::object object;
  if (document_ == nullptr ||
      element_of(document_, index_).get_object().get(object) != simdjson::SUCCESS) {
    return members;
  }
  for (const auto field : object) {
    const auto words = std::bit_cast<Words>(field.value);
    JsonValue value;
    value.document_ = words.document;
    value.index_ = words.index;
    members.emplace_back(std::string(field.key), value);
  }
  return members;
}

std::optional<std::string> JsonValue::text() const {
  std::string_view text;
  if (document_ == nullptr ||
      element_of(document_, index_).get_string().get(text) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return std::string(text);
}

std::optional<std::int64_t> JsonValue::integer() const {
  if (document_ == nullptr) return std::nullopt;
  std::int64_t integer = 0;
  if (element_of(document_, index_).get_int64().get(integer) == simdjson::SUCCESS) return integer;
  const auto exact = number();
  if (!exact || std::floor(*exact) != *exact || std::fabs(*exact) > 9e15) return std::nullopt;
  return static_cast<std::int64_t>(*exact);
}

std::optional<double> JsonValue::number() const {
  double number = 0;
  if (document_ == nullptr ||
      element_of(document_, index_).get_double().get(number) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return number;
}

std::optional<bool> JsonValue::boolean() const {
  bool boolean = false;
  if (document_ == nullptr ||
      element_of(document_, index_).get_bool().get(boolean) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return boolean;
}

std::string JsonValue::dump() const {
  return document_ == nullptr ? "null" : simdjson::minify(element_of(document_, index_));
}

}  // namespace soundlake::base
