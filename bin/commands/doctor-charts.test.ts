import { expect, it } from 'vitest';
import { checkChartFont } from './doctor-charts.ts';

it('says which font charts are painted with, or what to install', async () => {
  const find = async (named: string | null) => named;
  expect(await checkChartFont({ chartFont: '/fonts/song.ttf' }, find)).toMatchObject({
    ...{ mark: 'ok', says: '/fonts/song.ttf' },
  });
  const missing = await checkChartFont({ chartFont: null }, find);
  expect(missing).toMatchObject({ mark: 'warn', says: expect.stringContaining('fonts-noto-cjk') });
  const wrong = await checkChartFont({ chartFont: '/nowhere.ttf' }, async () => null);
  expect(wrong).toMatchObject({ mark: 'fail', says: expect.stringContaining('/nowhere.ttf') });
});
