// SPDX-License-Identifier: Apache-2.0
import '@fontsource-variable/inter/wght.css';
import 'virtual:tokens.css';
import './app.css';
import { readChoices, writeChoices, type Choices } from './address';
import { fetchPage, Problem, type Page } from './api';
import { redrawAll } from './chart';
import { h, hideTip } from './dom';
import { listening } from './listening';
import { overview } from './overview';
import type { MakePage, PageView } from './page';
import { top } from './top';

const PAGES: Record<string, MakePage> = {
  '/': overview,
  '/listening': listening,
  '/top/artists': top('artists'),
  '/top/albums': top('albums'),
  '/top/tracks': top('tracks'),
  '/top/genres': top('genres'),
  '/top/shows': top('shows'),
};

const main = document.getElementById('main') as HTMLElement;
const made = new Map<string, PageView>();
let today = new Date().toISOString().slice(0, 10);
let page: PageView | undefined;
let shown: Page | undefined;

const current = readChoices;
function choose(changed: Choices, replace = false): void {
  writeChoices({ ...current(), ...changed }, replace);
  void load();
}

/** The page of this address; its filters and charts are kept when it is left. */
function pageHere(): PageView {
  const path = location.pathname;
  const known = made.get(path);
  if (known) return known;
  const fresh = (PAGES[path] ?? overview)(choose, current, () => draw());
  made.set(path, fresh);
  return fresh;
}

const title = h('h1', {});
const lead = h('p', {});
const filters = h('div', {});
const content = h('div', { class: 'content' });
main.append(h('div', { class: 'lead' }, title, lead), filters, content);

/** Puts the page's parts in place; what was focused is focused again. */
function put(parts: HTMLElement[]): void {
  const focused = document.activeElement instanceof HTMLElement && content.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  hideTip();
  content.replaceChildren(...parts);
  const alone = location.hash !== '' && content.querySelector('.panel.shown') !== null;
  main.classList.toggle('alone', alone);
  // A calendar that is wider than the page opens at its newest day.
  for (const wide of content.querySelectorAll('.cal-scroll')) {
    const days = wide.querySelectorAll<HTMLElement>('tr:last-child td[data-tip]');
    const newest = days[days.length - 1];
    if (newest) wide.scrollLeft = newest.offsetLeft - wide.clientWidth + 40;
  }
  if (focused) content.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

function draw(): void {
  if (!page || !shown || shown.page !== page.name) return;
  const drawn = page.draw(shown, current());
  title.textContent = drawn.title;
  lead.textContent = drawn.lead;
  put(drawn.content);
  main.dataset.drawn = page.name + location.search;
}

async function load(): Promise<void> {
  const here = pageHere();
  if (here !== page) {
    page = here;
    document.title = `soundlake – ${page.title}`;
    for (const link of document.querySelectorAll('header nav a')) {
      const of = link.getAttribute('href') ?? '';
      if (of === location.pathname || (of.startsWith('/top') && location.pathname.startsWith('/top'))) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    filters.replaceChildren(page.filters);
    title.textContent = page.title;
    lead.textContent = '\u00a0';
    put([h('div', { class: 'waiting', 'aria-hidden': 'true' })]);
  }
  page.sync(current());
  delete main.dataset.drawn;
  main.setAttribute('aria-busy', 'true');
  try {
    const next = await fetchPage(page.name, page.query(current(), today));
    shown = next;
    today = next.today;
    const invented = document.getElementById('invented') as HTMLElement;
    invented.hidden = !next.simulated;
    invented.textContent = 'The simulated listener: every name and number here is invented.';
    draw();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    const told = error instanceof Problem ? error : new Problem(String(error), '');
    put([h('div', { class: 'empty', role: 'alert' }, h('h2', {}, told.message), told.hint && h('p', {}, told.hint),
      h('button', { class: 'btn', type: 'button', onclick: () => { history.pushState(null, '', location.pathname); void load(); } }, 'Clear filters'))]);
    if (!(error instanceof Problem)) throw error;
  }
  main.removeAttribute('aria-busy');
}

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('nav a, a[data-inside], a.brand');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const to = new URL(link.href);
  const samePage = to.pathname === location.pathname;
  history.pushState(null, '', to.pathname + to.search + to.hash || '/');
  if (samePage && to.hash !== '') { history.replaceState(null, '', to.pathname + location.search + to.hash); draw(); } else void load();
  if (!samePage) scrollTo(0, 0);
});
addEventListener('popstate', () => void load());
document.getElementById('theme')?.addEventListener('click', () => {
  const root = document.documentElement;
  const now = root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  root.dataset.theme = now === 'dark' ? 'light' : 'dark';
  try { localStorage.setItem('theme', root.dataset.theme); } catch { /* a private window */ }
  redrawAll();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawAll);
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hideTip(); });
void load();
