// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/manifest.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/json.hpp"
#include "soundlake/store/store_key.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace soundlake::lake {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kEnding = ".json";
constexpr std::size_t kLongestId = 100;
constexpr std::size_t kGenerationDigits = 10;
constexpr std::int64_t kLastGeneration = 9'999'999'999;
constexpr const char* kDamagedHint =
    "restore this file from a backup of the lake; the tables beside it are still readable";

bool consists_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId &&
         consists_of(text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && consists_of(text, "0123456789abcdef");
}

[[noreturn]] void throw_newer(const std::string& where, std::int64_t format) {
  throw Error(ErrorKind::refused,
              where + " was written by a newer soundlake (lake format " + std::to_string(format) +
                  ", this one reads up to " + std::to_string(kLakeFormat) + ")",
              "update soundlake, then run the same command again");
}

[[noreturn]] void throw_damaged(const std::string& where, const std::string& what) {
  throw Error(ErrorKind::data, where + " is damaged: " + what, kDamagedHint);
}

/// The root of a manifest or txn of a format we read.
base::JsonValue checked_root(const base::JsonDocument& document, const std::string& where) {
  const auto root = document.root();
  const auto format = root["format"].integer();
  if (format && *format > kLakeFormat) throw_newer(where, *format);
  if (!format || *format < 1) throw_damaged(where, "it names no format");
  return root;
}

std::string id_in(const base::JsonValue& root, const std::string& where) {
  auto id = root["id"].text();
  if (!id || !is_id(*id)) throw_damaged(where, "it has no usable id");
  return *id;
}

base::JsonDocument parse_own(std::string_view bytes, const std::string& where) {
  auto document = base::JsonDocument::try_parse(bytes);
  if (!document) throw_damaged(where, "it is not complete JSON");
  return *document;
}

/// The key of an object that a manifest or txn may name. Nothing of ours below `_soundlake/` is
/// one: whoever could name HEAD.json there could have it overwritten.
std::string key_in(const base::JsonValue& object, const std::string& where) {
  auto key = object["key"].text();
  if (!key || !store::is_valid_key(*key) || key->starts_with(kLakeFolder)) {
    throw_damaged(where, "it names an object that cannot be one");
  }
  return *key;
}

ManifestEntry entry_in(const base::JsonValue& object, std::string key, const std::string& where) {
  const auto size = object["size"].integer();
  const auto sha256 = object["sha256"].text();
  const auto rows = object["rows"];
  if (!size || *size < 0) throw_damaged(where, "the size of " + key + " is unusable");
  if (!sha256 || !is_sha256(*sha256)) throw_damaged(where, "the hash of " + key + " is unusable");
  if (rows.present() && rows.integer().value_or(-1) < 0) {
    throw_damaged(where, "the row count of " + key + " is unusable");
  }
  return {.key = std::move(key),
          .size = static_cast<std::uint64_t>(*size),
          .sha256 = *sha256,
          .rows = rows.integer()};
}

template <class Object>
void put_in_order(std::vector<Object>& objects, const std::string& where) {
  std::sort(objects.begin(), objects.end(),
            [](const Object& a, const Object& b) { return a.key < b.key; });
  const auto twice =
      std::adjacent_find(objects.begin(), objects.end(),
                         [](const Object& a, const Object& b) { return a.key == b.key; });
  if (twice != objects.end()) throw_damaged(where, "it names " + twice->key + " twice");
}

void add_entry(Json& json, const ManifestEntry& entry) {
  json["size"] = entry.size;
  json["sha256"] = entry.sha256;
  json["rows"] = entry.rows ? Json(*entry.rows) : Json(nullptr);
}

std::string text_of(const Json& json) {
  return json.dump(1) + "\n";
}

}  // namespace

std::string new_commit_id(std::int64_t generation) {
  std::string number = std::to_string(generation);
  if (number.size() < kGenerationDigits) number.insert(0, kGenerationDigits - number.size(), '0');
  return number + "-" + base::to_hex(base::random_bytes(4));
}

std::string manifest_key(const std::string& id) {
  return kManifestFolder + id + ".json";
}
std::string txn_key(const std::string& id) {
  return kTxnFolder + id + ".json";
}

std::optional<std::string> id_of_key(std::string_view key) {
  for (const std::string_view folder : {kManifestFolder, kTxnFolder}) {
    if (!key.starts_with(folder) || !key.ends_with(kEnding)) continue;
    const auto id = key.substr(folder.size(), std::max(key.size(), folder.size() + kEnding.size()) -
                                                  folder.size() - kEnding.size());
    if (is_id(id)) return std::string(id);
  }
  return std::nullopt;
}

std::int64_t generation_in(std::string_view id) {
  const auto digits = id.substr(0, id.find('-'));
  std::int64_t generation = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), generation);
  return error == std::errc() && end == digits.data() + digits.size() ? generation : 0;
}

