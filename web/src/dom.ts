// SPDX-License-Identifier: Apache-2.0
// Builds elements without markup strings, so that the strict policy holds and names need no escaping.

export type Child = Node | string | null | undefined | false | Child[];
type Handler = (event: never) => void;
export interface Props {
  class?: string | undefined;
  /** CSS variables; the policy allows no style attribute. */
  vars?: Record<string, string | number> | undefined;
  [name: string]: unknown;
}

export function h<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'vars') for (const [variable, to] of Object.entries(value as Record<string, string | number>)) element.style.setProperty(variable, String(to));
    else if (name === 'class') element.className = String(value);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value as Handler as EventListener);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/** A name of somebody's, of any script and direction. */
export const bdi = (name: string | null) => h('bdi', {}, name ?? 'unknown');

const tipElement = () => document.getElementById('tip') as HTMLElement;

/** Lines of a tooltip; the last one may say where the value comes from. */
export interface Tip {
  lines: string[];
  source?: string | undefined;
}

export function showTip(tip: Tip, x: number, y: number): void {
  const element = tipElement();
  element.replaceChildren(...tip.lines.map((line, i) => h('div', { class: i === 0 ? 'tip-head' : undefined }, h('bdi', {}, line))));
  if (tip.source) element.append(h('div', { class: 'tip-source' }, tip.source));
  element.hidden = false;
  const box = element.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const left = Math.max(8, Math.min(width - box.width - 8, x + 14));
  const above = y - box.height - 12;
  element.style.setProperty('left', `${left + scrollX}px`);
  element.style.setProperty('top', `${(above < 8 ? y + 18 : above) + scrollY}px`);
}

export function hideTip(): void {
  tipElement().hidden = true;
}

/** Shows the tip while the element is pointed at. */
export function tipOf(element: HTMLElement, tip: () => Tip): HTMLElement {
  element.addEventListener('pointerenter', (event) => showTip(tip(), event.clientX, event.clientY));
  element.addEventListener('pointerleave', hideTip);
  return element;
}

export function keyOf(text: string, mark: string, colour?: string): HTMLElement {
  return h('span', { class: 'key' }, h('i', { class: mark, vars: colour ? { '--c': colour } : undefined }), text);
}
