// SPDX-License-Identifier: Apache-2.0
// The one place that knows ECharts. A chart keeps its instance while the page's data changes.
import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { h, hideTip, showTip, type Tip } from './dom';

export interface Theme {
  bg: string; ink: string; ink2: string; ink3: string; rule: string; grid: string; accent: string; mark: string; other: string; unknown: string; soft: string;
  cat: string[];
}

/** A mark that can be pointed at and walked to: an item of series data with its tip. */
export interface Mark {
  value: (number | string)[];
  tip?: Tip;
  [option: string]: unknown;
}

export interface ChartContent {
  label: string;
  height: number;
  build: (theme: Theme, width: number) => EChartsCoreOption & { series: { data?: unknown[] }[] };
  /** Positions on the x axis instead of marks. */
  axis?: { count: number; tip: (i: number) => Tip; choose?: (from: number, to: number) => void };
}

const FONT = '"Inter Variable", system-ui, sans-serif';
export const axisText = (theme: Theme) => ({ color: theme.ink3, fontFamily: FONT, fontSize: 12 });
export const markFont = `11px ${FONT}`;

function theme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const css = (name: string) => style.getPropertyValue(name).trim();
  return {
    bg: css('--bg'), ink: css('--ink'), ink2: css('--ink2'), ink3: css('--ink3'), rule: css('--rule'), grid: css('--grid'), accent: css('--accent'),
    mark: css('--mark'), other: css('--other'), unknown: css('--unknown'), soft: css('--other-soft'), cat: [1, 2, 3, 4, 5, 6, 7, 8].map((i) => css(`--cat${i}`)),
  };
}

const live = new Set<Chart>();
export const redrawAll = () => live.forEach((chart) => chart.draw());

let loading: Promise<typeof import('./echarts')> | undefined;
/** After the first paint, so that the numbers never wait for the drawings. */
const loadECharts = () =>
  (loading ??= new Promise<void>((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); }).then(() => import('./echarts')));

export class Chart {
  readonly element: HTMLElement;
  private readonly canvas = h('div', { class: 'canvas' });
  private readonly cursor = h('div', { class: 'cursor', hidden: true });
  private instance: ECharts | undefined;
  private content: ChartContent | undefined;
  private points: { series: number; index: number; mark: Mark }[] = [];
  private at = -1;
  private dragFrom: number | undefined;

  /** @param grid the number of the grid that marks and cursor stand in */
  constructor(private readonly grid = 0) {
    this.element = h('div', { class: 'chart', role: 'group', tabindex: 0, 'aria-roledescription': 'chart' }, this.canvas, this.cursor);
    this.element.addEventListener('keydown', (event) => this.walk(event));
    this.element.addEventListener('blur', () => this.leave());
    new ResizeObserver(() => {
      if (!this.element.isConnected) return;
      this.instance?.resize();
      this.draw();
    }).observe(this.element);
    live.add(this);
    void loadECharts().then(({ init }) => {
      this.instance = init(this.canvas, null, { renderer: 'canvas' });
      this.wire(this.instance);
      if (this.element.isConnected) this.instance.resize();
      this.draw();
    });
  }

  show(content: ChartContent): HTMLElement {
    this.content = content;
    this.at = -1;
    this.element.style.setProperty('--h', `${content.height}px`);
    this.element.setAttribute('aria-label', `${content.label} Arrow keys move through the values; the Table button lists them.`);
    if (this.instance && this.element.isConnected) {
      this.instance.resize();
      this.draw();
    }
    return this.element;
  }

  draw(): void {
    const width = this.element.clientWidth;
    if (!this.instance || !this.content || !this.element.isConnected || width === 0) return;
    const option = this.content.build(theme(), width);
    this.instance.setOption({ animation: false, textStyle: { fontFamily: FONT }, ...option }, { replaceMerge: ['series', 'xAxis', 'yAxis', 'grid'] });
    this.points = option.series.flatMap((series, s) =>
      (series.data ?? []).flatMap((item, index) => {
        const mark = item as Mark | null;
        return mark && typeof mark === 'object' && mark.tip ? [{ series: s, index, mark }] : [];
      }));
    this.element.dataset.drawn = 'yes';
  }

  private wire(instance: ECharts): void {
    const zr = instance.getZr();
    zr.on('mousemove', (event) => {
      const axis = this.content?.axis;
      if (!axis) return;
      this.at = this.position(event.offsetX, axis.count);
      this.showPosition(event.offsetY);
    });
    zr.on('mousedown', (event) => { if (this.content?.axis?.choose) this.dragFrom = this.position(event.offsetX, this.content.axis.count); });
    zr.on('mouseup', (event) => {
      const axis = this.content?.axis;
      if (this.dragFrom === undefined || !axis?.choose) return;
      const to = this.position(event.offsetX, axis.count);
      axis.choose(Math.min(this.dragFrom, to), Math.max(this.dragFrom, to));
      this.dragFrom = undefined;
    });
    zr.on('globalout', () => { this.dragFrom = undefined; this.leave(); });
    instance.on('mouseover', (event) => {
      const tip = (event.data as Mark | undefined)?.tip;
      const pointer = event.event?.event as MouseEvent | undefined;
      if (tip && pointer) showTip(tip, pointer.clientX, pointer.clientY);
    });
    instance.on('mouseout', hideTip);
  }

  private position(x: number, count: number): number {
    const value = Number(this.instance?.convertFromPixel({ xAxisIndex: this.grid }, x) ?? 0);
    return Math.max(0, Math.min(count - 1, Math.round(value)));
  }

  private leave(): void {
    hideTip();
    this.cursor.hidden = true;
  }

  private showPosition(y = 40): void {
    const axis = this.content?.axis;
    if (!axis || !this.instance) return;
    const x = Number(this.instance.convertToPixel({ xAxisIndex: this.grid }, this.at));
    this.cursor.hidden = false;
    this.cursor.style.setProperty('left', `${x}px`);
    const box = this.element.getBoundingClientRect();
    showTip(axis.tip(this.at), box.left + x, box.top + y);
  }

  private walk(event: KeyboardEvent): void {
    if (event.key === 'Escape') return this.leave();
    const axis = this.content?.axis;
    const count = axis ? axis.count : this.points.length;
    const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
    if (event.key === 'Enter' && axis?.choose && this.at >= 0) return axis.choose(this.at, this.at);
    const step = steps[event.key];
    if (step === undefined || count === 0 || !this.instance) return;
    event.preventDefault();
    const before = this.points[this.at];
    this.at = Math.max(0, Math.min(count - 1, this.at + step));
    if (axis) return this.showPosition();
    if (before) this.instance.dispatchAction({ type: 'downplay', seriesIndex: before.series, dataIndex: before.index });
    const point = this.points[this.at];
    if (!point?.mark.tip) return;
    this.instance.dispatchAction({ type: 'highlight', seriesIndex: point.series, dataIndex: point.index });
    const place = this.instance.convertToPixel({ seriesIndex: point.series }, point.mark.value) as unknown as number[];
    const box = this.element.getBoundingClientRect();
    showTip(point.mark.tip, box.left + (place[0] ?? 0), box.top + (place[1] ?? 0));
  }
}