std::string to_json(const Head& head) {
  Json json;
  json["format"] = kLakeFormat;
  json["lake_id"] = head.identity.lake_id;
  json["timezone"] = head.identity.timezone;
  json["account"] = head.identity.account ? Json(*head.identity.account) : Json(nullptr);
  json["simulated"] = head.identity.simulated;
  if (head.identity.single_writer) json["single_writer"] = true;
  json["manifest"] = head.manifest ? Json(*head.manifest) : Json(nullptr);
  if (head.copy) json["copy"] = true;
  return text_of(json);
}

std::string to_json(const Manifest& manifest) {
  Json json;
  json["format"] = kLakeFormat;
  json["id"] = manifest.id;
  json["generation"] = manifest.generation;
  json["objects"] = Json::array();
  for (const auto& entry : manifest.objects) {
    Json object;
    object["key"] = entry.key;
    add_entry(object, entry);
    json["objects"].push_back(std::move(object));
  }
  return text_of(json);
}

std::string to_json(const Txn& txn) {
  Json json;
  json["format"] = kLakeFormat;
  json["id"] = txn.id;
  json["created_at"] = base::format_utc(txn.created_at);
  json["objects"] = Json::array();
  for (const auto& planned : txn.objects) {
    Json object;
    object["key"] = planned.key;
    object["after"] = nullptr;
    if (planned.after) add_entry(object["after"], *planned.after);
    json["objects"].push_back(std::move(object));
  }
  return text_of(json);
}

Head parse_head(std::string_view bytes, const std::string& where) {
  const auto document = base::JsonDocument::try_parse(bytes);
  const auto root = document ? document->root() : base::JsonValue();
  const auto format = root["format"].integer();
  if (format && *format > kLakeFormat) throw_newer(where, *format);
  auto lake_id = root["lake_id"].text();
  auto timezone = root["timezone"].text();
  const auto simulated = root["simulated"].boolean();
  auto account = root["account"].text();
  auto manifest = root["manifest"].text();
  const bool ours = format && *format >= 1 && lake_id && is_id(*lake_id) && timezone &&
                    !timezone->empty() && simulated && (account || !root["account"].present()) &&
                    (manifest ? is_id(*manifest) : !root["manifest"].present());
  if (!ours) {
    throw Error(ErrorKind::refused, where + " is not the HEAD.json of a soundlake lake",
                "choose another folder for the lake, or restore that file from a backup if a lake "
                "was here");
  }
  return {.identity = {.lake_id = std::move(*lake_id),
                       .timezone = std::move(*timezone),
                       .account = std::move(account),
                       .simulated = *simulated,
                       .single_writer = root["single_writer"].boolean().value_or(false)},
          .manifest = std::move(manifest),
          .copy = root["copy"].boolean().value_or(false)};
}

Manifest parse_manifest(std::string_view bytes, const std::string& where) {
  const auto document = parse_own(bytes, where);
  const auto root = checked_root(document, where);
  Manifest manifest{.id = id_in(root, where), .generation = 0, .objects = {}};
  const auto generation = root["generation"].integer();
  if (!generation || *generation < 1 || *generation >= kLastGeneration) {
    throw_damaged(where, "its generation is unusable");
  }
  manifest.generation = *generation;
  if (!root["objects"].is_array()) throw_damaged(where, "it has no list of objects");
  for (const auto& object : root["objects"].items()) {
    manifest.objects.push_back(entry_in(object, key_in(object, where), where));
  }
  put_in_order(manifest.objects, where);
  return manifest;
}

Txn parse_txn(std::string_view bytes, const std::string& where) {
  const auto document = parse_own(bytes, where);
  const auto root = checked_root(document, where);
  const auto created_at = base::parse_utc(root["created_at"].text().value_or(""));
  if (!created_at) throw_damaged(where, "it does not say when it began");
  Txn txn{.id = id_in(root, where), .created_at = *created_at, .objects = {}};
  if (!root["objects"].is_array()) throw_damaged(where, "it has no list of objects");
  for (const auto& object : root["objects"].items()) {
    TxnObject planned{.key = key_in(object, where), .after = {}};
    if (object["after"].present()) planned.after = entry_in(object["after"], planned.key, where);
    txn.objects.push_back(std::move(planned));
  }
  put_in_order(txn.objects, where);
  return txn;
}

const ManifestEntry* find_entry(const std::vector<ManifestEntry>& objects, std::string_view key) {
  const auto found = std::lower_bound(
      objects.begin(), objects.end(), key,
      [](const ManifestEntry& entry, std::string_view k) { return entry.key < k; });
  return found != objects.end() && found->key == key ? &*found : nullptr;
}

}  // namespace soundlake::lake
