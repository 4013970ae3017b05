import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

type Scheme = Record<string, string | string[]>;

/** The colours of tokens.json as CSS variables: `--bg`, `--accent-soft`, `--cat1` …; `virtual:tokens.css` in an import. */
function tokensCss(): string {
  const tokens = JSON.parse(readFileSync(new URL('./src/tokens.json', import.meta.url), 'utf8')) as { light: Scheme; dark: Scheme };
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const variables = (scheme: Scheme) =>
    Object.entries(scheme)
      .flatMap(([name, value]) => (Array.isArray(value) ? value.map((one, i) => `--${name}${i + 1}:${one}`) : [`--${kebab(name)}:${value}`]))
      .join(';');
  return (
    `:root{color-scheme:light;${variables(tokens.light)}}` +
    `:root[data-theme=dark]{color-scheme:dark;${variables(tokens.dark)}}` +
    `@media(prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${variables(tokens.dark)}}}`
  );
}

export default defineConfig({
  base: '/',
  plugins: [
    {
      name: 'tokens',
      resolveId: (id) => (id === 'virtual:tokens.css' ? '\0virtual:tokens.css' : null),
      load: (id) => (id === '\0virtual:tokens.css' ? tokensCss() : null),
    },
  ],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 700 },
});
