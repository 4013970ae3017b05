// SPDX-License-Identifier: Apache-2.0
// Files of plays with anything in them: the books balance, the size of the window changes nothing,
// and every element is found that base's JSON reader finds.
#include "soundlake/base/json.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/history/read_file.hpp"
#include "soundlake/history/row_teller.hpp"

#include "driver.hpp"
#include <algorithm>
#include <cstring>

namespace {

using namespace soundlake;
using fuzz::require;

class Bytes : public history::ByteSource {
 public:
  explicit Bytes(std::string_view bytes) : rest_(bytes) {}
  std::size_t read(char* to, std::size_t size) override {
    const auto count = std::min(size, rest_.size());
    std::memcpy(to, rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
};

history::FileReading read(std::string_view input, std::size_t window) {
  Bytes bytes(input);
  history::ReadLimits limits;
  limits.window = window;
  return history::read_history_file("endsong_0.json", bytes, limits, [](std::int64_t) {});
}

void check_plays(const history::FileReading& reading) {
  const auto& file = *reading.history;
  const auto rows = reading.plays.rows();
  require(file.rows_read == static_cast<std::int64_t>(rows) + file.rows_rejected, "books balance");
  require(file.rejected.size() <= 100, "a bounded list of rejected rows");
  for (const auto& rejected : file.rejected) {
    require(rejected.row >= 1 && rejected.row <= file.rows_read, "a rejected row has a number");
    require(base::is_utf8(rejected.reason), "reasons are text");
  }
  for (std::size_t row = 0; row < rows; ++row) {
    const auto play = history::to_play(reading.plays, row);
    require(play.ms_played >= 0 && play.ms_played <= history::kLongestPlay, "a length that can be");
    for (const auto* text : {&play.track_name, &play.spotify_uri, &play.country, &play.platform}) {
      require(!*text || (base::is_utf8(**text) && (*text)->find('\0') == std::string::npos),
              "texts are UTF-8 without NUL");
    }
  }
}

void read_rows(std::string_view input) {
  const auto reading = read(input, std::size_t{1} << 16);
  const auto narrow = read(input, 16 + input.size() % 50);
  require(reading.reason == narrow.reason, "the same reason in any window");
  require(reading.history.has_value() == narrow.history.has_value(), "the same in any window");
  if (!reading.history) return;
  check_plays(reading);
  const auto& file = *reading.history;
  require(file.damage == narrow.history->damage, "the same damage in any window");
  require(file.rows_read == narrow.history->rows_read, "the same rows in any window");
  require(reading.plays.played_at == narrow.plays.played_at, "the same plays in any window");
  require(reading.plays.texts.characters == narrow.plays.texts.characters, "the same texts");
  const auto json = base::JsonDocument::try_parse(input);
  if (json && json->root().is_array()) {
    require(file.damage.empty(), "good JSON is not damaged");
    require(static_cast<std::size_t>(file.rows_read) == json->root().items().size(),
            "every element is read");
  }
}

}  // namespace

int main(int argc, char** argv) {
  return soundlake::fuzz::run(argc, argv,
                              {"{",
                               "}",
                               "[",
                               "]",
                               ",",
                               ":",
                               "\"",
                               "\\",
                               "\\u0000",
                               "\\ud83c",
                               "\\u00e9",
                               "null",
                               "true",
                               "false",
                               "-1",
                               "604800001",
                               "1e999",
                               "\"ts\"",
                               "\"ms_played\"",
                               "\"skipped\"",
                               "\"offline_timestamp\"",
                               "1588622400123",
                               "9223372036854775808",
                               "\xFF",
                               "\xEF\xBB\xBF",
                               std::string(1, '\0'),
                               "[[[[[[[[",
                               "{\"a\":",
                               "\r\n",
                               "2020-02-29T00:00:00Z"},
                              read_rows);
}
