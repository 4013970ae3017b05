// SPDX-License-Identifier: Apache-2.0
// How much was listened to, when, and to what.
import { first, type Choices } from './address';
import { answerOf, number, text, type Answer, type Page, type Row } from './api';
import { axisText, Chart } from './chart';
import { bdi, h, hideTip, keyOf, showTip, type Child } from './dom';
import { dateControls, datesQuery, datesTitle, measureControl, noDates, ruleControl } from './dates';
import { EntityFilter, filterBar } from './filters';
import { count, day, duration, hours, monthShort, monthYear, one, percent, several, signed, weekdayDay } from './format';
import { moved } from './moved';
import type { MakePage } from './page';
import { view } from './view';

const SHORT = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const LONG = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const DAY = 86_400_000;
const HOUR = 3_600_000;
const dayNumber = (date: string) => Date.parse(date) / DAY;
const dateOf = (n: number) => new Date(n * DAY).toISOString().slice(0, 10);
const ms = (row: Row) => number(row, 'ms') ?? 0;
const plays = (row: Row) => number(row, 'plays') ?? 0;

/** The measure the page is about, by `by`. */
interface Measure {
  of: (row: Row) => number;
  shown: (value: number) => string;
  word: string;
}
const measureOf = (choices: Choices): Measure =>
  first(choices, 'by') === 'plays' ? { of: plays, shown: (n) => several(n, 'play'), word: 'plays' } : { of: ms, shown: duration, word: 'time' };

function figuresOf(page: Page): HTMLElement {
  const answer = answerOf(page, 'change');
  const rows = new Map(answer.rows.map((row) => [text(row, 'figure'), row]));
  const least = answer.at_least ? 'at least ' : '';
  const figure = (name: string, words: string, shown: (value: number) => string) => {
    const row = rows.get(name);
    const change = row ? number(row, 'change') : null;
    const before = row ? number(row, 'previous') : null;
    return h('div', { class: 'figure', 'data-figure': name, 'data-value': row ? String(row.value) : '' },
      h('dt', {}, words), h('dd', { class: 'n' }, least && h('small', {}, least), shown(row ? number(row, 'value') ?? 0 : 0)),
      h('dd', { class: 'd' }, change !== null ? [h('b', {}, signed(change)), ' on the period before'] : before === 0 ? 'none in the period before' : '\u00a0'));
  };
  return h('dl', { class: 'figures' },
    figure('ms', 'Time listened', hours), figure('plays', 'Plays', count), figure('artists', 'Artists', count), figure('tracks', 'Tracks', count),
    figure('new_artists', 'New artists', count), figure('longest_streak', 'Longest streak', (n) => several(n, 'day')));
}

