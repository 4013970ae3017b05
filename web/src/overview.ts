// SPDX-License-Identifier: Apache-2.0
// The four starting views. The first three share their artists, so they share their rows.
import { first, queryOf, type Choices } from './address';
import { answerOf, list, number, text, type Answer, type Page } from './api';
import { axisText, Chart, markFont, type Mark, type Theme } from './chart';
import { h, keyOf, tipOf, type Tip } from './dom';
import { EntityFilter, filterBar, popularityRange, segments, select } from './filters';
import { count, median, monthYear, partialDate, percent1, several } from './format';
import type { MakePage } from './page';
import tokens from './tokens.json';
import { sourceName, sourcesLine, view } from './view';

const HEAD = 46;
const ROW = 26;
const AXIS = 30;
const FEW = 15;
const PINS = 8;
const YEARS = 5;
const DAY = 86_400_000;
const TERMS: Record<string, string> = { '4w': 'short', '6m': 'medium', all: 'long' };
const SHOWN_TERMS: Record<string, string> = { short: 'the last four weeks', medium: 'the last six months', long: 'all time' };

interface Track { key: string; name: string; bpm: number | null; mode: string | null; source: string | null }
interface Album { key: string; name: string; date: string | null; tracks: number | null; source: string | null }
interface Artist {
  rank: number; key: string; name: string; popularity: number | null; source: string | null; genres: string[]; genresKnown: boolean;
  tracks: Track[]; albums: Album[]; tempo: number | null; latest: string | null; slot: number;
}

/** A date known to the month or year stands at its beginning. */
const moment = (date: string) => Date.parse(date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date);

function artistsOf(page: Page): Artist[] {
  const artists = answerOf(page, 'popularity').rows.map((row): Artist => ({
    rank: number(row, 'rank') ?? 0, key: text(row, 'key') ?? '', name: text(row, 'name') ?? 'unknown artist', popularity: number(row, 'popularity'),
    source: text(row, 'popularity_source'), genres: list(row, 'genres'), genresKnown: Array.isArray(row.genres), tracks: [], albums: [], tempo: null, latest: null, slot: -1,
  }));
  const byRank = new Map(artists.map((artist) => [artist.rank, artist]));
  for (const row of answerOf(page, 'tempo').rows)
    byRank.get(number(row, 'rank') ?? 0)?.tracks.push({ key: text(row, 'key') ?? '', name: text(row, 'name') ?? 'unknown track', bpm: number(row, 'bpm'), mode: text(row, 'mode'), source: text(row, 'source') });
  for (const row of answerOf(page, 'releases').rows)
    byRank.get(number(row, 'rank') ?? 0)?.albums.push({ key: text(row, 'key') ?? '', name: text(row, 'name') ?? 'unknown album', date: text(row, 'release_date'), tracks: number(row, 'total_tracks'), source: text(row, 'source') });
  for (const artist of artists) {
    const known = artist.tracks.flatMap((track) => (track.bpm === null ? [] : [track.bpm]));
    artist.tempo = known.length > 0 ? median(known) : null;
    artist.latest = artist.albums.flatMap((album) => (album.date === null ? [] : [album.date])).sort().at(-1) ?? null;
  }
  return artists;
}

/** Lines between the rows, and the light on the row that is pointed at. */
const under = () => [h('div', { class: 'stripes', 'aria-hidden': 'true' }), h('div', { class: 'band', 'aria-hidden': 'true' })];

/** Unknown values stand last, whatever the order. */
const descending = (value: (artist: Artist) => number | null) => (a: Artist, b: Artist) => {
  const [x, y] = [value(a), value(b)];
  return x === null || y === null ? Number(x === null) - Number(y === null) : y - x;
};
const ORDERS: Record<string, (a: Artist, b: Artist) => number> = {
  rank: (a, b) => a.rank - b.rank,
  popularity: descending((artist) => artist.popularity),
  tempo: descending((artist) => artist.tempo),
  release: descending((artist) => (artist.latest === null ? null : moment(artist.latest))),
  name: (a, b) => a.name.localeCompare(b.name),
};

