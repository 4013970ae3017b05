// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::spotify {

/// One item of a page with its place in it, from 0; places of items without content stay empty.
template <class Item>
struct Placed {
  int place = 0;
  Item item;
};

/// A page of a paged answer.
template <class Item>
struct Page {
  std::vector<Placed<Item>> items;
  int places = 0;     ///< items received, empty ones included
  bool more = false;  ///< the service names a further page
  std::string next;   ///< its link as received

  int skipped() const { return places - static_cast<int>(items.size()); }
};

/// Reads `{"items": […], "next": …}` with `read` for each item. Nothing when there is no list, or
/// when a first page is empty though it tells of a total: then the answer is something else.
template <class Read>
auto read_page(const base::JsonValue& json, Read read)
    -> std::optional<Page<typename decltype(read(json))::value_type>> {
  if (!json["items"].is_array()) return std::nullopt;
  Page<typename decltype(read(json))::value_type> page;
  if (json["items"].items().empty() && json["offset"].integer().value_or(0) == 0 &&
      json["total"].integer().value_or(0) > 0) {
    return std::nullopt;
  }
  for (const base::JsonValue& value : json["items"].items()) {
    if (auto item = read(value)) page.items.push_back({page.places, std::move(*item)});
    ++page.places;
  }
  page.next = json["next"].text().value_or("");
  page.more = !page.next.empty();
  return page;
}

}  // namespace soundlake::spotify