/** A matrix that is a table: arrows walk it, one stop for Tab. */
function matrix(kind: string, label: string, head: HTMLElement, body: HTMLElement[]): HTMLElement {
  const tipFor = (event: Event) => {
    const cell = event.target as HTMLElement;
    if (!cell.dataset.tip) return hideTip();
    const box = cell.getBoundingClientRect();
    showTip({ lines: cell.dataset.tip.split('\n') }, box.left + box.width / 2, box.top);
  };
  const walk = (event: KeyboardEvent) => {
    const steps: Record<string, [number, number]> = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    const move = steps[event.key];
    const cell = event.target;
    if (event.key === 'Escape') return hideTip();
    if (!move || !(cell instanceof HTMLTableCellElement)) return;
    event.preventDefault();
    const rows = [...(cell.closest('tbody')?.rows ?? [])];
    const next = rows[rows.indexOf(cell.parentElement as HTMLTableRowElement) + move[0]]?.cells[cell.cellIndex + move[1]];
    if (!next?.dataset.tip) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  return h('table', { class: kind, role: 'grid', 'aria-label': label, onkeydown: walk, onpointerover: tipFor, onpointerleave: hideTip, onfocusin: tipFor, onfocusout: hideTip },
    h('colgroup', {}, h('col', { class: 'c-day' })), head, h('tbody', {}, body));
}

const matrixCell = (tip: string, step: number, stop: boolean) =>
  h('td', { 'data-tip': tip, 'aria-label': tip.replace('\n', ': '), tabindex: stop ? 0 : -1, class: step === 0 ? 'none' : undefined, vars: step > 0 ? { '--c': `var(--seq${step + 1})` } : undefined });

/** Bounds of the seven steps: the quantiles of the days with anything. */
function bounds(values: number[]): number[] {
  const some = values.filter((value) => value > 0).sort((a, b) => a - b);
  return [1, 2, 3, 4, 5].map((i) => some[Math.floor((some.length * i) / 6)] ?? Infinity);
}
const stepIn = (value: number, limits: number[]) => (value === 0 ? 0 : 1 + limits.filter((limit) => value >= limit).length);

function calendarView(page: Page, measure: Measure): HTMLElement {
  const answer = answerOf(page, 'days');
  const limits = bounds(answer.rows.map(measure.of));
  const byYear = new Map<string, Row[]>();
  const past = answer.rows.filter((row) => (text(row, 'start') ?? '') <= page.today);
  for (const row of past) {
    if (answer.from && answer.to && ((text(row, 'start') ?? '') < answer.from || (text(row, 'start') ?? '') > answer.to)) continue;
    const year = (text(row, 'start') ?? '').slice(0, 4);
    byYear.set(year, [...(byYear.get(year) ?? []), row]);
  }
  const block = ([year, rows]: [string, Row[]]): Child => {
    const start = dayNumber(`${year}-01-01`);
    const shift = (new Date(start * DAY).getUTCDay() + 6) % 7;
    const values = new Map(rows.map((row) => [dayNumber(text(row, 'start') ?? ''), row]));
    const length = dayNumber(`${Number(year) + 1}-01-01`) - start;
    const weeks = Math.ceil((shift + length) / 7);
    const months = new Map<number, string>();
    for (let month = 0; month < 12; month++) {
      const date = dateOf(Date.UTC(Number(year), month, 1) / DAY);
      months.set(Math.floor((dayNumber(date) - start + shift) / 7), monthShort(date));
    }
    let stop = true;
    const cell = (week: number, weekday: number) => {
      const n = start - shift + week * 7 + weekday;
      const row = values.get(n);
      if (!row) return h('td', {});
      const value = measure.of(row);
      const made = matrixCell(`${weekdayDay(dateOf(n))}\n${value > 0 ? measure.shown(value) : 'nothing played'}`, stepIn(value, limits), stop);
      stop = false;
      return made;
    };
    return [byYear.size > 1 ? h('h3', { class: 'year' }, year) : null,
      h('div', { class: 'cal-scroll', tabindex: 0, role: 'region', 'aria-label': `Calendar of ${year}` }, matrix('cal', `Every day of ${year}`,
        h('thead', {}, h('tr', {}, h('th'), Array.from({ length: weeks }, (_, week) => h('th', { scope: 'col' }, months.get(week) ?? '')))),
        SHORT.map((name, weekday) => h('tr', {}, h('th', { scope: 'row' }, weekday % 2 ? '' : name), Array.from({ length: weeks }, (_, week) => cell(week, weekday))))))];
  };
  const some = past.filter((row) => measure.of(row) > 0).length;
  const top = limits[4];
  return view(
    { id: 'calendar', title: 'Every day', answer,
      sub: h('span', { class: 'scale' }, 'none', h('span', {}, [0, 1, 2, 3, 4, 5, 6].map((step) => h('i', { class: step === 0 ? 'none' : undefined, vars: step > 0 ? { '--c': `var(--seq${step + 1})` } : undefined }))),
        top !== undefined && Number.isFinite(top) ? `${measure.shown(top)} or more` : 'most'),
      source: `${count(some)} of ${several(past.length, 'day')} with music · days in ${answer.timezone} time` },
    [...byYear].reverse().map(block));
}

function hoursView(page: Page, measure: Measure): HTMLElement {
  const answer = answerOf(page, 'hours');
  const grid = SHORT.map(() => Array<number>(24).fill(0));
  for (const row of answer.rows) {
    const line = grid[(number(row, 'weekday') ?? 1) - 1];
    if (line) line[number(row, 'hour') ?? 0] = measure.of(row);
  }
  const sums = Array.from({ length: 24 }, (_, hour) => grid.reduce((sum, line) => sum + (line[hour] ?? 0), 0));
  const all = sums.reduce((sum, value) => sum + value, 0);
  const most = Math.max(1, ...grid.flat());
  const top = Math.max(1, ...sums);
  const peak = sums.indexOf(Math.max(...sums));
  const step = (value: number) => (value === 0 ? 0 : Math.min(6, 1 + Math.floor((value / most) * 5.999)));
  return view(
    { id: 'hours', title: 'Hours of the week', answer, sub: all > 0 ? `Most between ${peak}:00 and ${peak + 1}:00` : 'Nothing played', source: `Time zone ${answer.timezone}, daylight saving applied` },
    matrix('hours', 'Listening by weekday and hour',
      h('thead', {}, h('tr', {}, h('th'), sums.map((sum, hour) => h('th', { scope: 'col', vars: { '--v': sum / top } }, h('i', { 'aria-hidden': 'true' }), h('span', { 'aria-label': `${hour}:00` }, hour % 6 ? '\u00a0' : String(hour)))))),
      grid.map((line, weekday) => h('tr', {}, h('th', { scope: 'row' }, SHORT[weekday]), line.map((value, hour) =>
        matrixCell(`${LONG[weekday]}, ${hour}:00 to ${hour + 1}:00\n${value > 0 ? `${measure.shown(value)}, ${percent(value / Math.max(1, all))}` : 'nothing played'}`, step(value), weekday === 0 && hour === 0))))));
}

function topList(id: string, title: string, answer: Answer, choices: Choices, compared: boolean): HTMLElement {
  const byPlays = first(choices, 'by') === 'plays';
  const value = byPlays ? plays : ms;
  const most = Math.max(1, ...answer.rows.map(value));
  return view(
    { id, title, answer, sub: `by ${byPlays ? 'plays' : 'time'}${compared ? ', change on the period before' : ''}` },
    answer.rows.length === 0 ? h('p', { class: 'quiet' }, 'Nothing played in these dates.') : h('ol', { class: 'list' }, answer.rows.map((row) => h('li', {},
      h('span', { class: 'r' }, String(row.rank)),
      h('span', { class: 't' }, h('bdi', {}, text(row, 'name') ?? `unknown ${title.toLowerCase().replace(/s$/, '')}`), text(row, 'artist') !== null && h('small', {}, ' ', bdi(text(row, 'artist')))),
      h('span', { class: 'h' }, byPlays ? count(plays(row)) : hours(ms(row))), compared ? moved(row, 'm') : h('span', { class: 'm' }),
      h('span', { class: 'g' }, h('i', { vars: { '--v': value(row) / most } }))))));
}

export const listening: MakePage = (choose, current) => {
  const monthsChart = new Chart();
  const entities = new EntityFilter(current, choose);
  const bar = filterBar([
    ...dateControls(choose),
    measureControl(choose),
    ruleControl(choose),
    entities,
  ]);

  function monthsView(page: Page, from: string | null, to: string | null, measure: Measure): HTMLElement {
    const answer = answerOf(page, 'months');
    const months = answer.rows;
    const at = (i: number) => text(months[i] ?? {}, 'start') ?? '';
    const chosen = (start: string) => from !== null && to !== null && start >= `${from.slice(0, 7)}-01` && start <= to;
    const gaps = answerOf(page, 'gaps').rows.map((row) => [(text(row, 'from') ?? '').slice(0, 7), (text(row, 'to') ?? '').slice(0, 7)] as const);
    const missing = (start: string) => gaps.some(([a, b]) => start.slice(0, 7) >= a && start.slice(0, 7) <= b);
    const byPlays = measure.word === 'plays';
    const drawing = monthsChart.show({
      label: `Listening over ${several(months.length, 'month')}.`,
      height: 150,
      axis: {
        count: months.length,
        tip: (i) => ({ lines: [monthYear(at(i)), `${hours(ms(months[i] ?? {}))}, ${several(plays(months[i] ?? {}), 'play')}`, ...(missing(at(i)) ? ['At least: plays may be missing'] : [])] }),
        choose: (a, b) => {
          const end = new Date(Date.parse(at(b)));
          choose({ ...noDates, from: [at(a)], to: [dateOf(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0) / DAY)] });
        },
      },
      build: (theme, width) => {
        const years = new Set(months.map((_, i) => at(i).slice(0, 4))).size;
        const every = Math.max(1, Math.ceil((years * 44) / Math.max(1, width)));
        return {
          grid: { left: 44, right: 4, top: 8, bottom: 24 },
          xAxis: { type: 'category', data: months.map((_, i) => at(i)), axisLine: { lineStyle: { color: theme.rule } }, axisTick: { show: false },
            axisLabel: { ...axisText(theme), interval: (_: number, start: string) => start.slice(5, 7) === '01' && Number(start.slice(0, 4)) % every === 0, formatter: (start: string) => start.slice(0, 4), align: 'left' } },
          yAxis: { type: 'value', splitNumber: 3, axisLabel: { ...axisText(theme), formatter: (value: number) => (byPlays ? count(value) : `${count(value)} h`) }, splitLine: { lineStyle: { color: theme.grid } } },
          series: [{ type: 'bar', barCategoryGap: '22%', cursor: 'pointer', data: months.map((row, i) => ({
            value: byPlays ? plays(row) : ms(row) / HOUR,
            itemStyle: missing(at(i)) ? { color: theme.bg, borderColor: theme.mark, borderWidth: 1, borderType: 'dashed' } : { color: chosen(at(i)) ? theme.accent : theme.soft },
          })) }],
        };
      },
    });
    return view(
      { id: 'months', title: 'Time by month', answer, wide: true,
        sub: [keyOf('chosen dates', 'sq', 'var(--accent)'), keyOf('other dates', 'sq', 'var(--other-soft)'), gaps.length > 0 && keyOf('plays may be missing', 'sq hatch'), h('span', { class: 'key' }, 'drag to choose dates')],
        source: `Months in ${answer.timezone} time · ${gaps.length === 0 ? 'no gap known in the chosen dates' : several(gaps.length, 'possible gap')}` },
      drawing);
  }

  return {
    name: 'listening',
    title: 'Listening',
    filters: bar.element,
    sync: bar.show,
    query: datesQuery,
    draw: (page, choices) => {
      const change = answerOf(page, 'change');
      const measure = measureOf(choices);
      const artists = answerOf(page, 'artists');
      const figure = (name: string) => { const row = change.rows.find((one) => one.figure === name); return row ? number(row, 'value') ?? 0 : 0; };
      const compared = change.rows.some((row) => row.previous !== null);
      entities.know([...artists.rows.map((row): [string, string] => [text(row, 'key') ?? '', text(row, 'name') ?? ''])].filter(([, name]) => name !== ''), []);
      bar.show(choices);
      const title = datesTitle(choices, page, change);
      if (figure('plays') === 0) {
        const none = answerOf(page, 'months').rows.length === 0;
        const narrowed = choices.artist || choices.genre || choices.family;
        return { title, lead: none && !narrowed ? 'No plays in the lake yet.' : 'Nothing was played that counts.', content: [h('div', { class: 'empty' },
          h('h2', {}, none && !narrowed ? 'No plays yet' : 'Nothing matches'),
          none && !narrowed ? [h('p', {}, 'Import your Spotify privacy export to see when and how you listen:'), h('code', {}, 'soundlake import my_spotify_data.zip')]
            : h('button', { class: 'btn', type: 'button', onclick: () => choose({ ...noDates, artist: [], genre: [], family: [], rule: [], last: ['all'] }) }, 'Clear filters'))] };
      }
      const total = figure('ms');
      const best = artists.rows[0];
      const days = total / (24 * HOUR);
      const least = change.at_least ? 'at least ' : '';
      const lead = `You listened for ${least}${hours(total)}${days >= 2 ? `, or ${one(days)} days and nights,` : ''} to ${several(figure('artists'), 'artist')}.` +
        (best && text(best, 'name') !== null ? ` ${text(best, 'name')} filled ${percent(number(best, 'share') ?? 0)} of ${measure.word === 'plays' ? 'the plays' : 'that time'}.` : '');
      const gaps = answerOf(page, 'gaps').rows;
      return { title, lead, content: [
        figuresOf(page),
        h('div', { class: 'cols' }, monthsView(page, change.from, change.to, measure)),
        h('div', { class: 'cols c21' }, calendarView(page, measure), hoursView(page, measure)),
        h('div', { class: 'cols c3' }, topList('artists', 'Artists', artists, choices, compared), topList('albums', 'Albums', answerOf(page, 'albums'), choices, compared), topList('tracks', 'Tracks', answerOf(page, 'tracks'), choices, compared)),
        ...(gaps.length > 0 ? [h('div', { class: 'gaps' }, h('b', {}, 'What may be missing'), gaps.map((gap) => h('span', {}, `${day(text(gap, 'from') ?? '')} to ${day(text(gap, 'to') ?? '')}: ${(text(gap, 'reason') ?? '').replaceAll('_', ' ')}. Counts over these days are “at least”.`)))] : []),
      ] };
    },
  };
};
