// SPDX-License-Identifier: Apache-2.0
import type { Page } from './api';
import type { Choices } from './address';
import type { Choose } from './filters';

/** A page of the dashboard: which data it asks for and how that is shown. */
export interface PageView {
  name: string;
  title: string;
  /** What to ask the server for these choices. */
  query: (choices: Choices, today: string) => string;
  /** The filters, built once. */
  filters: HTMLElement;
  /** Shows the choices in the filters. */
  sync: (choices: Choices) => void;
  /** The page below the navigation. `content` is what the filters stand in. */
  draw: (page: Page, choices: Choices) => { title: string; lead: string; content: HTMLElement[] };
}

export type MakePage = (choose: Choose, current: () => Choices, redraw: () => void) => PageView;
