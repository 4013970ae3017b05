// SPDX-License-Identifier: Apache-2.0
#include "soundlake/tableau/overview.hpp"

namespace soundlake::tableau {
namespace {

const Pill kOrder{"Your order"};
const Pill kArtist{"Artist"};
const Pill kFamily{"Family"};
const Pill kPopularity{"Popularity", Use::sum};
const Pill kPopularityRange{"Popularity", Use::continuous};

/// The same three filters on every sheet, so that one control moves all of them.
std::vector<Filter> shared_filters() {
  return {{.pill = kPopularityRange, .range = true, .least = "0", .most = "100", .group = 1},
          {.pill = kArtist, .group = 2},
          {.pill = kFamily, .group = 3}};
}

Sheet popularity() {
  return {
      .name = "Artist popularity",
      .title = "Artist popularity",
      .alt_text =
          "Bars from 0 to 100, one row per artist in your order. Where nobody knows "
          "the popularity, the row says unknown and has no bar.",
      .mark = "Bar",
      .rows = {kOrder, kArtist},
      .columns = {kPopularity},
      .label = Pill{"Popularity shown"},
      .tooltip = {kArtist, ": popularity ", Pill{"Popularity shown"}, " of 100, number ", kOrder,
                  " in your order. Source: ", Pill{"Popularity source", Use::attribute}, "."},
      .filters = shared_filters()};
}

Sheet tempo() {
  return {
      .name = "BPM of current top tracks",
      .title = "BPM of current top tracks",
      .alt_text =
          "One mark per top track on a scale of beats per minute, one row per artist; "
          "the shape tells major from minor. Sources may double or halve a tempo.",
      .mark = "Shape",
      .rows = {kOrder, kArtist},
      .columns = {{"BPM", Use::continuous}},
      .shape = Pill{"Mode"},
      .detail = {{"Track"}, {"Track key"}},
      .tooltip = {Pill{"Track"}, " by ", kArtist, ": ", Pill{"BPM", Use::attribute}, " BPM, mode ",
                  Pill{"Mode"}, ". Source: ", Pill{"BPM source", Use::attribute}, "."},
      .filters = shared_filters()};
}

Sheet releases() {
  return {.name = "Recent album releases",
          .title = "Recent album releases",
          .alt_text =
              "A tick per album on the day of its release, one row per artist. A date "
              "known only to its month or year stands on the first day of it.",
          .mark = "GanttBar",
          .rows = {kOrder, kArtist},
          .columns = {{"Release date", Use::continuous}},
          .detail = {{"Album"}, {"Album key"}},
          .tooltip = {Pill{"Album"}, " by ", kArtist, ", released ",
                      Pill{"Release date", Use::attribute}, " (known to the ",
                      Pill{"Release date known to", Use::attribute},
                      "). Source: ", Pill{"Release date source", Use::attribute}, "."},
          .filters = shared_filters()};
}

Sheet genres() {
  return {.name = "Genre distribution",
          .title = "Genre distribution",
          .alt_text =
              "Bars of the share of artists by genre, largest first and unknown last, "
              "coloured by genre family. Every artist counts once, split evenly over its "
              "genres.",
          .mark = "Bar",
          .rows = {{"Genre order"}, {"Genre"}},
          .columns = {{"Share of artists", Use::sum}},
          .color = kFamily,
          .tooltip = {Pill{"Genre"}, " (", kFamily, "): ", Pill{"Share of artists", Use::sum},
                      " of your artists. Source: ", Pill{"Genre source", Use::attribute}, "."},
          .filters = shared_filters()};
}

}  // namespace

std::vector<Sheet> overview_sheets() {
  return {popularity(), tempo(), releases(), genres()};
}

MemberColors family_colors() {
  return {"Family",
          {{"Hip hop & rap", "#307778"},
           {"R&B & soul", "#80124b"},
           {"Pop", "#bd8121"},
           {"Country & folk", "#779870"},
           {"Rock & indie", "#99574d"},
           {"Electronic", "#0899ce"},
           {"Jazz & classical", "#385600"},
           {"World & other", "#8052aa"},
           {"unknown", "#838f95"}}};
}

Dashboard overview_dashboard(bool simulated) {
  Dashboard page{.name = "Overview"};
  page.texts = {{.text = simulated ? "Overview · simulated listener, invented artists" : "Overview",
                 .size = 20,
                 .bold = true,
                 .box = {16, 8, 700, 48}},
                {.text = "Artists stand in your own order. What nobody knows is called unknown and "
                         "never drawn as 0.",
                 .box = {16, 56, 700, 40}}};
  page.filters = {{"Artist popularity", kPopularityRange, true, {730, 16, 210, 76}},
                  {"Artist popularity", kArtist, false, {950, 16, 210, 76}},
                  {"Artist popularity", kFamily, false, {1170, 16, 210, 76}}};
  page.sheets = {{"Artist popularity", {16, 104, 420, 780}},
                 {"BPM of current top tracks", {446, 104, 480, 385}},
                 {"Recent album releases", {446, 499, 480, 385}},
                 {"Genre distribution", {936, 104, 448, 780}}};
  page.acting_sheets = {"Artist popularity"};
  return page;
}

}  // namespace soundlake::tableau
