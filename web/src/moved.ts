// SPDX-License-Identifier: Apache-2.0
import { number, type Row } from './api';
import { h } from './dom';
import { count } from './format';

/** How a row's rank differs from that of the period before, in a mark and in words. */
export function moved(row: Row, mark: string): HTMLElement {
  const [now, was] = [number(row, 'rank') ?? 0, number(row, 'previous_rank')];
  if (was === null) return h('span', { class: mark }, 'new');
  if (was === now) return h('span', { class: mark }, 'same');
  const up = was > now;
  return h('span', { class: `${mark} ${up ? 'u' : 'f'}` }, h('span', { 'aria-hidden': 'true' }, up ? '▲ ' : '▼ '), h('span', { class: 'vh' }, up ? 'up ' : 'down '), count(Math.abs(was - now)));
}
