// SPDX-License-Identifier: Apache-2.0
// Ranked lists between any two dates, a hundred rows at a time.
import { first, queryOf } from './address';
import { answerOf, number, text, type Row } from './api';
import { dateControls, datesQuery, datesTitle, measureControl, noDates, ruleControl } from './dates';
import { bdi, h } from './dom';
import { EntityFilter, filterBar } from './filters';
import { count, dayShort, hours, percent1, several } from './format';
import { moved } from './moved';
import type { MakePage } from './page';
import { view } from './view';

const KINDS = ['artists', 'albums', 'tracks', 'genres', 'shows'] as const;
export type Kind = (typeof KINDS)[number];
const PAGE = 100;

export const top = (kind: Kind): MakePage => (choose, current) => {
  const one = kind.slice(0, -1);
  const entities = new EntityFilter(current, choose);
  const bar = filterBar([...dateControls(choose), measureControl(choose), ruleControl(choose), ...(kind === 'shows' ? [] : [entities])]);
  const kinds = h('nav', { class: 'kinds', 'aria-label': 'Lists' });
  return {
    name: `top-${kind}`,
    title: `Top ${kind}`,
    filters: h('div', {}, kinds, bar.element),
    sync: (choices) => {
      bar.show(choices);
      const query = queryOf({ ...choices, offset: [] });
      kinds.replaceChildren(...KINDS.map((name) => h('a', { href: `/top/${name}${query ? `?${query}` : ''}`, 'aria-current': name === kind && 'page' }, name.charAt(0).toUpperCase() + name.slice(1))));
    },
    query: datesQuery,
    draw: (page, choices) => {
      const answer = answerOf(page, 'list');
      const rows = answer.rows;
      const byPlays = first(choices, 'by') === 'plays';
      const value = (row: Row) => number(row, byPlays ? 'plays' : 'ms') ?? 0;
      const shown = (row: Row) => (byPlays ? several(value(row), 'play') : hours(value(row)));
      const dates = datesTitle(choices, page, answer);
      if (kind === 'artists') entities.know(rows.map((row): [string, string] => [text(row, 'key') ?? '', text(row, 'name') ?? '']).filter(([, name]) => name !== ''), []);
      if (kind === 'genres') entities.know([], rows.flatMap((row) => text(row, 'name') ?? []));
      bar.show(choices);
      const offset = Number(first(choices, 'offset') ?? 0);
      if (rows.length === 0) {
        return { title: `Top ${kind}`, lead: `Nothing was played that counts: ${dates}.`, content: [h('div', { class: 'empty' }, h('h2', {}, 'Nothing matches'),
          kind === 'shows' && h('p', {}, 'Podcasts and audiobooks come from the privacy export.'),
          h('button', { class: 'btn', type: 'button', onclick: () => choose({ ...noDates, artist: [], genre: [], family: [], rule: [], last: ['all'] }) }, 'Clear filters'))] };
      }
      const compared = 'previous_rank' in (rows[0] ?? {}) && first(choices, 'last') !== 'all';
      const hasArtist = kind === 'albums' || kind === 'tracks';
      const most = Math.max(1, ...rows.map(value));
      const date = (row: Row, name: string) => { const at = text(row, name); return at === null ? 'unknown' : dayShort(at); };
      const leader = rows[0];
      const lead = offset === 0 && leader && text(leader, 'name') !== null
        ? `${dates}: ${text(leader, 'name')}${hasArtist && text(leader, 'artist') ? ` by ${text(leader, 'artist')}` : ''} leads with ${shown(leader)}, ${percent1(number(leader, 'share') ?? 0)} of all.`
        : `${dates}: ${count(offset + 1)} to ${count(offset + rows.length)}.`;
      const list = h('table', { class: 'toplist' }, h('caption', { class: 'vh' }, `Top ${kind}, ${dates}`),
        h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'r' }, h('span', { class: 'vh' }, 'Rank')), h('th', { scope: 'col' }, 'Name'), h('th', { scope: 'col', class: `v num${byPlays ? ' s' : ''}` }, 'Time'), h('th', { scope: 'col', class: `v num${byPlays ? '' : ' s'}` }, 'Plays'),
          h('th', { scope: 'col', class: 'v num s' }, 'Share'), h('th', { scope: 'col', class: 'd' }, 'First play'), h('th', { scope: 'col', class: 'd' }, 'Last play'), compared && h('th', { scope: 'col', class: 'c' }, 'Change'),
          h('th', { scope: 'col', class: 'b' }, h('span', { class: 'vh' }, 'Bar')))),
        h('tbody', {}, rows.map((row) => h('tr', {}, h('td', { class: 'r' }, count(number(row, 'rank') ?? 0)),
          h('th', { scope: 'row' }, h('bdi', {}, text(row, 'name') ?? `unknown ${one}`), hasArtist && text(row, 'artist') !== null && h('small', {}, ' ', bdi(text(row, 'artist')))),
          h('td', { class: `v num${byPlays ? ' s' : ''}` }, hours(number(row, 'ms') ?? 0)), h('td', { class: `v num${byPlays ? '' : ' s'}` }, count(number(row, 'plays') ?? 0)), h('td', { class: 'v num s' }, percent1(number(row, 'share') ?? 0)),
          h('td', { class: 'd' }, date(row, 'first')), h('td', { class: 'd' }, date(row, 'last')), compared && h('td', { class: 'c' }, moved(row, '')),
          h('td', { class: 'b' }, h('i', { vars: { '--v': value(row) / most } }))))));
      const step = (words: string, to: number) => h('button', { class: 'btn', type: 'button', onclick: () => { choose({ offset: to > 0 ? [String(to)] : [] }); scrollTo(0, 0); } }, words);
      const pages = h('div', { class: 'pages' }, offset > 0 && step(`Before ${count(offset + 1)}`, Math.max(0, offset - PAGE)), rows.length === PAGE && step(`After ${count(offset + PAGE)}`, offset + PAGE));
      return { title: `Top ${kind}`, lead, content: [
        view({ id: 'list', title: dates, answer, wide: true, sub: `by ${byPlays ? 'plays' : 'time'}, share of all ${byPlays ? 'plays' : 'time'}${compared ? ', change on the period before' : ''}`,
          source: `Days in ${answer.timezone} time${answer.at_least ? ' · plays may be missing in these dates: at least' : ''}` }, list), pages] };
    },
  };
};
