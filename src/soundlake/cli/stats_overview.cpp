// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/stats_overview.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/cli/stats_format.hpp"
#include "soundlake/cli/stats_pictures.hpp"
#include "soundlake/cli/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace soundlake::cli {
namespace {

constexpr std::size_t kTop = 8;

class Overview {
 public:
  Overview(const stats::Dataset& data, stats::Query query, base::Day today)
      : data_(data), query_(std::move(query)), today_(today), columns_(terminal_columns()) {
    query_.limit = kTop;
  }

  std::string draw(const std::string& title) {
    const auto totals = ask("totals");
    text_ = "\n" + title + "\n";
    if (!totals.from || number_in(cell(totals, 0, "plays")) == 0)
      return text_ + "\n  Nothing was played that counts.\n";
    text_ += dim(shown_day(*totals.from) + " – " + shown_day(*totals.to)) + "\n\n";
    add_figures(totals);
    add_months();
    text_ += "  " + bold("Hours of the week") + "\n";
    text_ += drawn_week(ask("week-hours").table, columns_) + "\n";
    add_tops();
    return text_;
  }

 private:
  stats::Result ask(const std::string& name) const {
    return stats::compute(data_, stats::statistic_named(name), query_, today_);
  }

  static const stats::Cell& cell(const stats::Result& result, std::size_t row,
                                 std::string_view name) {
    const auto& columns = result.table.columns;
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const stats::Column& one) { return one.name == name; });
    return result.table.rows.at(row).at(static_cast<std::size_t>(found - columns.begin()));
  }

  /// Numbers above their words, as many side by side as there is room for.
  void add_figures(const stats::Result& totals) {
    const auto streaks = ask("streaks");
    const auto at_least = totals.at_least ? "≥ " : "";
    const auto count = [&](const char* name) {
      return shown(cell(totals, 0, name), stats::Unit::count);
    };
    const std::array<std::pair<std::string, std::string>, 6> figures{
        {{at_least + shown(cell(totals, 0, "ms"), stats::Unit::ms), "listened"},
         {at_least + count("plays"), "plays"},
         {count("artists"), "artists"},
         {count("albums"), "albums"},
         {count("tracks"), "tracks"},
         {streaks.table.rows.empty()
              ? "0 days"
              : shown(cell(streaks, 0, "days"), stats::Unit::count) + " days",
          "longest streak"}}};
    constexpr std::size_t kWidth = 16;
    const auto across = std::min(figures.size(), std::max<std::size_t>(1, (columns_ - 2) / kWidth));
    for (std::size_t first = 0; first < figures.size(); first += across) {
      std::string numbers = "  ";
      std::string words = "  ";
      for (auto i = first; i < std::min(first + across, figures.size()); ++i) {
        numbers += bold(base::fit(figures.at(i).first, kWidth));
        words += dim(base::fit(figures.at(i).second, kWidth));
      }
      text_ += numbers;
      text_ += "\n";
      text_ += words;
      text_ += "\n\n";
    }
  }

  void add_months() {
    const auto series = ask("series");
    std::vector<double> times;
    for (std::size_t row = 0; row < series.table.rows.size(); ++row)
      times.push_back(number_in(cell(series, row, "ms")));
    if (times.size() < 2) return;
    const auto month = [&](std::size_t row) {
      return shown_day(std::get<base::Day>(cell(series, row, "start"))).substr(2);
    };
    text_ += "  " + bold("Time by month") + "   " +
             dim(month(0) + " – " + month(times.size() - 1)) + "\n";
    text_ += "  " + accent(sparkline(times, columns_ - 4)) + "\n\n";
  }

  /// Artists and tracks side by side where there is room, else below each other.
  void add_tops() {
    const bool beside = columns_ >= 76;
    const auto width = beside ? (columns_ - 6) / 2 : columns_ - 4;
    const auto artists = top_lines("top-artists", "Top artists", width);
    const auto tracks = top_lines("top-tracks", "Top tracks", width);
    if (!beside) {
      for (const auto& line : artists) text_ += "  " + line + "\n";
      text_ += "\n";
      for (const auto& line : tracks) text_ += "  " + line + "\n";
      return;
    }
    for (std::size_t i = 0; i < std::max(artists.size(), tracks.size()); ++i) {
      text_ += "  " + (i < artists.size() ? artists[i] : std::string(width, ' ')) + "  ";
      text_ += (i < tracks.size() ? tracks[i] : "") + "\n";
    }
  }

  std::vector<std::string> top_lines(const std::string& name, const std::string& title,
                                     std::size_t width) const {
    constexpr std::size_t kRank = 3;
    constexpr std::size_t kBar = 8;
    constexpr std::size_t kTime = 12;
    const auto top = ask(name);
    std::vector<std::string> lines{bold(base::fit(title, width))};
    double most = 0;
    for (std::size_t row = 0; row < top.table.rows.size(); ++row)
      most = std::max(most, number_in(cell(top, row, "ms")));
    for (std::size_t row = 0; row < top.table.rows.size(); ++row) {
      const auto ms = cell(top, row, "ms");
      const auto time = shown(ms, stats::Unit::ms);
      const auto blanks = kTime - std::min(kTime, base::display_width(time));
      lines.push_back(
          dim(fmt::format("{:>2} ", row + 1)) +
          base::fit(shown(cell(top, row, "name"), stats::Unit::text),
                    width - kRank - kBar - kTime - 1) +
          std::string(blanks, ' ') + time + " " +
          accent(base::fit(smooth_bar(most > 0 ? number_in(ms) / most : 0, kBar), kBar)));
    }
    return lines;
  }

  const stats::Dataset& data_;
  stats::Query query_;
  base::Day today_;
  std::size_t columns_;
  std::string text_;
};

}  // namespace

std::string drawn_overview(const std::string& title, const stats::Dataset& data,
                           const stats::Query& query, base::Day today) {
  return Overview(data, query, today).draw(title);
}

}  // namespace soundlake::cli