export const overview: MakePage = (choose, current, redraw) => {
  const tempoChart = new Chart(1);
  const releaseChart = new Chart(1);
  const entities = new EntityFilter(current, choose);
  const bar = filterBar([
    segments('Period', [['4w', 'Last 4 weeks'], ['6m', '6 months'], ['all', 'All time']], (choices) => first(choices, 'last') ?? '4w', (value) => choose({ last: value === '4w' ? [] : [value] })),
    entities,
    popularityRange(choose),
    select('Order', [['rank', 'Your order'], ['popularity', 'Popularity'], ['tempo', 'Tempo'], ['release', 'Latest album'], ['name', 'Name']], 'order', choose),
  ]);
  let everyone = false;

  const pinsOf = (artists: Artist[], choices: Choices): string[] => {
    const chosen = first(choices, 'pin');
    if (chosen === 'none') return [];
    return chosen ? chosen.split(',').slice(0, PINS) : artists.filter((artist) => artist.rank <= 5).map((artist) => artist.key);
  };

  function popularityView(page: Page, rows: Artist[], all: Artist[], pins: string[]): HTMLElement {
    const known = all.flatMap((artist) => (artist.popularity === null ? [] : [artist.popularity]));
    const bins = Array<number>(20).fill(0);
    for (const value of known) { const bin = Math.min(19, Math.floor(value / 5)); bins[bin] = (bins[bin] ?? 0) + 1; }
    const most = Math.max(1, ...bins);
    const middle = Math.round(median(known));
    const derived = [...new Set(all.flatMap((artist) => (artist.source && artist.source !== 'spotify' ? [artist.source] : [])))];
    const pin = (key: string) => {
      const next = pins.includes(key) ? pins.filter((one) => one !== key) : [...pins, key].slice(-PINS);
      choose({ pin: [next.length > 0 ? next.join(',') : 'none'] });
    };
    const row = (artist: Artist) => {
      const colour: Record<string, string> = artist.slot >= 0 ? { '--c': `var(--cat${artist.slot + 1})` } : {};
      const tip = (): Tip => ({
        lines: [artist.name, artist.popularity === null ? 'Popularity unknown' : `Popularity ${artist.popularity} of 100, your no. ${artist.rank}`, artist.genres.length > 0 ? artist.genres.join(', ') : 'genres unknown'],
        source: artist.source ? sourceName(artist.source) : undefined,
      });
      return tipOf(h('tr', {},
        h('td', { class: 'rank' }, String(artist.rank)),
        h('th', { scope: 'row' }, h('button', { class: 'name', type: 'button', 'aria-pressed': String(artist.slot >= 0), 'data-focus': `pin-${artist.key}`, onclick: () => pin(artist.key) },
          h('i', { class: 'dot', vars: colour }), h('span', { dir: 'auto' }, artist.name))),
        artist.popularity === null
          ? h('td', { class: 'bar' }, h('i', { class: 'hatch-stub' }), h('b', { class: 'after-stub' }, 'unknown'))
          : h('td', { class: `bar${artist.source === 'spotify' ? '' : ' hollow'}`, vars: { '--v': artist.popularity / 100, ...colour } }, h('i'), h('b', {}, String(artist.popularity)))), tip);
    };
    return view(
      { id: 'popularity', title: 'Artist popularity', answer: answerOf(page, 'popularity'),
        sub: derived.length > 0 ? `0 to 100, derived from ${derived.map((source) => (source === 'deezer' ? 'Deezer fans' : sourceName(source))).join(' and ')}` : '0 to 100, how much everyone plays them now',
        source: sourcesLine('Popularity', all.map((artist) => artist.source)) },
      under(), h('div', { class: 'hist', role: 'img', 'aria-label': known.length > 0 ? `Half of the artists are above ${middle}.` : 'No popularity known' },
        bins.map((n, i) => h('i', { vars: { '--v': n / most, '--x': i } })), known.length > 0 && h('b', { class: middle > 50 ? undefined : 'at-end' }, `half are above ${middle}`)),
      h('table', { class: 'rows' }, h('caption', { class: 'vh' }, 'Artists with their popularity'),
        h('colgroup', {}, h('col', { class: 'c-rank' }), h('col', { class: 'c-name' }), h('col')),
        h('thead', { class: 'vh' }, h('tr', {}, h('th', { scope: 'col' }, 'Rank'), h('th', { scope: 'col' }, 'Artist'), h('th', { scope: 'col' }, 'Popularity, 0 to 100'))),
        h('tbody', {}, rows.map(row))),
      h('div', { class: 'axis', 'aria-hidden': 'true' }, [0, 25, 50, 75, 100].map((value) => h('span', { vars: { '--v': value / 100 } }, String(value)))));
  }

  /** Whether the panel stands below the one with the names instead of beside it. */
  const alone = (id: 'tempo' | 'releases') => location.hash === `#${id}` || matchMedia(id === 'releases' ? '(max-width:1180px)' : '(max-width:760px)').matches;
  const left = (named: boolean) => (named ? 104 : 10);
  const colour = (theme: Theme, artist: Artist) => (artist.slot >= 0 ? theme.cat[artist.slot] ?? theme.other : theme.other);
  const rowsAxis = (theme: Theme, rows: Artist[], named: boolean) => ({
    type: 'category', inverse: true, gridIndex: 1, data: rows.map((artist) => artist.name), axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false },
    axisLabel: { ...axisText(theme), show: named, interval: 0, fontSize: 11, width: 94, overflow: 'truncate', color: theme.ink2, margin: 6 },
  });
  const grids = (from: number, right: number, n: number) => [{ left: from, right, top: 6, height: HEAD - 14 }, { left: from, right, top: HEAD, height: ROW * n }];

  function tempoView(page: Page, rows: Artist[], all: Artist[]): HTMLElement {
    const tracks = all.flatMap((artist) => artist.tracks);
    const known = tracks.filter((track) => track.bpm !== null);
    const [from, to] = [40, 220];
    const lane = to + 12;
    const place = (bpm: number) => Math.max(from, Math.min(to, bpm));
    const unknowns = tracks.length - known.length;
    const histogram = (minor: boolean) => {
      const bins = Array<number>(18).fill(0);
      for (const track of known) if ((track.mode === 'minor') === minor) { const bin = Math.max(0, Math.min(17, Math.floor(((track.bpm ?? 0) - from) / 10))); bins[bin] = (bins[bin] ?? 0) + 1; }
      return bins.map((n, i) => [from + 5 + i * 10, n]);
    };
    const tip = (artist: Artist, track: Track): Tip => ({
      lines: [track.name, artist.name, `${track.bpm === null ? 'tempo unknown' : `${Math.round(track.bpm)} BPM`}, ${track.mode ?? 'mode unknown'}`],
      source: track.source ? sourceName(track.source) : undefined,
    });
    const drawing = tempoChart.show({
      label: known.length > 0 ? `Tempo of ${several(known.length, 'track')}. Half are below ${Math.round(median(known.map((track) => track.bpm ?? 0)))} BPM.` : 'No tempo is known.',
      height: HEAD + ROW * rows.length + AXIS,
      build: (theme) => {
        const named = alone('tempo');
        const marks = (mode: string | null): Mark[] => rows.flatMap((artist, i) => artist.tracks.filter((track) => track.mode === mode && track.bpm !== null)
          .map((track) => ({
            value: [place(track.bpm ?? 0), i], tip: tip(artist, track),
            itemStyle: mode === 'major' ? { color: colour(theme, artist) } : { color: theme.bg, borderColor: colour(theme, artist), borderWidth: 1.8 },
          })));
        const nobody: Mark[] = rows.flatMap((artist, i) => {
          const n = artist.tracks.filter((track) => track.bpm === null).length;
          return n > 0 ? [{ value: [lane, i], name: String(n), tip: { lines: [artist.name, `${several(n, 'track')} of unknown tempo`] } }] : [];
        });
        const axis = { type: 'value', min: from, max: unknowns > 0 ? lane + 8 : to };
        return {
          grid: grids(left(named), 10, rows.length),
          xAxis: [{ ...axis, gridIndex: 0, show: false },
            { ...axis, gridIndex: 1, interval: 20, axisLine: { show: false }, axisTick: { show: false }, splitLine: { showMinLine: false, lineStyle: { color: theme.grid } },
              axisLabel: { ...axisText(theme), showMinLabel: false, hideOverlap: true, formatter: (value: number) => (value > from && value < to ? String(value) : '') } }],
          yAxis: [{ type: 'value', gridIndex: 0, show: false }, rowsAxis(theme, rows, named)],
          series: [
            { type: 'bar', stack: 'h', xAxisIndex: 0, yAxisIndex: 0, data: histogram(false), barWidth: '92%', itemStyle: { color: theme.soft }, silent: true },
            { type: 'bar', stack: 'h', xAxisIndex: 0, yAxisIndex: 0, data: histogram(true), barWidth: '92%', itemStyle: { color: theme.bg, borderColor: theme.soft, borderWidth: 1.2 }, silent: true },
            { type: 'custom', xAxisIndex: 1, yAxisIndex: 1, silent: true, z: 1,
              data: rows.flatMap((artist, i) => { const bpm = artist.tracks.flatMap((track) => (track.bpm === null ? [] : [place(track.bpm)])); return bpm.length > 0 ? [[i, Math.min(...bpm), Math.max(...bpm), median(bpm)]] : []; }),
              renderItem: (_: unknown, api: { value: (i: number) => number; coord: (at: number[]) => number[] }) => {
                const at = (i: number) => api.coord([api.value(i), api.value(0)]);
                const [y, x1, x2, x] = [at(1)[1] ?? 0, at(1)[0] ?? 0, at(2)[0] ?? 0, at(3)[0] ?? 0];
                return { type: 'group', children: [
                  { type: 'line', shape: { x1, x2, y1: y, y2: y }, style: { stroke: theme.rule, lineWidth: 1 } },
                  { type: 'line', shape: { x1: x, x2: x, y1: y - 8, y2: y + 8 }, style: { stroke: theme.ink3, lineWidth: 1.5 } }] };
              } },
            { type: 'scatter', xAxisIndex: 1, yAxisIndex: 1, symbol: 'circle', symbolSize: 9, data: marks('major'), emphasis: { scale: 1.6 } },
            { type: 'scatter', xAxisIndex: 1, yAxisIndex: 1, symbol: 'diamond', symbolSize: 10, data: marks('minor'), emphasis: { scale: 1.6 } },
            { type: 'scatter', xAxisIndex: 1, yAxisIndex: 1, symbol: 'path://M1 1L9 9M9 1L1 9', symbolSize: 8, data: marks(null), emphasis: { scale: 1.6 } },
            { type: 'scatter', xAxisIndex: 1, yAxisIndex: 1, symbol: 'rect', symbolSize: [18, 14], data: nobody, itemStyle: { color: 'transparent', borderColor: theme.unknown, borderType: 'dashed', borderWidth: 1 },
              label: { show: true, formatter: (item: { name: string }) => item.name, color: theme.ink3, fontSize: 10 } },
          ],
        };
      },
    });
    return view(
      { id: 'tempo', title: 'BPM of current top tracks', answer: answerOf(page, 'tempo'),
        sub: [keyOf('major', 'k-major'), keyOf('minor', 'k-minor'), keyOf('median of an artist', 'k-median'), unknowns > 0 && keyOf('tracks of unknown tempo', 'k-box')],
        source: known.length > 0 ? `${sourcesLine('BPM', tracks.map((track) => track.source))}. A source may report double or half tempo.` : `BPM: unknown for all ${count(tracks.length)} tracks. This Spotify app is not told tempo or mode.` },
      under(), drawing);
  }

  function releasesView(page: Page, rows: Artist[], all: Artist[]): HTMLElement {
    const until = Date.parse(page.today);
    const start = Date.UTC(new Date(until).getUTCFullYear() - YEARS, 0, 1);
    const albums = all.flatMap((artist) => artist.albums);
    const recent = albums.flatMap((album) => (album.date !== null && moment(album.date) >= start ? [moment(album.date)] : []));
    const quarters = Array.from({ length: (YEARS + 1) * 4 }, (_, i): [number, number] => [Date.UTC(new Date(start).getUTCFullYear(), i * 3 + 1, 15), 0]);
    for (const at of recent) {
      const date = new Date(at);
      const quarter = quarters[(date.getUTCFullYear() - new Date(start).getUTCFullYear()) * 4 + Math.floor(date.getUTCMonth() / 3)];
      if (quarter) quarter[1]++;
    }
    const none = all.filter((artist) => artist.albums.length === 0).length;
    const drawing = releaseChart.show({
      label: `${several(recent.length, 'album')} since ${new Date(start).getUTCFullYear()}.`,
      height: HEAD + ROW * rows.length + AXIS,
      build: (theme, width) => {
        const named = alone('releases');
        const from = left(named) + 24;
        const axis = { type: 'time', min: start, max: until + 30 * DAY };
        const marks: Mark[] = rows.flatMap((artist, i) => artist.albums.flatMap((album) => (album.date === null || moment(album.date) < start ? [] : [{
          value: [moment(album.date), i], tracks: album.tracks ?? 1, itemStyle: { color: colour(theme, artist) },
          tip: { lines: [album.name, artist.name, `${partialDate(album.date)}${album.tracks === null ? '' : ` · ${several(album.tracks, 'track')}`}`], source: album.source ? sourceName(album.source) : undefined },
        }])));
        return {
          grid: grids(from, 10, rows.length),
          xAxis: [{ ...axis, gridIndex: 0, show: false },
            { ...axis, gridIndex: 1, minInterval: 365 * DAY, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { ...axisText(theme), formatter: '{yyyy}', hideOverlap: true }, splitLine: { show: true, lineStyle: { color: theme.grid } } }],
          yAxis: [{ type: 'value', gridIndex: 0, show: false }, { ...rowsAxis(theme, rows, named), offset: 24 }],
          series: [
            { type: 'bar', xAxisIndex: 0, yAxisIndex: 0, data: quarters.filter(([at]) => at <= until + 60 * DAY), barWidth: Math.max(3, (width - from - 10) / quarters.length - 2), itemStyle: { color: theme.soft }, silent: true },
            { type: 'custom', xAxisIndex: 1, yAxisIndex: 1, silent: true, z: 1, clip: false,
              data: rows.map((artist, i) => [artist.latest === null ? until : Math.max(start, moment(artist.latest)), i]),
              renderItem: (params: { dataIndex: number }, api: { value: (i: number) => number; coord: (at: number[]) => number[] }) => {
                const artist = rows[params.dataIndex];
                if (!artist) return undefined;
                const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
                const [end = 0] = api.coord([until, 0]);
                const [begin = 0] = api.coord([start, 0]);
                const older = artist.albums.filter((album) => album.date !== null && moment(album.date) < start).length;
                const words = (said: string, at: number, align: string) => ({ type: 'text', style: { text: said, x: at, y, fill: theme.ink3, font: markFont, verticalAlign: 'middle', textAlign: align } });
                return { type: 'group', children: [
                  ...(artist.latest === null ? [] : [{ type: 'line', shape: { x1: x, x2: end, y1: y, y2: y }, style: { stroke: colour(theme, artist), opacity: 0.45, lineWidth: 1.2 } }]),
                  ...(older > 0 ? [words(`+${older}`, begin - 6, 'right')] : []),
                  ...(artist.latest === null ? [words(artist.albums.length > 0 ? 'no date known' : 'no album known', begin + 4, 'left')] : [])] };
              } },
            { type: 'scatter', xAxisIndex: 1, yAxisIndex: 1, symbol: 'roundRect', symbolSize: (_: unknown, item: { data: { tracks: number } }) => [5, 6 + Math.min(14, Math.sqrt(item.data.tracks) * 2.6)], emphasis: { scale: 1.3 }, data: marks },
          ],
        };
      },
    });
    return view(
      { id: 'releases', title: 'Recent album releases', answer: answerOf(page, 'releases'),
        sub: [keyOf('album, taller = more tracks', 'k-album'), h('span', { class: 'key' }, `+2 = albums before ${new Date(start).getUTCFullYear()}`)],
        source: `${sourcesLine('Release dates', albums.map((album) => album.source))}${none > 0 ? ` · no album known of ${several(none, 'artist')}` : ''}` },
      under(), drawing);
  }

  function genresView(answer: Answer, artists: Artist[], choices: Choices): HTMLElement {
    interface Family { name: string | null; share: number; slot: number; genres: { name: string; share: number; artists: number }[] }
    const slots: Record<string, number> = tokens.familySlot;
    const families = new Map<string | null, Family>();
    for (const row of answer.rows) {
      const name = text(row, 'family');
      const family = families.get(name) ?? { name, share: 0, slot: name === null ? -1 : slots[name] ?? 4, genres: [] };
      families.set(name, family);
      family.share += number(row, 'share') ?? 0;
      const genre = text(row, 'genre');
      if (genre !== null) family.genres.push({ name: genre, share: number(row, 'share') ?? 0, artists: number(row, 'artists') ?? 0 });
    }
    const shown = [...families.values()].sort((a, b) => Number(a.name === null) - Number(b.name === null) || b.share - a.share);
    const most = Math.max(0.001, ...shown.flatMap((family) => family.genres.map((genre) => genre.share)));
    const cut = matchMedia('(max-width:760px)').matches ? 4 : 8;
    const chosen = first(choices, 'family');
    const of = (share: number) => `${percent1(share)} of your top artists`;
    const paint = (family: Family) => (family.slot < 0 ? 'var(--unknown)' : `var(--cat${family.slot + 1})`);
    const strip = h('div', { class: 'strip', role: 'group', 'aria-label': 'Genre families, share of your top artists' }, shown.map((family) => tipOf(
      h('button', { type: 'button', 'aria-pressed': String(family.name !== null && chosen === family.name), disabled: family.name === null, 'aria-label': `${family.name ?? 'unknown'}, ${of(family.share)}`, 'data-focus': `family-${family.name}`,
        vars: { '--v': family.share, '--c': paint(family) }, onclick: () => choose({ family: family.name === null || chosen === family.name ? [] : [family.name] }) },
      h('i', { class: family.name === null ? 'hatch-fill' : undefined }), h('span', {}, family.share > 0.05 && h('b', {}, percent1(family.share)), family.share > 0.09 && ` ${family.name ?? 'unknown'}`)),
      () => ({ lines: [family.name ?? 'unknown', of(family.share), family.name === null ? 'nobody told their genres' : several(family.genres.length, 'genre')] }))));
    const named = (genre: string) => artists.filter((artist) => artist.genres.includes(genre)).map((artist) => artist.name).join(', ');
    const columns = h('div', { class: 'families' }, shown.filter((family) => family.name !== null).map((family) => h('div', { class: 'family', vars: { '--c': paint(family) } },
      h('h3', {}, h('i'), h('span', {}, family.name), h('b', {}, percent1(family.share))),
      h('ul', {},
        family.genres.slice(0, cut).map((genre) => tipOf(h('li', { vars: { '--v': genre.share / most } }, h('span', {}, genre.name), h('b', {}, percent1(genre.share)), h('i')), () => ({ lines: [genre.name, of(genre.share), named(genre.name)] }))),
        family.genres.length > cut && h('li', { class: 'rest' }, `and ${count(family.genres.length - cut)} more`)))));
    const unknown = artists.filter((artist) => artist.genres.length === 0).length;
    return view(
      { id: 'genres', title: 'Genre distribution', answer, wide: true,
        sub: 'Every artist counts once, split evenly over their genres, so the parts add up to the whole',
        source: `Genres known of ${several(artists.length - unknown, 'artist')} · unknown ${count(unknown)}${unknown === artists.length ? '. This Spotify app is not told genres.' : ''}` },
      strip, columns);
  }

  return {
    name: 'overview',
    title: 'Overview',
    filters: bar.element,
    sync: bar.show,
    query: (choices) => {
      const query = new URLSearchParams(queryOf(choices, ['artist', 'genre', 'family', 'pop']));
      const term = TERMS[first(choices, 'last') ?? '4w'] ?? 'short';
      if (term !== 'short') query.set('term', term);
      return query.toString();
    },
    draw: (page, choices) => {
      const all = artistsOf(page);
      entities.know(all.map((artist) => [artist.key, artist.name]), all.flatMap((artist) => artist.genres));
      bar.show(choices);
      const pins = pinsOf(all, choices);
      for (const artist of all) artist.slot = pins.indexOf(artist.key);
      const ordered = [...all].sort(ORDERS[first(choices, 'order') ?? 'rank'] ?? ORDERS.rank);
      const rows = everyone ? ordered : ordered.slice(0, FEW);
      if (all.length === 0) {
        const narrowed = ['artist', 'genre', 'family', 'pop'].some((name) => choices[name as 'pop'] !== undefined);
        return { title: 'Your top artists', lead: narrowed ? 'No artist matches these filters.' : 'No top artists are known yet.', content: [h('div', { class: 'empty' },
          h('h2', {}, narrowed ? 'Nothing matches' : 'Nothing here yet'),
          narrowed ? h('button', { class: 'btn', type: 'button', onclick: () => choose({ artist: [], genre: [], family: [], pop: [] }) }, 'Clear filters')
            : [h('p', {}, 'Fetch your top artists, or import your privacy export:'), h('code', {}, 'soundlake extract'), h('code', {}, 'soundlake import my_spotify_data.zip')])] };
      }
      const bpm = all.flatMap((artist) => artist.tracks.flatMap((track) => (track.bpm === null ? [] : [track.bpm])));
      const genres = new Set(all.flatMap((artist) => artist.genres)).size;
      const latest = all.flatMap((artist) => (artist.latest && artist.latest <= page.today ? [artist.latest] : [])).sort().at(-1);
      const term = TERMS[first(choices, 'last') ?? '4w'] ?? 'short';
      const lead = `${several(all.length, 'artist')} of ${SHOWN_TERMS[term]} in Spotify’s own order, with ${several(genres, 'genre')}.` +
        `${bpm.length > 0 ? ` Half of their tracks are slower than ${Math.round(median(bpm))} BPM.` : ''}${latest ? ` The latest album came out in ${latest.length === 4 ? latest : monthYear(latest.length === 7 ? `${latest}-01` : latest)}.` : ''}`;
      const board = h('div', { class: 'board', vars: { '--n': rows.length, '--row': `${ROW}px`, '--head': `${HEAD}px` } },
        popularityView(page, rows, all, pins), tempoView(page, rows, all), releasesView(page, rows, all));
      // One row, lit in all three panels.
      board.addEventListener('pointermove', (event) => {
        const body = (event.target as Element).closest('.body:not(.as-table)');
        const i = body ? Math.floor((event.clientY - body.getBoundingClientRect().top - HEAD) / ROW) : -1;
        board.classList.toggle('hovering', i >= 0 && i < rows.length);
        board.style.setProperty('--i', String(i));
      });
      board.addEventListener('pointerleave', () => board.classList.remove('hovering'));
      const more = h('div', { class: 'more' },
        all.length > FEW && h('button', { class: 'btn', type: 'button', 'data-focus': 'more', onclick: () => { everyone = !everyone; redraw(); } }, everyone ? `Show ${FEW} artists` : `Show all ${count(all.length)} artists`),
        h('span', {}, `${pins.length} of ${PINS} colours in use. Click a name to give it a colour everywhere, click again to take it back.`));
      const totals = answerOf(page, 'totals').rows[0];
      const plays = totals ? number(totals, 'plays') ?? 0 : 0;
      const strip = plays > 0
        ? h('p', { class: 'note' }, `The lake holds ${several(plays, 'play')} that count. `, h('a', { href: '/listening', 'data-inside': true }, 'When and what you listened to'))
        : h('p', { class: 'note' }, 'No plays in the lake yet. Import your Spotify privacy export to see when and how you listen: ', h('code', {}, 'soundlake import my_spotify_data.zip'));
      return { title: 'Your top artists', lead, content: [board, more, genresView(answerOf(page, 'genres'), all, choices), strip] };
    },
  };
};
