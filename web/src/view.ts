// SPDX-License-Identifier: Apache-2.0
// The frame of a view: title, what is shown, tools, drawing or table, and where the values come from.
import type { Answer, Row, Value } from './api';
import { h, hideTip, type Child } from './dom';
import { count, dayShort, duration, one, partialDate, percent1 } from './format';

/** Column names of statistics in words. */
const HEADS: Record<string, string> = {
  rank: 'Rank', key: 'Key', name: 'Name', artist: 'Artist', plays: 'Plays', ms: 'Time', share: 'Share', first: 'First play', last: 'Last play',
  previous_rank: 'Rank before', popularity: 'Popularity', popularity_source: 'Source', genres: 'Genres', bpm: 'BPM', mode: 'Mode', source: 'Source',
  release_date: 'Released', total_tracks: 'Tracks', genre: 'Genre', family: 'Family', artists: 'Artists', start: 'Start', weekday: 'Weekday', hour: 'Hour',
  figure: 'Figure', value: 'Value', previous: 'Before', change: 'Change',
};
const WEEKDAYS = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function shown(column: string, value: Value | undefined): string {
  if (value === null || value === undefined) return 'unknown';
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return column === 'release_date' ? partialDate(value) : /^\d{4}-\d\d-\d\d/.test(value) ? dayShort(value) : value;
  if (column === 'ms') return duration(value);
  if (column === 'share' || column === 'change') return percent1(value);
  if (column === 'weekday') return WEEKDAYS[value] ?? String(value);
  if (column === 'hour') return `${value}:00`;
  return Number.isInteger(value) ? count(value) : one(value);
}

const NUMBERS = new Set(['rank', 'plays', 'ms', 'share', 'previous_rank', 'popularity', 'bpm', 'total_tracks', 'artists', 'value', 'previous', 'change', 'hour']);

/** Every row and value of an answer, in its order; keys are for addresses, not for reading. */
export function answerTable(caption: string, answer: Answer): HTMLElement {
  const columns = Object.keys(answer.rows[0] ?? {}).filter((column) => column !== 'key');
  const cell = (row: Row, column: string, i: number) => {
    const value = row[column];
    const props = { class: NUMBERS.has(column) ? 'num' : undefined, 'data-column': column, 'data-value': JSON.stringify(value ?? null) };
    const words = h('bdi', {}, shown(column, value));
    return i === 0 ? h('th', { scope: 'row', ...props }, words) : h('td', props, words);
  };
  return h('div', { class: 'table-wrap', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', { class: 'data' }, h('caption', { class: 'vh' }, caption),
      h('thead', {}, h('tr', {}, columns.map((column) => h('th', { scope: 'col', class: NUMBERS.has(column) ? 'num' : undefined }, HEADS[column] ?? column)))),
      h('tbody', {}, answer.rows.map((row) => h('tr', {}, columns.map((column, i) => cell(row, column, i)))))));
}

/** The same bytes as `soundlake stats NAME --csv`, apart from how a fraction's last digits are written. */
export function csvOf(answer: Answer): string {
  const columns = Object.keys(answer.rows[0] ?? {});
  const cell = (value: Value | undefined) => {
    const words = value === null || value === undefined ? '' : Array.isArray(value) ? value.join('; ') : String(value);
    return /[",\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
  };
  return [columns.join(','), ...answer.rows.map((row) => columns.map((column) => cell(row[column])).join(','))].map((line) => `${line}\r\n`).join('');
}

function save(name: string, words: string): void {
  const address = URL.createObjectURL(new Blob([words], { type: 'text/csv' }));
  h('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Which views show their table; kept while the page's data changes. */
const asTable = new Set<string>();

export interface ViewFrame {
  id: string;
  title: string;
  sub?: Child;
  source?: Child;
  answer: Answer;
  wide?: boolean;
}

export function view({ id, title, sub, source, answer, wide }: ViewFrame, ...drawing: Child[]): HTMLElement {
  const body = h('div', { class: 'body' });
  const toggle = h('button', { class: 'tool', type: 'button', 'data-focus': `table-${id}` }, 'Table');
  const fill = () => {
    const table = asTable.has(id);
    toggle.setAttribute('aria-pressed', String(table));
    body.classList.toggle('as-table', table);
    body.replaceChildren();
    if (table) body.append(answerTable(title, answer));
    else for (const part of drawing.flat(4)) if (part) body.append(part as Node);
  };
  toggle.addEventListener('click', () => {
    hideTip();
    if (!asTable.delete(id)) asTable.add(id);
    fill();
  });
  fill();
  const alone = location.hash === `#${id}`;
  const open = h('a', { class: 'tool', href: alone ? location.pathname + location.search : `#${id}`, 'data-inside': true }, alone ? 'Whole page' : 'Open');
  return h('section', { class: `panel${wide ? ' wide' : ''}${alone ? ' shown' : ''}`, id: `view-${id}`, 'data-view': id, 'aria-labelledby': `${id}-title` },
    h('header', {},
      h('div', { class: 'title' }, h('h2', { id: `${id}-title` }, title),
        h('div', { class: 'tools' }, toggle, h('button', { class: 'tool', type: 'button', onclick: () => save(`soundlake-${answer.statistic}.csv`, csvOf(answer)) }, 'CSV'), open)),
      h('p', { class: 'sub' }, sub)),
    body, source ? h('p', { class: 'source' }, source) : null);
}

/** How many values each source gave, and how many are unknown: `BPM: spotify 212 · unknown 47`. */
export function sourcesLine(what: string, sources: (string | null)[]): string {
  const counted = new Map<string, number>();
  let unknown = 0;
  for (const source of sources) {
    if (source === null) unknown++;
    else counted.set(source, (counted.get(source) ?? 0) + 1);
  }
  const parts = [...counted].sort((a, b) => b[1] - a[1]).map(([source, n]) => `${sourceName(source)} ${count(n)}`);
  return `${what}: ${[...parts, `unknown ${count(unknown)}`].join(' · ')}`;
}

const SOURCES: Record<string, string> = {
  spotify: 'Spotify', musicbrainz: 'MusicBrainz', listenbrainz: 'ListenBrainz', deezer: 'Deezer', reccobeats: 'ReccoBeats', acousticbrainz: 'AcousticBrainz',
  wikidata: 'Wikidata', lastfm: 'Last.fm', listener: 'your own plays', override: 'your correction',
};
export const sourceName = (source: string) => SOURCES[source] ?? (source || 'not told');
