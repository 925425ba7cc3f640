import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { englishScreens, opened, publicScreens } from './opened-screens.ts';
import { listPages } from './screens.ts';

const folder = join(import.meta.dirname, '../../docs/screens');

it('docs/screens has a picture of every page, of what is opened there, and of what is shown without signing in, at both sizes', async () => {
  const pages = (await listPages()).map(({ name }) => name);
  const names = [
    ...pages,
    ...Object.keys(opened).map((name) => `${name}-open`),
    ...Object.keys(englishScreens),
    ...Object.keys(publicScreens),
  ];
  const files = names.flatMap((name) => [`${name}-1440.webp`, `${name}-390.webp`]);
  expect(readdirSync(folder).toSorted()).toEqual(files.toSorted());
});

it('the pictures weigh less than 8 MB together', () => {
  const bytes = readdirSync(folder).map((file) => statSync(join(folder, file)).size);
  expect(Math.min(...bytes)).toBeGreaterThan(1000);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(8_000_000);
});
