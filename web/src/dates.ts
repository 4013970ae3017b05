// SPDX-License-Identifier: Apache-2.0
// The filters of pages that are about plays: dates, measure, and what counts as a play.
import { first, queryOf, type Choices } from './address';
import type { Answer, Page } from './api';
import { h } from './dom';
import { segments, select, type Choose, type Control } from './filters';
import { dayShort } from './format';

/** No dates chosen: this year. */
export const noDates = { from: [], to: [], year: [], last: [], offset: [] };

/** From and to by hand, shown once they are wanted. */
function ownDates(choose: (from: string, to: string) => void): Control {
  const from = h('input', { type: 'date', 'aria-label': 'First day' });
  const to = h('input', { type: 'date', 'aria-label': 'Last day' });
  const tell = () => { if (from.value && to.value && from.value <= to.value) choose(from.value, to.value); };
  for (const input of [from, to]) input.addEventListener('change', tell);
  return {
    element: h('div', { class: 'field dates' }, h('span', {}, 'Dates'), from, h('span', {}, 'to'), to),
    show: (choices) => {
      from.value = first(choices, 'from') ?? '';
      to.value = first(choices, 'to') ?? '';
    },
  };
}


export function dateControls(choose: Choose): Control[] {
  const thisYear = String(new Date().getFullYear());
  return [
    segments('Dates', [['4w', 'Last 4 weeks'], ['6m', '6 months'], ['year', 'This year'], ['all', 'All time']],
      (choices) => (choices.from || choices.to || (choices.year && first(choices, 'year') !== thisYear) ? 'own' : first(choices, 'last') ?? 'year'),
      (value) => choose({ ...noDates, last: value === 'year' ? [] : [value] })),
    ownDates((from, to) => choose({ ...noDates, from: [from], to: [to] })),
  ];
}

export const measureControl = (choose: Choose) =>
  segments('Measure', [['time', 'Time'], ['plays', 'Plays']], (choices) => first(choices, 'by') ?? 'time', (value) => choose({ by: value === 'time' ? [] : [value], offset: [] }));

export const ruleControl = (choose: Choose) =>
  select('Count as a play', [['30s', '30 seconds or more'], ['all', 'Everything'], ['trackdone', 'Finished tracks'], ['half', 'Half or more']], 'rule', choose);

/** What to ask the server: this year where no dates are chosen. */
export function datesQuery(choices: Choices, today: string): string {
  const query = new URLSearchParams(queryOf(choices, ['from', 'to', 'year', 'last', 'rule', 'by', 'artist', 'genre', 'family', 'offset']));
  if (!choices.from && !choices.to && !choices.year && !choices.last) query.set('year', today.slice(0, 4));
  return query.toString();
}

/** The dates as a title: 2026, All time, 1 Feb 2026 – 30 Apr 2026. */
export function datesTitle(choices: Choices, page: Page, answer: Answer): string {
  const last = first(choices, 'last');
  const known: Record<string, string> = { '4w': 'Last 4 weeks', '6m': 'Last 6 months', all: 'All time' };
  if (last && known[last]) return known[last];
  if (!last && !choices.from && !choices.to) return first(choices, 'year') ?? page.today.slice(0, 4);
  return answer.from && answer.to ? `${dayShort(answer.from)} – ${dayShort(answer.to)}` : 'Chosen dates';
}
