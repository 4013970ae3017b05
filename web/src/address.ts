// SPDX-License-Identifier: Apache-2.0
// The query of an address holds every choice that differs from the default, in a fixed order, so that equal views have
// equal addresses.

const ORDER = ['from', 'to', 'year', 'last', 'rule', 'by', 'artist', 'genre', 'family', 'pop', 'order', 'pin', 'offset'] as const;
export type Choice = (typeof ORDER)[number];

export type Choices = Partial<Record<Choice, string[]>>;

export function readChoices(): Choices {
  const choices: Choices = {};
  const query = new URLSearchParams(location.search);
  for (const name of ORDER) {
    const values = query.getAll(name).filter((value) => value !== '');
    if (values.length > 0) choices[name] = values;
  }
  return choices;
}

export const first = (choices: Choices, name: Choice): string | undefined => choices[name]?.[0];

/** The choices as a query string. @param only leaves the others out */
export function queryOf(choices: Choices, only: readonly Choice[] = ORDER): string {
  const query = new URLSearchParams();
  for (const name of ORDER) if (only.includes(name)) for (const value of choices[name] ?? []) query.append(name, value);
  return query.toString();
}

/** Keeps the choices in the address. @param replace while something is dragged: no step for Back */
export function writeChoices(choices: Choices, replace = false): void {
  const query = queryOf(choices);
  const to = location.pathname + (query ? `?${query}` : '') + location.hash;
  if (to === location.pathname + location.search + location.hash) return;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
}
