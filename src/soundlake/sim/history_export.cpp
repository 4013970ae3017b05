// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/history_export.hpp"

#include "soundlake/sim/export_rows.hpp"
#include "soundlake/sim/export_zip.hpp"

#include <algorithm>

namespace soundlake::sim {
namespace {

constexpr std::size_t kAccountRowsPerFile = 10'000;
constexpr auto kAccountReach = std::chrono::days(365);

/// The smallest text that programs take for a PDF.
constexpr const char* kPdf =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count "
    "0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
constexpr const char* kNotice =
    "This export was written by soundlake's simulator: no real person listened to it, and the "
    "artists are invented.\n";

/// One history file that is being written.
struct Part {
  std::string rows;
  std::size_t count = 0;
  int first_year = 0;
  int last_year = 0;

  void add(const std::string& row, base::Instant ended_at) {
    if (row.empty()) return;
    if (count == 0) first_year = base::utc_year(ended_at);
    last_year = base::utc_year(ended_at);
    rows += count++ == 0 ? "[\n" : ",\n";
    rows += row;
  }
  std::string text() const { return count == 0 ? "[ ]\n" : rows + "\n]\n"; }
  /// `2024` or `2024-2026`
  std::string years() const {
    const std::string first = std::to_string(first_year);
    return first_year == last_year ? first : first + "-" + std::to_string(last_year);
  }
};

void add_extended(ExportZip& zip, const Listener& listener, const HistoryExport& wanted) {
  const std::string folder = "Spotify Extended Streaming History/";
  const auto end = listener.plays_until(wanted.until);
  Part audio;
  Part video;
  int number = 0;
  const auto put_audio = [&] {
    if (audio.count == 0 && number > 0) return;
    const std::string years =
        audio.count == 0 ? std::to_string(base::utc_year(wanted.until)) : audio.years();
    zip.add(folder + "Streaming_History_Audio_" + years + "_" + std::to_string(number++) + ".json",
            audio.text());
    audio = {};
  };
  for (std::size_t i = 0; i < end; ++i) {
    const auto& play = listener.plays()[i];
    auto& part = is_video(play) ? video : audio;
    part.add(extended_row(listener.catalogue(), play), play.ended_at);
    if (audio.count == wanted.rows_per_file) put_audio();
  }
  put_audio();
  if (video.count > 0)
    zip.add(folder + "Streaming_History_Video_" + video.years() + ".json", video.text());
  zip.add(folder, "placeholder");
  zip.add(folder + "ReadMeFirst_ExtendedStreamingHistory.pdf", kPdf);
  zip.add(folder + kSimulatedNotice, kNotice);
}

void add_account(ExportZip& zip, const Listener& listener, const HistoryExport& wanted) {
  const std::string folder = "Spotify Account Data/";
  const auto end = listener.plays_until(wanted.until);
  Part music;
  Part podcast;
  int number = 0;
  const auto put_music = [&] {
    if (music.count == 0 && number > 0) return;
    zip.add(folder + "StreamingHistory_music_" + std::to_string(number++) + ".json", music.text());
    music = {};
  };
  for (auto i = listener.plays_until(wanted.until - kAccountReach); i < end; ++i) {
    const auto& play = listener.plays()[i];
    auto& part = play.kind == SimulatedPlay::Kind::episode ? podcast : music;
    part.add(account_row(listener.catalogue(), play), play.ended_at);
    if (music.count == kAccountRowsPerFile) put_music();
  }
  put_music();
  zip.add(folder + "StreamingHistory_podcast_0.json", podcast.text());
  zip.add(folder + "Playlist1.json", "{\n  \"playlists\" : [ ]\n}\n");
  zip.add(folder + "SearchQueries.json", "[ ]\n");
  zip.add(folder, "placeholder");
  zip.add(folder + "Read_Me_First.pdf", kPdf);
  zip.add(folder + kSimulatedNotice, kNotice);
}

}  // namespace

const std::vector<std::string>& export_package_names() {
  static const std::vector<std::string> kNames = {"extended", "account"};
  return kNames;
}

std::optional<ExportPackage> export_package_named(const std::string& name) {
  if (name == "extended") return ExportPackage::extended;
  if (name == "account") return ExportPackage::account;
  return std::nullopt;
}

std::string history_export(const Listener& listener, const HistoryExport& wanted) {
  ExportZip zip(wanted.until);
  if (wanted.package == ExportPackage::account) {
    add_account(zip, listener, wanted);
  } else {
    add_extended(zip, listener, wanted);
  }
  return zip.finish();
}

}  // namespace soundlake::sim
