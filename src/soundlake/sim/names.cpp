// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/names.hpp"

#include <initializer_list>
#include <set>
#include <string_view>

namespace soundlake::sim {
namespace {

enum : std::size_t {
  kIndie,
  kElectronic,
  kHipHop,
  kMetal,
  kJazz,
  kFolk,
  kAsia,
  kLatin,
  kSoul,
  kClassical,
  kPunk,
  kBass,
  kAmbient,
  kAfrica,
  kPop,
};

const std::vector<ArtistName>& difficult_names() {
  static const std::vector<ArtistName> kNames = {
      {"Kestrelby", kIndie},
      {"Größenwahn im Reihenhaus", kPunk},
      {"琥珀天文台", kAsia},
      {"+49 Nebelhorn", kHipHop},
      {"=cmd Orchestra", kElectronic},
      {"Kestrelby", kFolk},
      {"The Society for the Slow Preservation of Collapsing Ballroom", kClassical},
      {"새벽우체통", kAsia},
      {"Ida \"Comma\" Quill, & Sons", kFolk},
      {"Ñandú Eléctrico", kLatin},
      {"Vøgnstrup", kAmbient},
      {"Полярная Прачечная", kPunk},
      {"@tide_table", kBass},
      {"-3 Grad", kElectronic},
      {"Bàtà Sundays", kAfrica},
      {"Sauerteig Deluxe", kPop},
      {"夜汽車ラヂオ組合", kAsia},
      {"صحراء الياسمين الكهربائي", kLatin},
      {"NULL Island Ferry", kAmbient},
      {"Møllerström & Søn", kJazz},
      {"0 Kelvin Picnic", kMetal},
      {"Ö", kSoul},
  };
  return kNames;
}

const std::vector<std::string> kAdjectives = {
    "Lukewarm",     "Provisional", "Municipal",   "Reluctant", "Inland",  "Magnetic",
    "Borrowed",     "Tidal",       "Upholstered", "Nocturnal", "Crooked", "Unposted",
    "Overgrown",    "Copper",      "Half-Lit",    "Migrating", "Folding", "Quartz",
    "Weatherproof", "Second-Hand", "Silted",      "Tangerine", "Untuned", "Postponed"};
const std::vector<std::string> kNouns = {
    "Cartographers", "Turnstiles", "Weathervanes", "Allotments", "Pylons",
    "Trombones",     "Ferries",    "Umbrellas",    "Archivists", "Tramlines",
    "Lighthouses",   "Beekeepers", "Escalators",   "Marmots",    "Barometers",
    "Telegrams",     "Orchards",   "Lampshades",   "Glaciers",   "Ticket Booths"};
const std::vector<std::string> kThings = {
    "Ferry",   "Window",        "Signal",   "Orchard",   "Kitchen",  "Antenna",
    "Harbour", "Satellite",     "Stairs",   "Velodrome", "Postcard", "Thunder",
    "Garden",  "Ledger",        "Mirror",   "Balcony",   "Tunnel",   "Kite",
    "Cellar",  "Swimming Pool", "Radiator", "Meadow",    "Elevator", "Compass"};
const std::vector<std::string> kMoments = {"Half Past Four",
                                           "Low Tide",
                                           "the Last Stop",
                                           "Noon",
                                           "First Frost",
                                           "Closing Time",
                                           "Platform Nine and a Bit",
                                           "Dawn",
                                           "the Equinox",
                                           "Zero Hours",
                                           "Sunday",
                                           "Midwinter"};
const std::vector<std::string> kVerbs = {"Counting",   "Leaving",   "Painting",  "Borrowing",
                                         "Forgetting", "Unpacking", "Following", "Mending",
                                         "Circling",   "Waking",    "Losing",    "Watering"};
const std::vector<std::string> kPlaces = {
    "Ostermoor",   "Vellingby", "Sankt Irmel", "Port Quillon", "Norrfjällsund",
    "Casa Umbría", "Dunmarrow", "Ishikura",    "Lagoazul",     "Tverrstad"};

/// Joins what its arguments draw, in their order: that of the operands of + is up to the compiler.
std::string glue(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text += part;
  return text;
}

std::string number_word(Random& random) {
  static const std::vector<std::string> kWords = {"Two",    "Three", "Seven", "Nine",
                                                  "Eleven", "Forty", "Twenty"};
  return random.pick(kWords);
}

std::string generated_artist(Random& random) {
  switch (random.between(0, 7)) {
    case 0:
      return glue({random.pick(kAdjectives), " ", random.pick(kNouns)});
    case 1:
      return glue({"The ", random.pick(kNouns), " of ", coined_word(random)});
    case 2:
      return glue(
          {coined_word(random), " & the ", random.pick(kAdjectives), " ", random.pick(kNouns)});
    case 3:
      return glue({"DJ ", coined_word(random), " ", coined_word(random)});
    case 4:
      return glue({coined_word(random), " ", coined_word(random)});
    case 5:
      return glue({random.pick(kPlaces), " ", random.pick(kThings), " Ensemble"});
    case 6:
      return glue({number_word(random), " ", random.pick(kAdjectives), " ", random.pick(kNouns)});
    default:
      return glue({coined_word(random), "-", coined_word(random)});
  }
}

}  // namespace

const std::vector<Scene>& scenes() {
  static const std::vector<Scene> kScenes = {
      {{"indie pop", "dream pop", "shoegaze", "indie rock", "bedroom pop"},
       118,
       34,
       0.35,
       0.55,
       225},
      {{"deep house", "minimal techno", "melodic techno", "electronica"}, 124, 12, 0.6, 0.7, 355},
      {{"alternative hip hop", "boom bap", "german hip hop", "lo-fi hip hop", "trap"},
       94,
       28,
       0.6,
       0.65,
       185},
      {{"doom metal", "folk metal", "post-metal", "progressive metal"}, 126, 56, 0.75, 0.9, 345},
      {{"jazz fusion", "nu jazz", "contemporary jazz", "spiritual jazz"}, 108, 48, 0.5, 0.4, 330},
      {{"indie folk", "celtic folk", "singer-songwriter", "bluegrass", "alt country"},
       104,
       36,
       0.25,
       0.35,
       230},
      {{"city pop", "j-pop", "j-rock", "k-indie"}, 122, 34, 0.4, 0.7, 245},
      {{"cumbia", "bossa nova", "latin alternative", "reggaeton"}, 102, 26, 0.45, 0.65, 210},
      {{"neo soul", "soul", "funk", "r&b"}, 96, 24, 0.45, 0.5, 235},
      {{"neoclassical", "chamber music", "minimalism", "soundtrack"}, 92, 42, 0.55, 0.2, 290},
      {{"post-punk", "new wave", "garage punk", "ska punk", "emo"}, 146, 38, 0.45, 0.85, 190},
      {{"drum and bass", "uk garage", "dubstep", "trip hop"}, 148, 34, 0.65, 0.8, 270},
      {{"ambient", "drone", "field recordings"}, 84, 38, 0.5, 0.15, 420},
      {{"afrobeats", "highlife", "desert blues", "amapiano"}, 112, 16, 0.4, 0.7, 225},
      {{"pop", "synthpop", "electropop", "dance pop", "schlager"}, 120, 20, 0.4, 0.75, 200},
  };
  return kScenes;
}

std::string coined_word(Random& random) {
  static const std::vector<std::string> kHeads = {"Vol", "Bra", "Kes", "Ji",  "Mør", "Tal", "Ze",
                                                  "Ung", "Pli", "Sør", "Qua", "Nim", "Gö",  "Ha",
                                                  "Lu",  "Fry", "Øst", "Cor", "Dé",  "Wim"};
  static const std::vector<std::string> kMiddles = {"ma", "ri", "ven", "do", "lla", "ske", "tu",
                                                    "bé", "no", "gra", "ji", "ros", "pel", ""};
  static const std::vector<std::string> kTails = {"rn",  "sson", "vik", "ta",  "lund",
                                                  "dor", "quet", "mar", "nö",  "leth",
                                                  "zin", "bro",  "ka",  "wick"};
  return glue({random.pick(kHeads), random.pick(kMiddles), random.pick(kTails)});
}

std::vector<ArtistName> artist_names(std::uint64_t seed, std::size_t count) {
  std::vector<ArtistName> names = difficult_names();
  if (names.size() > count) names.resize(count);
  std::set<std::string> taken;
  for (const auto& known : names) taken.insert(known.name);
  Random random(seed, 0x6e616d65);
  while (names.size() < count) {
    std::string name = generated_artist(random);
    // Thousands of artists use up the plain patterns; a place makes more of them.
    if (!taken.insert(name).second) {
      name += " (" + random.pick(kPlaces) + ")";
      if (!taken.insert(name).second) name += " " + std::to_string(names.size());
    }
    names.push_back({name, random.index(scenes().size())});
  }
  return names;
}

std::string album_title(Random& random) {
  switch (random.between(0, 6)) {
    case 0:
      return glue({random.pick(kThings), " at ", random.pick(kMoments)});
    case 1:
      return glue({random.pick(kAdjectives), " ", random.pick(kThings)});
    case 2:
      return glue({"Songs for ", number_word(random), " ", random.pick(kNouns)});
    case 3:
      return coined_word(random);
    case 4:
      return glue({random.pick(kVerbs), " the ", random.pick(kNouns)});
    case 5:
      return glue({random.pick(kPlaces), ", ", random.pick(kMoments)});
    default:
      return glue({"The ", random.pick(kThings), " and the ", random.pick(kThings)});
  }
}

std::string track_title(Random& random) {
  switch (random.between(0, 8)) {
    case 0:
      return random.pick(kThings);
    case 1:
      return glue({random.pick(kVerbs), " ", random.pick(kNouns)});
    case 2:
      return random.pick(kMoments);
    case 3:
      return glue({random.pick(kThings), " Song"});
    case 4:
      return glue({"Don't Wake the ", random.pick(kNouns)});
    case 5:
      return coined_word(random);
    case 6:
      return glue({random.pick(kAdjectives), " ", random.pick(kThings)});
    case 7:
      return glue({random.pick(kVerbs), " in ", random.pick(kPlaces)});
    default:
      return glue({number_word(random), " ", random.pick(kThings), "s"});
  }
}

const std::vector<ShowName>& show_names() {
  static const std::vector<ShowName> kShows = {
      {"Slow Maps", "Leg"},
      {"Kleinstadtgeräusche", "Folge"},
      {"The Barometer Hour", "Reading"},
      {"Unfinished Bridges", "Episode"},
      {"Salz & Signal", "Ausgabe"},
  };
  return kShows;
}

}  // namespace soundlake::sim
