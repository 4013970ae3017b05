// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/line_reader.hpp"

#include "soundlake/base/files.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace soundlake::spotify {
namespace {
using testing::ElementsAre;
using testing::IsEmpty;

struct Pipe {
  Pipe() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    out = base::FileDescriptor(ends[0]);
    in = base::FileDescriptor(ends[1]);
  }
  void put(const std::string& text) const {
    EXPECT_EQ(::write(in.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  base::FileDescriptor out;
  base::FileDescriptor in;
};

TEST(LineReader, GivesALineWhenItIsComplete) {
  const Pipe pipe;
  LineReader lines(pipe.out.get());
  pipe.put("first\nsec");
  EXPECT_THAT(lines.read(), ElementsAre("first"));
  pipe.put("ond\n\nthird\n");
  EXPECT_THAT(lines.read(), ElementsAre("second", "third"));
  EXPECT_TRUE(lines.open());
}

TEST(LineReader, LastLineNeedsNoBreakAndTheEndCloses) {
  Pipe pipe;
  LineReader lines(pipe.out.get());
  pipe.put("only");
  pipe.in = {};
  EXPECT_THAT(lines.read(), IsEmpty());
  EXPECT_THAT(lines.read(), ElementsAre("only"));
  EXPECT_FALSE(lines.open());
  EXPECT_THAT(lines.read(), IsEmpty());
}

TEST(LineReader, DropsALineWithoutEndButNotTheNextOne) {
  const Pipe pipe;
  LineReader lines(pipe.out.get());
  for (int i = 0; i < 5; ++i) {
    pipe.put(std::string(4096, 'x'));
    EXPECT_THAT(lines.read(), IsEmpty());
  }
  pipe.put("\nshort\n");
  EXPECT_THAT(lines.read(), ElementsAre("short"));
}

TEST(LineReader, ABadDescriptorIsAnEndNotALoop) {
  LineReader none(-1);
  EXPECT_FALSE(none.open());
  LineReader folder(::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const base::FileDescriptor owner(folder.fd());
  EXPECT_THAT(folder.read(), IsEmpty());
  EXPECT_FALSE(folder.open());
}

}  // namespace
}  // namespace soundlake::spotify
