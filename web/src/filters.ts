// SPDX-License-Identifier: Apache-2.0
// The controls of a page; each knows how to show the choices of an address.
import { first, type Choice, type Choices } from './address';
import { h } from './dom';

/** Takes new values of some choices; an empty list means the default. */
export type Choose = (changed: Choices, replace?: boolean) => void;

export interface Control {
  element: HTMLElement;
  show: (choices: Choices) => void;
}

export function segments(legend: string, options: [string, string][], value: (choices: Choices) => string, choose: (value: string) => void): Control {
  const name = `seg-${legend}`;
  const inputs = options.map(([of]) => h('input', { type: 'radio', name, value: of, onchange: () => choose(of) }));
  return {
    element: h('fieldset', { class: 'seg' }, h('legend', { class: 'vh' }, legend), options.map(([, words], i) => h('label', {}, inputs[i], h('span', {}, words)))),
    show: (choices) => inputs.forEach((input) => { input.checked = input.value === value(choices); }),
  };
}

export function select(label: string, options: [string, string][], name: Choice, choose: Choose): Control {
  const normal = options[0]?.[0] ?? '';
  const input = h('select', { onchange: () => choose({ [name]: input.value === normal ? [] : [input.value] }) }, options.map(([value, words]) => h('option', { value }, words)));
  return {
    element: h('label', { class: 'field' }, h('span', {}, label), input),
    show: (choices) => { input.value = first(choices, name) ?? normal; },
  };
}

/** Two ends on one line, 0 to 100. */
export function popularityRange(choose: Choose): Control {
  const low = h('input', { type: 'range', min: 0, max: 100, 'aria-label': 'Lowest popularity' });
  const high = h('input', { type: 'range', min: 0, max: 100, 'aria-label': 'Highest popularity' });
  const words = h('output', {});
  const both = h('div', { class: 'dual' }, low, high);
  const draw = () => {
    words.textContent = `${low.value} – ${high.value}`;
    both.style.setProperty('--lo', String(Number(low.value) / 100));
    both.style.setProperty('--hi', String(Number(high.value) / 100));
  };
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (replace: boolean) => choose({ pop: low.value === '0' && high.value === '100' ? [] : [`${low.value}-${high.value}`] }, replace);
  const moved = (input: HTMLInputElement) => {
    if (Number(low.value) > Number(high.value)) (input === low ? high : low).value = input.value;
    draw();
    clearTimeout(timer);
    timer = setTimeout(() => { last = Date.now(); tell(true); }, Math.max(0, 50 - (Date.now() - last)));
  };
  for (const input of [low, high]) {
    input.addEventListener('input', () => moved(input));
    input.addEventListener('change', () => { clearTimeout(timer); tell(false); });
  }
  return {
    element: h('div', { class: 'field', role: 'group', 'aria-label': 'Popularity' }, h('span', {}, 'Popularity'), both, words),
    show: (choices) => {
      const [from, to] = (first(choices, 'pop') ?? '0-100').split('-');
      low.value = from ?? '0';
      high.value = to ?? '100';
      draw();
    },
  };
}

/** Artists and genres to choose from: names become keys. */
export class EntityFilter implements Control {
  private artists = new Map<string, string>();
  private readonly names = new Map<string, string>();
  private readonly options = h('datalist', { id: 'known-names' });
  private readonly input = h('input', { type: 'search', placeholder: 'any', list: 'known-names', autocomplete: 'off' });
  private readonly chips = h('span', { class: 'chips' });
  private genres = new Set<string>();
  readonly element = h('div', { class: 'field' }, h('label', { class: 'field' }, h('span', {}, 'Artist or genre'), this.input), this.options, this.chips);

  constructor(private readonly current: () => Choices, private readonly choose: Choose) {
    this.input.addEventListener('change', () => this.add(this.input.value.trim()));
  }

  know(artists: [string, string][], genres: string[]): void {
    for (const [key, name] of artists) {
      this.artists.set(name.toLowerCase(), key);
      this.names.set(key, name);
    }
    for (const genre of genres) this.genres.add(genre);
    this.options.replaceChildren(...[...this.names.values(), ...this.genres].map((value) => h('option', { value })));
  }

  private add(words: string): void {
    const key = this.artists.get(words.toLowerCase());
    const name: Choice | undefined = key ? 'artist' : this.genres.has(words.toLowerCase()) ? 'genre' : undefined;
    if (!name) return;
    this.input.value = '';
    this.choose({ [name]: [...new Set([...(this.current()[name] ?? []), key ?? words.toLowerCase()])] });
  }

  show(choices: Choices): void {
    const chip = (name: Choice, value: string, words: string) =>
      h('button', { class: 'chip', type: 'button', 'aria-label': `Remove ${words}`, onclick: () => this.choose({ [name]: (this.current()[name] ?? []).filter((one) => one !== value) }) },
        h('bdi', {}, words), ' ×');
    this.chips.replaceChildren(
      ...(choices.artist ?? []).map((key) => chip('artist', key, this.names.get(key) ?? key)),
      ...(choices.genre ?? []).map((genre) => chip('genre', genre, genre)),
      ...(choices.family ?? []).map((family) => chip('family', family, family)));
  }
}

/** The bar of filters; on a phone those beyond the first fold behind a button. */
export function filterBar(controls: Control[]): Control {
  const fold = h('button', { class: 'btn fold', type: 'button', 'aria-expanded': 'false' }, 'Filters');
  const form = h('form', { class: 'filters', 'aria-label': 'Filters' }, controls[0]?.element, fold, controls.slice(1).map((control) => control.element));
  form.addEventListener('submit', (event) => event.preventDefault());
  fold.addEventListener('click', () => fold.setAttribute('aria-expanded', String(form.classList.toggle('open'))));
  return { element: form, show: (choices) => controls.forEach((control) => control.show(choices)) };
}
