// SPDX-License-Identifier: Apache-2.0
// Numbers and dates in the browser's own way.

const locale = navigator.language || 'en';
const numbers = (options: Intl.NumberFormatOptions) => {
  const format = new Intl.NumberFormat(locale, options);
  return (value: number) => format.format(value);
};
export const count = numbers({});
export const one = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = numbers({ maximumFractionDigits: 0 });
export const percent = numbers({ style: 'percent', maximumFractionDigits: 0 });
export const percent1 = numbers({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const signedPercent = numbers({ style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' });
export const signed = (share: number) => signedPercent(share).replace('-', '\u2212');

const dates = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  return (date: string) => format.format(new Date(date));
};
export const day = dates({ day: 'numeric', month: 'long', year: 'numeric' });
export const dayShort = dates({ day: 'numeric', month: 'short', year: 'numeric' });
export const weekdayDay = dates({ weekday: 'long', day: 'numeric', month: 'long' });
export const monthYear = dates({ month: 'long', year: 'numeric' });
export const monthShort = dates({ month: 'short' });

/** A date known to the day, the month or the year, shown as far as it is known. */
export const partialDate = (date: string) => (date.length >= 10 ? dayShort(date) : date.length === 7 ? monthYear(`${date}-01`) : date);

const HOUR = 3_600_000;
/** 65.7 h below a hundred, else whole. */
export const hours = (ms: number) => `${ms < 100 * HOUR ? one(ms / HOUR) : whole(ms / HOUR)} h`;
/** 2 h 05 min */
export const duration = (ms: number) => {
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
};
/** 1 artist, 2 artists */
export const several = (n: number, word: string) => `${count(n)} ${word}${n === 1 ? '' : 's'}`;

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
