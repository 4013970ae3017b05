// SPDX-License-Identifier: Apache-2.0
// What the server tells: each view's answer is that of `soundlake stats NAME --json`.

export type Value = string | number | boolean | null | string[];
export type Row = Record<string, Value>;

export interface Answer {
  statistic: string;
  from: string | null;
  to: string | null;
  rule: string;
  timezone: string;
  at_least: boolean;
  rows: Row[];
}

export interface Page {
  page: string;
  generation: string;
  simulated: boolean;
  today: string;
  views: Record<string, { query: string; answer: Answer }>;
}

/** What the server has to say against a question (RFC 9457). */
export class Problem extends Error {
  constructor(message: string, readonly hint: string) {
    super(message);
  }
}

let running: AbortController | undefined;

/** A page's data; a newer request ends the older one, which then rejects with an AbortError. */
export async function fetchPage(name: string, query: string): Promise<Page> {
  running?.abort();
  running = new AbortController();
  const response = await fetch(`/api/v1/pages/${name}${query ? `?${query}` : ''}`, { signal: running.signal }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem('soundlake does not answer', 'start it again with: soundlake serve');
  });
  if (response.ok) return (await response.json()) as Page;
  const told = (await response.json().catch(() => ({}))) as { detail?: string; hint?: string };
  throw new Problem(told.detail ?? `the server answered ${response.status}`, told.hint ?? '');
}

export function answerOf(page: Page, view: string): Answer {
  const found = page.views[view];
  if (!found) throw new Problem(`the page has no view '${view}'`, 'reload the page');
  return found.answer;
}

export const text = (row: Row, name: string): string | null => (typeof row[name] === 'string' ? row[name] : null);
export const number = (row: Row, name: string): number | null => (typeof row[name] === 'number' ? row[name] : null);
export const list = (row: Row, name: string): string[] => (Array.isArray(row[name]) ? row[name] : []);
